"""Attempts at jobs: claims, subprocesses and the sweeper."""
