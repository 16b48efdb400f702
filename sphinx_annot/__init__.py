"""Annotated reading editions for Sphinx."""
