"""Annex from Python: contract, recipes, client and command line."""
