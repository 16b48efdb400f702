"""What an edition costs, as ratios to the same words in plain Sphinx."""
