"""Both planes with taps between them, what is planted on them and what is searched."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

import psycopg

from common.embedded.addresses import CONTROLPLANE_DATABASE, WORKER_DATABASE
from examples.demo.planes import Planes, Ports
from tests.egress.canaries import marker_for
from tests.egress.tap import Tap
from tests.egress.watched import Haystack, RedisWatch, files_below, tables_of

PLACES = (
    *("text", "meta_key", "meta_value", "dataset_in_file", "label_in_file", "file_name"),
    *("folder_name", "picked_file", "bad_row", "phrase", "token_pattern", "regex"),
    *("refused_regex", "guideline", "draft", "note", "edited_note", "search_term", "address"),
    *("exception_message", "function_name", "laptop_name", "pushed_file"),
    *("package_description", "file_in_package", "inner_docstring", "comment", "code"),
    *("stream_text", "key_of_meta", "state", "printed", "logged", "refusal", "stream_error"),
    *("router_error", "check_error", "job_error", "output_file", "output_text", "measured_name"),
    *("pushed_text", "text_of_file", "text_of_stdin", "argument_text", "sample_file"),
    *("sample_text", "job_text", "mistyped", "name_at_run_time"),
)
DECLARED = ("title", "help", "field_name", "field_help", "metric_name")
"""Written by people for the control plane, about their recipes."""
ROOT = "inbox"


class TappedPlanes(Planes):
    """Both planes; all that passes between them passes two taps."""

    @classmethod
    def between(cls, folder: Path, ports: Ports, console: Tap, poll: Tap, roots: Path) -> Self:
        """Return planes whose link sees the taps where the control plane should be."""
        settings = {
            "ANNEX_CONTROL_PLANE": console.origin,
            "ANNEX_POLL_ORIGIN": poll.origin,
            "ANNEX_WORKER_ROOTS": f"{ROOT}={roots}",
        }
        return cls(folder, ports, settings=settings, durable=False)

    def enrol(self, join_token: str) -> str:
        url = self.settings["ANNEX_CONTROL_PLANE"]
        return self.work("link", "enrol", "--url", url, "--token", join_token, "--approve")

    def redis_url(self, plane: str) -> str:
        return self.supervisor.servers.addresses.redis_url(plane)

    def superuser_url(self, database: str) -> str:
        return self.supervisor.servers.postgres.superuser_url(database)


def _markers(places: Iterable[str]) -> dict[str, str]:
    return {place: marker_for(place) for place in places}


@dataclass
class Scene:
    """The planes, what was planted, and what is to be searched.

    `seen` is what people read while they published recipes and used them, `fetched` a job's file.
    """

    planes: TappedPlanes
    taps: list[Tap]
    watches: list[RedisWatch]
    roots: Path
    markers: dict[str, str] = field(default_factory=lambda: _markers(PLACES))
    declared: dict[str, str] = field(default_factory=lambda: _markers(DECLARED))
    seen: dict[str, str] = field(default_factory=dict)
    fetched: Path | None = None

    def forbidden(self) -> Iterator[Haystack]:
        """Yield everything where no marker may be."""
        for number, tap in enumerate(self.taps):
            for stream in tap.streams():
                yield f"wire {number}", stream
        yield from self.ledger()
        yield from tables_of(self.planes.superuser_url(CONTROLPLANE_DATABASE))
        for watch in self.watches:
            yield from watch.haystacks()
        for folder in ("logs", "mail", "controlplane"):
            yield from files_below(self.planes.folder / folder)

    def ledger(self) -> Iterator[Haystack]:
        """Yield what the cluster itself says it has sent."""
        for name, data in tables_of(self.planes.superuser_url(WORKER_DATABASE)):
            if name.startswith("public.worker_link_"):
                yield name, data

    def sent(self) -> Iterator[Haystack]:
        """Yield the bodies that the cluster has sent, of its ledger's."""
        for name, data in self.ledger():
            if name == "public.worker_link_ledger.body":
                yield name, data

    def events(self) -> list[dict[str, Any]]:
        """Return what the cluster has told, in order, as its ledger has it."""
        query = "SELECT body FROM worker_link_ledger WHERE kind = 'events' ORDER BY seq"
        with psycopg.connect(self.planes.superuser_url(WORKER_DATABASE)) as connection:
            batches = [json.loads(bytes(body)) for (body,) in connection.execute(query)]
        return [event["body"] for batch in batches for event in batch["events"]]

    def cluster(self) -> Iterator[Haystack]:
        """Yield where the markers do belong: the cluster's database and its files."""
        yield from tables_of(self.planes.superuser_url(WORKER_DATABASE))
        yield from files_below(self.planes.folder / "worker" / "files")
        yield from files_below(self.roots)
