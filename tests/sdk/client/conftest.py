"""Brings the cast and its control plane on stage."""

from tests.controlplane.cast import cast
from tests.sdk.scene import stage

__all__ = ["cast", "stage"]
