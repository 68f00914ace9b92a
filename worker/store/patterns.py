"""The patterns of an asset: written whole after checks, read by people and by predictors."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO

import orjson
from annex.contract.enums import AssetState

from worker.store.assets import labels_by_name, save_asset
from worker.store.files import stored_files
from worker.store.models import Asset
from worker.store.pattern_checks import Pattern, check_patterns, refuse_bad


def write_patterns(asset: Asset, patterns: Mapping[int, Pattern]) -> None:
    """Check the patterns, by line, and store them as the asset's next version.

    Raises: BadPatterns (customer), with every bad line; then nothing is stored.
    """
    refuse_bad(check_patterns(patterns, labels_by_name(asset.project_id)))
    body = patterns_text(list(patterns.values()))
    key = f"patterns/{asset.id}-{asset.version + 1}.jsonl"
    written = stored_files().put(key, BytesIO(body))
    asset.file_key, asset.size_bytes, asset.rows = key, written.size_bytes, len(patterns)
    save_asset(asset, AssetState.READY)


def read_patterns(asset: Asset) -> list[Pattern]:
    """Return the asset's patterns, already checked when they were written."""
    if not asset.file_key:
        return []
    with stored_files().open(asset.file_key) as stream:
        return [orjson.loads(line) for line in stream if line.strip()]


def patterns_text(patterns: list[Pattern]) -> bytes:
    """Return patterns as a JSONL file."""
    return b"".join(orjson.dumps(p, option=orjson.OPT_APPEND_NEWLINE) for p in patterns)
