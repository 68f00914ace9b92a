"""Built-in recipes, one a file, and their registry."""
