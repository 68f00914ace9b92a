"""Who works at the preview: one person, signed in for as long as the server runs."""

from __future__ import annotations

import json
from secrets import token_urlsafe
from typing import Any

from annex.preview.bench import Bench
from annex.preview.desk import ANNOTATOR, PROJECT, Desk
from annex.preview.exchange import Request, Response, json_response
from annex.preview.problems import Problem

DAY_SECONDS = 24 * 3600


class Session:
    """The session and what the person prefers, which the server forgets when it ends."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench
        self._token = token_urlsafe(16)
        self._preferences: dict[str, Any] = {
            "keymap": {},
            "density": "comfortable",
            "text_size": "medium",
            "theme": "system",
            "language": "system",
            "swipe": "on",
        }

    def describe(self, _: Request) -> Response:
        """Say who is here, and the one task."""
        desk = self._bench.look(lambda bench: bench.desk)
        package = self._bench.package
        project = {"id": PROJECT, "title": package.name if package else "", "role": "annotator"}
        return json_response(
            {
                "subject": ANNOTATOR,
                "name": "You",
                "csrf_token": self._token,
                "simulated": False,
                "administrator": False,
                "idle_seconds": DAY_SECONDS,
                "expires_in_seconds": DAY_SECONDS,
                "projects": [project],
                "tasks": [_row(desk)] if desk else [],
            }
        )

    def preferences(self, _: Request) -> Response:
        """Return how the person likes to work."""
        return json_response(self._preferences)

    def keep_preferences(self, request: Request) -> Response:
        """Keep how the person likes to work; the app reads nothing into what it does not know."""
        sent = _object(request.body)
        self._preferences |= {name: sent[name] for name in self._preferences if name in sent}
        return json_response(self._preferences)

    def leave(self, _: Request) -> Response:
        """Let the app forget everything; there is nobody to sign out."""
        return Response(204)


def _row(desk: Desk) -> dict[str, Any]:
    # There is no page about its stream here: what fails is said on the spot.
    return {
        "id": desk.id,
        "title": desk.recipe.title,
        "project": PROJECT,
        "has_stream": False,
    }


def _object(body: bytes) -> dict[str, Any]:
    try:
        sent = json.loads(body)
    except ValueError:
        sent = None
    if not isinstance(sent, dict):
        raise Problem(400, "request.unparsable", "The body could not be read")
    return sent
