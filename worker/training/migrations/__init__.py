"""Migrations of `worker.training`."""
