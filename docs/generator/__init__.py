"""Writes `docs/reference/` from docstrings and the command line's own help."""
