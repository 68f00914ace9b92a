"""`annex recipes preview` speaks to nobody but its own pages, and writes no text down."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.egress.canaries import find_markers, marker_for
from tests.egress.watched import files_below

pytestmark = pytest.mark.timeout(180)

START_SECONDS = 60
COMMAND = [sys.executable, "-m", "annex.cli.recipes"]
SPY = """
import os, sys

WITH_ADDRESS = {"socket.connect", "socket.sendto"}
BY_NAME = {"socket.getaddrinfo", "socket.gethostbyname"}

def hear(event, arguments):
    if event in WITH_ADDRESS | BY_NAME:
        with open(os.environ["SPY_FILE"], "a") as file:
            print(event, arguments[event in WITH_ADDRESS], file=file)

sys.addaudithook(hear)
"""
"""Runs first in every Python that the preview starts, and hears of each call before it is made."""
HOME = ("HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "ANNEX_CONFIG_DIR")
PLACES = ("text", "question", "label", "recipe_error", "address")
ELSEWHERE = re.compile(r"""(?:src|href|action)=["']?\s*(?:[a-z]+:)?//|url\(["']?(?:[a-z]+:)?//""")


@dataclass
class Preview:
    """A running preview, and all that it may have left."""

    http: httpx.Client
    package: Path
    home: Path
    spied: Path
    said: Path
    markers: dict[str, str]

    def start(self) -> dict[str, Any]:
        """Start the recipe as the form does, with markers in what is typed."""
        typed = {
            "recipe": "first.pick.v1",
            "values": {"source": "sample.jsonl", "question": self.markers["question"]},
            "labels": [self.markers["label"]],
        }
        started: dict[str, Any] = self.http.post("/preview/start", json=typed).json()
        return started

    def task(self) -> str:
        screen = str(self.http.get("/preview/state").json()["screen"])
        return f"/api/tasks/{screen.rpartition('/')[2]}"

    def left(self) -> set[Any]:
        """Return the markers in any file of the person's folders, and in the terminal."""
        haystacks = [*files_below(self.home), ("terminal", self.said.read_bytes())]
        return find_markers(haystacks, self.markers)

    def calls(self) -> list[str]:
        """Return every call to a network that was tried."""
        return self.spied.read_text().splitlines() if self.spied.exists() else []


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[Preview]:
    """The command as it is typed, in a home of its own, with its network calls heard."""
    subprocess.run([*COMMAND, "init", "first-words"], cwd=tmp_path, check=True)
    markers = {place: marker_for(place) for place in PLACES}
    sample = tmp_path / "first-words" / "sample.jsonl"
    sample.write_text(f'{{"text": "They said {markers["text"]}."}}\n')
    home, spy, said = tmp_path / "home", tmp_path / "spy", tmp_path / "said"
    home.mkdir()
    spy.mkdir()
    (spy / "sitecustomize.py").write_text(SPY)
    environment = {**os.environ, **dict.fromkeys(HOME, str(home)), "PYTHONPATH": str(spy)}
    environment |= {"SPY_FILE": str(tmp_path / "spied")}
    command = [*COMMAND, "preview", "first-words", "--no-open"]
    with (
        said.open("wb") as terminal,
        subprocess.Popen(
            command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=terminal
        ) as process,
    ):
        assert process.stdout
        address = process.stdout.readline().decode().strip()
        with httpx.Client(base_url=address.partition("/?")[0], timeout=START_SECONDS) as client:
            client.get(address)
            package = tmp_path / "first-words"
            yield Preview(client, package, home, tmp_path / "spied", said, markers)
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0


def work(preview: Preview) -> None:
    """See an example, have an answer refused, give another, and break the recipe."""
    assert preview.start()["errors"] == []
    task = preview.task()
    [example] = preview.http.post(f"{task}/batch", json={"size": 1, "holding": []}).json()[
        "examples"
    ]
    assert preview.markers["text"] in example["text"]
    assert example["meta"]["question"] == preview.markers["question"]
    answers = f"{task}/answers/{uuid4()}"
    body = {"example": example["id"], "base_version": 0}
    assert preview.http.put(answers, json=body | {"verdict": "accept"}).status_code == 400
    assert preview.http.put(answers, json=body | {"verdict": "reject"}).is_success
    preview.http.get(f"/{preview.markers['address']}")


def break_recipe(preview: Preview, fault: str) -> None:
    """Save a fault into the recipe and wait until the page would show it."""
    seen = preview.http.get("/preview/state").json()["generation"]
    recipes = preview.package / "first_words" / "recipes.py"
    source = recipes.read_text()
    recipes.write_text(source.replace("    def stream(", f"    {fault}\n\n    def stream("))
    preview.http.get(f"/preview/news?after={seen}")


def test_it_speaks_to_nobody_and_keeps_no_text(preview: Preview) -> None:
    work(preview)
    break_recipe(preview, f"raise ValueError({preview.markers['recipe_error']!r})")
    fault = preview.http.get("/preview/state").json()["fault"]
    assert preview.markers["recipe_error"] in fault["message"]
    assert preview.calls() == []
    assert preview.left() == set()


def test_a_call_would_have_been_heard(preview: Preview) -> None:
    assert preview.start()["errors"] == []
    break_recipe(preview, "import socket; socket.create_connection(('127.0.0.1', 9))")
    assert "ConnectionRefused" in preview.http.get("/preview/state").json()["fault"]["message"]
    assert any(call.startswith("socket.connect ('127.0.0.1', 9)") for call in preview.calls())


def test_its_pages_load_nothing_from_elsewhere(preview: Preview) -> None:
    preview.start()
    screen = preview.http.get("/preview/state").json()["screen"]
    waiting, seen = ["/", screen], set()
    while waiting:
        path = waiting.pop()
        answer = preview.http.get(path)
        assert answer.is_success, path
        assert "'self'" in answer.headers["Content-Security-Policy"]
        assert "//" not in answer.headers["Content-Security-Policy"]
        seen.add(path)
        if answer.headers["Content-Type"].startswith(("text/html", "text/css")):
            assert not ELSEWHERE.search(answer.text), path
            named = re.findall(r"""(?:src|href)=["'](/[^"'#]+)""", answer.text)
            waiting += [each for each in named if each not in seen]
    assert any(path.endswith(".js") for path in seen)
    assert any(path.endswith(".css") for path in seen)
