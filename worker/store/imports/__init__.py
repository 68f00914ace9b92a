"""Bringing a file's rows into a dataset: checked, staged, deduplicated, split, shown at once."""
