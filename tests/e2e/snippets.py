"""The code blocks of a page, run in order as somebody who follows it would."""

from __future__ import annotations

import re
import shlex
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx

from examples.demo.cluster import Cluster
from tests.e2e.laptop import BIN, Laptop

BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
PLACE = re.compile(r"# (\S+\.py)\n")
CODE = re.compile(r"\b([2-9A-Z]{4}-[2-9A-Z]{4})\b")
LOGIN, PREVIEW = ("annex", "login"), ("annex", "recipes", "preview")
STATE = "state"


def blocks_of(page: Path) -> list[tuple[str, str]]:
    """Return language and text of each block."""
    return BLOCK.findall(page.read_text(encoding="utf-8"))


@dataclass
class Follower:
    """Somebody who follows a page on a laptop, and is signed in on the cluster in a browser.

    Args: elsewhere: commands that the test does in its own way; instead: words of the page that
          stand for what is another here, such as a port.
    """

    laptop: Laptop
    cluster: Cluster
    elsewhere: frozenset[str]
    instead: dict[str, str]

    def follow(self, page: Path) -> Iterator[tuple[str, str]]:
        """Do what a page says; yield each piece of shell that was run with what it printed."""
        for language, text in blocks_of(page):
            if language == "python":
                self.write(text)
            else:
                assert language == "sh", language
                for piece in self.pieces(text):
                    yield piece, self.do(piece)

    def write(self, text: str) -> None:
        """Save a file whose first line is its place."""
        place = PLACE.match(text)
        assert place, "a Python block begins with the file that it is"
        path = self.laptop.folder / place[1]
        assert path.exists(), "a page changes what it has made"
        path.write_text(text.removeprefix(place[0]), encoding="utf-8")

    def pieces(self, block: str) -> Iterator[str]:
        """Yield what is run at once: what waits for a person apart from the rest."""
        waiting: list[str] = []
        for line in block.splitlines():
            if line in self.elsewhere:
                continue
            if self.waits_for_a_person(line):
                yield from ["\n".join(waiting)] if waiting else []
                yield line
                waiting = []
            else:
                waiting.append(line)
        yield from ["\n".join(waiting)] if waiting else []

    def waits_for_a_person(self, line: str) -> bool:
        words = tuple(line.split())
        return words[:2] == LOGIN or words[:3] == PREVIEW

    def do(self, piece: str) -> str:
        for word, other in self.instead.items():
            piece = piece.replace(word, other)
        words = shlex.split(piece, comments=True) if self.waits_for_a_person(piece) else []
        if words[:2] == [*LOGIN]:
            return self.sign_in(words)
        if words[:3] == [*PREVIEW]:
            return self.look(words)
        return self.run(piece)

    def run(self, piece: str) -> str:
        """Run a piece of shell; what it exports is there for the next."""
        kept = self.laptop.folder / STATE
        script = f"set -euo pipefail\n[ ! -e {kept} ] || source {kept}\n{piece}\nexport -p > {kept}"
        done = subprocess.run(
            ["bash", "-c", script],
            cwd=self.laptop.folder,
            env=self.environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{piece}\n{done.stdout}{done.stderr}"
        return done.stdout + done.stderr

    def sign_in(self, words: list[str]) -> str:
        """Begin a login and approve it where its page is, as the person would in a browser."""
        with self.started([*words, "--no-browser"], subprocess.PIPE) as login:
            assert login.stderr
            said = ""
            while not (code := CODE.search(said)):
                line = login.stderr.readline()
                assert line, said
                said += line
            if "--cluster" in words:
                self.cluster.submit(f"/device/{code[1]}", {"decision": "let-in"})
            else:
                approved = {"role": "developer"}
                self.cluster.console.post(f"device-logins/{code[1]}/approve", approved)
            said += login.communicate(timeout=60)[1]
            assert login.returncode == 0, said
        return said

    def look(self, words: list[str]) -> str:
        """Open a preview's address and end it."""
        with self.started([*words, "--no-open"], None) as preview:
            assert preview.stdout
            address = preview.stdout.readline().strip()
            with httpx.Client(follow_redirects=True, timeout=60) as browser:
                said = browser.get(address).raise_for_status().text
                said += browser.get(f"{address.partition('/?')[0]}/preview/state").text
            preview.send_signal(signal.SIGINT)
            assert preview.wait(30) == 0
        return said

    def started(self, words: list[str], stderr: int | None) -> subprocess.Popen[str]:
        return subprocess.Popen(
            words,
            cwd=self.laptop.folder,
            env=self.environment(),
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
        )

    def environment(self) -> dict[str, str]:
        given = dict(self.laptop.environment)
        return given | {"PATH": f"{BIN}:{given['PATH']}"}
