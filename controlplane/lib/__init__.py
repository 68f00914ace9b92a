"""Shared ground of the control plane without models of its own: tenancy, look-ups, errors."""
