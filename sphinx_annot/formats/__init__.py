"""Records to bytes and back, read and write side by side. No docutils, no Sphinx."""
