"""Anything that turns text into annotations."""
