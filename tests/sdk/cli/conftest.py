"""Brings the cast, its control plane and a laptop on stage."""

from tests.controlplane.cast import cast
from tests.sdk.scene import annex, laptop, signed_in, stage

__all__ = ["annex", "cast", "laptop", "signed_in", "stage"]
