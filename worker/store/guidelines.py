"""Guidelines: Markdown that annotators read beside the text. It never leaves the cluster."""

from __future__ import annotations

from io import BytesIO

from annex.contract.enums import AssetState

from worker.store.assets import save_asset
from worker.store.files import stored_files
from worker.store.models import Asset

MAX_CODEPOINTS = 200_000


def write_guidelines(asset: Asset, markdown: str) -> None:
    """Store the guidelines as the asset's next version."""
    key = f"guidelines/{asset.id}-{asset.version + 1}.md"
    written = stored_files().put(key, BytesIO(markdown.encode()))
    asset.file_key, asset.size_bytes = key, written.size_bytes
    save_asset(asset, AssetState.READY)


def read_guidelines(asset: Asset) -> str:
    """Return the Markdown of the asset's present version; empty while nobody has written any."""
    if not asset.file_key:
        return ""
    with stored_files().open(asset.file_key) as stream:
        return stream.read().decode()
