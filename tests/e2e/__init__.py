"""Both planes as real processes and a real browser."""
