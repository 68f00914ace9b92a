"""Recipes full of markers: `tests/egress/marked_package.py` writes them in."""
