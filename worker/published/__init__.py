"""Packages of recipes that developers publish: installed here, and run in fenced processes."""
