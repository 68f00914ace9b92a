"""A Django app that stages recipes for job tests; the subprocess loads it through its settings."""
