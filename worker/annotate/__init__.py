"""The HTTP app for annotators."""
