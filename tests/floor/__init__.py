"""The suite's core at the lowest supported versions and at the newest."""
