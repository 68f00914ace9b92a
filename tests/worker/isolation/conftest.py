"""Brings the scene on stage."""

from tests.worker.isolation.scene import scene

__all__ = ["scene"]
