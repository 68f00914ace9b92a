"""Mirrors of each project's configuration; written only by `apply_snapshot`."""
