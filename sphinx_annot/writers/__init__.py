"""Visitors for the formats that know our nodes."""
