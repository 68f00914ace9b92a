"""Recipes that developers published to a cluster: names and fields, never code."""
