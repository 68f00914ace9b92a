"""Recipes of letters and of replies to them."""
