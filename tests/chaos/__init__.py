"""Processes of a running cluster are killed in the middle of work; nothing is lost or doubled."""
