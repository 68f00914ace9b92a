"""`annex` on a laptop against a cluster that really listens."""

from __future__ import annotations

import io
import json
import os
import re
import stat
import sys
import threading
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from annex.cli import cluster_credentials
from annex.cli.cluster_sign_in import laptop_name
from annex.cli.main import main
from annex.contract.enums import LoginOutcome, Role
from django.core.cache import cache
from django.db import connection
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from tests.worker.cast import Stage, make_stage, sign_in
from tests.worker.training.test_api import keep_model
from worker.jobs.models import Attempt, Failure
from worker.people.models import DeviceLogin, ScriptToken
from worker.people.scripts.tokens import make_script_token
from worker.store.files import stored_files
from worker.store.models import Artefact

pytestmark = pytest.mark.django_db(transaction=True)
NAMES = ("ANNEX_CLUSTER", "ANNEX_CLUSTER_TOKEN", "ANNEX_HOST", "ANNEX_TOKEN")


@dataclass(frozen=True)
class Ran:
    """What one command line did."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Annex = Callable[..., Ran]


@pytest.fixture(autouse=True)
def own_files(settings: Settings, tmp_path: Path) -> Iterator[None]:
    settings.FILES = tmp_path / "files"
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def stage() -> Stage:
    stage = make_stage()
    stage.person("Dev", Role.DEVELOPER)
    return stage


@pytest.fixture
def annex(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Annex:
    """Run `annex` on a laptop that knows no cluster."""
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ANNEX_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.chdir(tmp_path)

    def run(*argv: str) -> Ran:
        capfd.readouterr()
        code = main(argv)
        captured = capfd.readouterr()
        return Ran(code, captured.out, captured.err)

    return run


@pytest.fixture
def secret(stage: Stage) -> str:
    outcome = LoginOutcome.ADMITTED
    return make_script_token(stage.people["Dev"], laptop="tests", outcome=outcome)[1]


@pytest.fixture
def signed_in(
    annex: Annex, live_server: LiveServer, secret: str, monkeypatch: pytest.MonkeyPatch
) -> Annex:
    monkeypatch.setenv("ANNEX_CLUSTER", live_server.url)
    monkeypatch.setenv("ANNEX_CLUSTER_TOKEN", secret)
    return annex


def let_in_soon(stage: Stage) -> threading.Thread:
    """Let the first laptop in that asks, as the person does meanwhile."""
    browser = sign_in(stage.people["Dev"], {})

    def decide() -> None:
        waiting = None
        while waiting is None:
            waiting = DeviceLogin.objects.first()
        csrf = browser.get("/api/session").json()["csrf_token"]
        form = {"csrf_token": csrf, "decision": "let-in"}
        browser.post(f"/device/{waiting.user_code}", form)
        connection.close()

    thread = threading.Thread(target=decide)
    thread.start()
    return thread


def test_a_laptop_signs_in_with_a_browser_and_out_again(
    annex: Annex, stage: Stage, live_server: LiveServer, tmp_path: Path
) -> None:
    person = let_in_soon(stage)
    ran = annex("login", "--cluster", live_server.url)
    person.join()
    assert (ran.code, ran.out) == (0, ""), ran.err
    assert re.search(r"/device/[2-9A-Z]{4}-[2-9A-Z]{4}$", ran.err, re.M)
    assert "as Dev until" in ran.err
    file = tmp_path / "config" / cluster_credentials.FILE
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    token = json.loads(file.read_text())["tokens"][live_server.url]
    assert token.startswith("anw_")
    assert token not in ran.err
    assert ScriptToken.objects.get().laptop == laptop_name()
    # The cluster that was signed in on last is the one that is meant.
    assert annex("models", "pull", str(keep_model(stage, packaged=True).id)).code == 0
    assert annex("logout", "--cluster", live_server.url).code == 0
    assert not ScriptToken.objects.exists()
    assert annex("jobs", "logs", str(uuid.uuid4())).code == 3


def test_a_pipeline_signs_in_with_a_token_from_stdin(
    annex: Annex, secret: str, live_server: LiveServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("anw_nobody-knows-this\n"))
    assert annex("login", "--cluster", live_server.url, "--token-stdin").code == 3
    monkeypatch.setattr(sys, "stdin", io.StringIO(secret + "\n"))
    assert annex("login", "--cluster", live_server.url, "--token-stdin").code == 0
    assert annex("jobs", "logs", str(uuid.uuid4())).code == 4


def test_without_a_login_one_is_told_how(annex: Annex, live_server: LiveServer) -> None:
    for where in ((), ("--cluster", live_server.url)):
        ran = annex("jobs", "logs", str(uuid.uuid4()), *where)
        assert (ran.code, ran.out) == (3, "")
        assert "annex login --cluster" in ran.err


def test_no_token_goes_to_plain_http_elsewhere(
    signed_in: Annex, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = signed_in("jobs", "logs", str(uuid.uuid4()), "--cluster", "http://cluster.example")
    assert (ran.code, "https://" in ran.err) == (2, True)


def test_assets_push(signed_in: Annex, stage: Stage, tmp_path: Path) -> None:
    (tmp_path / "rows.jsonl").write_bytes(b'{"text": "a"}\n' * 4)
    asset = str(stage.asset.id)
    ran = signed_in("assets", "push", asset, "rows.jsonl", "--json")
    assert (ran.code, ran.json["state"]) == (0, "uploaded"), ran.err
    assert "Data page" in ran.err
    ran = signed_in(
        "assets", "push", asset, "rows.jsonl", "--confirm", "--hold-back", "1", "--json"
    )
    assert (ran.json["state"], ran.json["hold_back"], ran.json["file"]["rows"]) == ("ready", 1, 4)
    assert signed_in("assets", "push", asset, "rows.jsonl", "--hold-back", "1").code == 2
    assert signed_in("assets", "push", asset, "none.jsonl").code == 2
    assert signed_in("assets", "push", str(uuid.uuid4()), "rows.jsonl").code == 4
    assert "ready" in signed_in("assets", "push", asset, "rows.jsonl", "--confirm").out


def test_datasets_pull(signed_in: Annex, stage: Stage, tmp_path: Path) -> None:
    job, body = uuid.uuid4(), os.urandom(5000)
    written = stored_files().put(f"exports/{job}.jsonl", BytesIO(body))
    Artefact.objects.create(
        id=job, project_id=stage.project.id, kind="export", file_key=f"exports/{job}.jsonl",
        file_name="parts.jsonl", size_bytes=written.size_bytes, sha256=written.sha256,
        details={"examples": 7, "format": "jsonl", "not_expressible": 0},
    )  # fmt: skip
    ran = signed_in("datasets", "pull", "--job", str(job))
    assert (ran.code, ran.out) == (0, "parts.jsonl\n"), ran.err
    assert (tmp_path / "parts.jsonl").read_bytes() == body
    taken = ("datasets", "pull", "--job", str(job), "-o", "parts.jsonl")
    assert signed_in(*taken).code == 2
    ran = signed_in(*taken, "--overwrite", "--json")
    assert ran.json["sha256"] == written.sha256
    assert signed_in("datasets", "pull").code == 2
    assert signed_in("datasets", "pull", "train", "--job", str(job)).code == 2


def test_models_pull(signed_in: Annex, stage: Stage, tmp_path: Path) -> None:
    ran = signed_in("models", "pull", str(keep_model(stage, packaged=True).id), "--json")
    assert Path(ran.json["path"]).read_bytes() == b"wheel bytes"
    ran = signed_in("models", "pull", str(keep_model(stage, packaged=False).id))
    assert (ran.code, "package job" in ran.err) == (2, True)


def test_jobs_logs(signed_in: Annex, stage: Stage, settings: Settings) -> None:
    attempt = Attempt.objects.create(
        job=uuid.uuid4(), epoch=1, project_id=stage.project.id, recipe="import.v1",
        lease_class="strict", state="failed", stage="reading", done=3, total=9000,
    )  # fmt: skip
    failure = Failure.objects.create(
        attempt=attempt, code="import.bad_rows", stage="reading", message="m", traceback="t\nu"
    )
    ran = signed_in("jobs", "logs", str(attempt.job))
    assert ran.code == 0, ran.err
    assert "try 1: failed while reading, 3 of 9,000 done" in ran.out
    assert f"reference {failure.ref}\nm\nt\nu\n" in ran.out
    (row,) = signed_in("jobs", "logs", str(attempt.job), "--json").json["attempts"]
    assert row["failures"][0]["code"] == "import.bad_rows"
    settings.SCRIPT_DOWNLOADS = False
    ran = signed_in("jobs", "logs", str(attempt.job))
    assert (ran.code, "script.not_allowed" in ran.err) == (4, True)
