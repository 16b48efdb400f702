"""From the tree that was read to the tree that is written."""
