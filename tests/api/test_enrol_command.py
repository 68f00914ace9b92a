"""The line that the console prints and an admin pastes on the cluster."""

from __future__ import annotations

import shlex

from django.conf import settings

from tests.controlplane.cast import Cast, browser


def test_the_command_names_the_control_plane_and_the_token(cast: Cast) -> None:
    path = f"/api/v1/organizations/acme/clusters/{cast.cluster.id}/join-token"
    shown = browser(cast.olga).post(path).json()
    words = shlex.split(shown["command"])
    assert words[:5] == ["python", "-m", "worker", "link", "enrol"]
    options = dict(zip(words[5:9:2], words[6:10:2], strict=True))
    assert options == {"--url": settings.CONSOLE_ORIGIN, "--token": shown["join_token"]}
    assert words[9:] == ["--approve"]
