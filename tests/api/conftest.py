"""Brings the cast on stage."""

from tests.controlplane.cast import cast

__all__ = ["cast"]
