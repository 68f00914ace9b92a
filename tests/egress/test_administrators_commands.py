"""What the cluster's administrator sees of the line, on a cluster that has done a whole job."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import annex.contract
import pytest

from tests.egress.scene import Scene

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


def lines_of(printed: str) -> list[Any]:
    return [json.loads(line) for line in printed.splitlines() if line.strip()]


def test_dry_run_prints_what_would_be_said_and_says_nothing(scene: Scene) -> None:
    shown = lines_of(scene.planes.work("link", "run", "--dry-run"))
    assert [line["path"] for line in shown][:2] == ["/link/v1/session", "/link/v1/poll"]
    assert shown[0]["body"].keys() >= {"session_epoch", "next_event", "worker_version"}


def test_manifest_is_the_committed_one(scene: Scene) -> None:
    committed = Path(annex.contract.__file__).parent / "egress-manifest.json"
    assert scene.planes.work("link", "manifest") == committed.read_text(encoding="utf-8")


def test_ledger_verifies_and_counts_what_was_sent(scene: Scene) -> None:
    assert "receipts verify" in scene.planes.work("ledger", "verify")
    counted = scene.planes.work("ledger", "stats")
    assert "/link/v1/events" in counted
    assert "/link/v1/poll" in counted
