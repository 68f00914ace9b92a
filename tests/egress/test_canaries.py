"""What customers write never leaves the cluster, in no form, whatever goes well or wrong."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from examples.demo.planes import settings_of
from tests.egress.canaries import find_markers, marker_for
from tests.egress.scene import Scene

# The first test waits for the whole job.
pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

LEFT_NO_TRACE = frozenset(
    {"refused_regex", "search_term", "address", "mistyped", "name_at_run_time"}
)
"""What the cluster refused, or never heard of, and so keeps nowhere."""


def test_every_marker_was_planted(scene: Scene) -> None:
    found = find_markers(scene.cluster(), scene.markers)
    assert scene.markers.keys() - {one.place for one in found} == LEFT_NO_TRACE


def test_the_recording_saw_the_line(scene: Scene) -> None:
    said = b"".join(stream for tap in scene.taps for stream in tap.streams())
    # No renewal is asked for: a quick machine's jobs end before their first is due.
    for route in (b"enrol", b"session", b"poll", b"events", b"/claim"):
        assert b"/link/v1/" in said
        assert route in said
    for event in (b"job.failed", b"model.trained", b"evaluation.scored", b"export.written"):
        assert event in said
    assert any(watch.commands for watch in scene.watches)
    assert any(name.endswith("jobs_job.failure_code") and data for name, data in scene.forbidden())


def test_no_marker_has_left_the_cluster(scene: Scene) -> None:
    assert find_markers(scene.forbidden(), scene.markers) == set()


def test_a_leaky_build_turns_it_red(scene: Scene) -> None:
    scene.planes.supervisor.stop("link")
    leak = {"leak": marker_for("leak")}
    told = run_leaky_build(scene, leak["leak"])
    assert any("NoteWritten.note" in line for line in told["leaks"])
    assert told["answer"] != "accepted"
    places = {one.haystack.split()[0] for one in find_markers(scene.forbidden(), leak)}
    assert {"wire", "public.worker_link_ledger.body"} <= places


def run_leaky_build(scene: Scene, note: str) -> dict[str, Any]:
    supervisor = scene.planes.supervisor
    environment = supervisor.environment | settings_of("worker")
    done = subprocess.run(
        [sys.executable, "-m", "tests.egress.leaky_build", note],
        env=environment | {"ANNEX_WORKER_DATABASE_ROLE": "link"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told
