"""Settings of the worker: base, demo, production, test."""
