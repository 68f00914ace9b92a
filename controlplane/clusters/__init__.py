"""Enrolment, keys and sessions of clusters; commands out, events in."""
