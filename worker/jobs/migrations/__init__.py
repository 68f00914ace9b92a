"""Migrations of `worker.jobs`."""
