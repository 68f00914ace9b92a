"""Annex for Python: the wire contract, recipes, the client and the command line."""
