"""Routing, leases and what comes next."""
