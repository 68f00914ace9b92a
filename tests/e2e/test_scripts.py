"""`annex` on a laptop with both planes: what carries text comes straight from the cluster."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from examples.demo.cluster import Cluster
from examples.demo.console import Console
from examples.demo.planes import DEMO_EMAIL, DEMO_ORGANIZATION, Planes
from tests.e2e.test_main_job import documentation_project

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

ANNEX = [sys.executable, "-c", "from annex.cli.main import run; run()"]
CANARY = "zebrafinch-7731"
PAGE = re.compile(r"/device/[2-9A-Z]{4}-[2-9A-Z]{4}$", re.MULTILINE)


class Laptop:
    """A machine with a token for the control plane and none yet for the cluster."""

    def __init__(self, planes: Planes, console: Console, folder: Path, project: str) -> None:
        token = console.post("tokens", {"name": "A laptop", "role": "developer"})["secret"]
        self.folder = folder
        self.environment = {
            **os.environ,
            "ANNEX_HOST": planes.console_origin,
            "ANNEX_TOKEN": token,
            "ANNEX_PROJECT": project,
            "ANNEX_CONFIG_DIR": str(folder / "config"),
        }

    def start(self, *words: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [*ANNEX, *words],
            env=self.environment,
            cwd=self.folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *words: str, typed: str = "") -> tuple[int, str, str]:
        with self.start(*words) as process:
            out, err = process.communicate(typed, timeout=300)
        return process.returncode, out, err


def let_in(laptop: Laptop, cluster: Cluster) -> None:
    """Sign the laptop's scripts in; the person of this session lets them in."""
    with laptop.start("login", "--cluster", cluster.origin) as login:
        assert login.stderr is not None
        seen = ""
        while not (page := PAGE.search(seen)):
            line = login.stderr.readline()
            assert line, seen
            seen += line
        cluster.submit(page[0], {"decision": "let-in"})
        assert login.wait(timeout=60) == 0


def test_answers_and_models_come_to_the_laptop(
    planes: Planes, board: list[dict[str, Any]], tmp_path: Path
) -> None:
    console = Console(planes.console_origin, DEMO_ORGANIZATION)
    console.sign_in(DEMO_EMAIL, planes.password)
    project = documentation_project(console)
    cluster = Cluster(planes.worker_origin, console).sign_in()
    laptop = Laptop(planes, console, tmp_path, project["title"])
    datasets = console.pages(f"projects/{project['id']}/datasets")
    answered = next(row for row in datasets if row["accepted"] and row["role"] == "training")
    pull = ("datasets", "pull", answered["name"], "-o", "answers.jsonl")
    assert laptop.run(*pull)[0] == 3
    let_in(laptop, cluster)
    code, out, err = laptop.run(*pull)
    assert (code, out) == (0, "answers.jsonl\n"), err
    rows = [json.loads(line) for line in (tmp_path / "answers.jsonl").read_text().splitlines()]
    assert len(rows) >= answered["accepted"]
    assert all(row["text"] for row in rows)
    exported = next(
        row
        for row in console.pages(f"projects/{project['id']}/jobs")
        if row["recipe"] == "export.v1" and row["arguments"]["dataset"] == answered["id"]
    )
    assert "succeeded" in laptop.run("jobs", "logs", exported["id"])[1]
    check_rules(laptop, tmp_path)
    check_secrets(laptop, cluster)
    assert cluster.get("/api/access?what=texts.annotated")["rows"][0]["by_script"]
    seen = cluster.get("/api/access?what=export.downloaded")["rows"][0]
    assert (seen["by_script"], seen["count"]) == (True, len(rows))
    assert laptop.run("logout", "--cluster", cluster.origin)[0] == 0
    assert laptop.run("jobs", "logs", exported["id"])[0] == 3


def check_rules(laptop: Laptop, folder: Path) -> None:
    """Have the demo's first rules checked: on the board, and on a text of this machine."""
    code, out, err = laptop.run("predictors", "list", "--json")
    rules = next(row["name"] for row in json.loads(out) if row["kind"] == "rules")
    (folder / "cases.jsonl").write_text('{"text": "thank you", "spans": []}\n')
    check = ("check", "--rules", rules, "--min-f", "1", "--case", "cases.jsonl")
    code, out, err = laptop.run(*check, "--junit", "checks.xml")
    assert code == 0, (out, err)
    assert out.splitlines()[-1] == "2 passed, 0 failed"
    assert 'failures="0"' in (folder / "checks.xml").read_text()
    assert laptop.run("check", "--rules", rules, "--min-f", "100")[0] == 1


def check_secrets(laptop: Laptop, cluster: Cluster) -> None:
    """Set a secret, another value of it, and remove it: the ledger never has seen either."""
    for value in (f"{CANARY}\n", f"{CANARY} anew"):
        code, out, err = laptop.run("secrets", "set", "api-key", "--json", typed=value)
        assert (code, json.loads(out)["name"], CANARY in err) == (0, "api-key", False), err
    assert [row["name"] for row in json.loads(laptop.run("secrets", "list", "--json")[1])] == [
        "api-key"
    ]
    assert laptop.run("secrets", "remove", "api-key")[0] == 2
    assert laptop.run("secrets", "remove", "api-key", "--yes")[0] == 0
    rows = cluster.get("/api/access?what=secret.set")["rows"]
    assert [(row["by_script"], row["count"]) for row in rows] == [(True, 1)] * 2
    assert CANARY.encode() not in cluster.download("/api/ledger/file")
