"""What an annotated edition is: records, numbering, anchoring, problems. No docutils, no Sphinx."""
