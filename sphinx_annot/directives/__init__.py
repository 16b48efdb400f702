"""The directives of the author's language."""
