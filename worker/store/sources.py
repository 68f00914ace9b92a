"""The bytes behind an asset, wherever they lie."""

from __future__ import annotations

from typing import BinaryIO

from worker.store.files import stored_files
from worker.store.models import Asset
from worker.store.roots import open_below


def open_source(asset: Asset) -> BinaryIO:
    """Open an asset's file for reading. Raises: NotFound (customer) when it is gone."""
    if asset.root:
        return open_below(asset.root, asset.file_key)
    return stored_files().open(asset.file_key)
