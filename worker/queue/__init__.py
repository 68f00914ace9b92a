"""Routing: which example comes next for whom, leases on it, and the totals of each annotator."""
