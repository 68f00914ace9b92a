"""Mirrors of what the control plane configured for each project; written only by `apply_snapshot`."""
