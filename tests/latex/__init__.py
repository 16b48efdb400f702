"""Editions as LaTeX prints them."""
