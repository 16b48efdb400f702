"""Whole builds, seen from outside: sources go in, pages and warnings come out."""
