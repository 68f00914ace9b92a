"""Brings the cast on stage, and the ids of what it owns."""

from tests.controlplane.cast import cast
from tests.isolation.controlplane.routes import ids

__all__ = ["cast", "ids"]
