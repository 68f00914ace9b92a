"""The client for scripts against the cluster's own edge, over real HTTP."""

from __future__ import annotations

import hashlib
import os
import uuid
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from annex.client import cluster as cluster_module
from annex.client.cluster import ClusterClient, LoginRanOut, NotPackaged, once_known
from annex.contract.enums import LoginOutcome, Role
from annex.errors import BadInput, Forbidden, NotFound, NotSignedIn, Problem, Unreachable
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from tests.worker.cast import Stage, make_stage, sign_in
from tests.worker.training.test_api import keep_model
from worker.jobs.models import Attempt, Failure
from worker.people.models import AccessRow, DeviceLogin, ScriptToken, Subject, What
from worker.people.scripts.tokens import make_script_token
from worker.store.files import stored_files
from worker.store.models import Artefact, Asset

pytestmark = pytest.mark.django_db(transaction=True)
ROWS = b'{"text": "a", "answer": "accept"}\n' * 3
EXPORT = os.urandom(3_000_000)


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
def as_script(live_server: LiveServer) -> Iterator[Callable[[Subject], ClusterClient]]:
    """Return a function that signs a person's script in."""
    opened: list[ClusterClient] = []

    def sign(subject: Subject) -> ClusterClient:
        outcome = LoginOutcome.ADMITTED
        _, secret = make_script_token(subject, laptop="tests", outcome=outcome)
        opened.append(ClusterClient(live_server.url, secret))
        return opened[-1]

    yield sign
    for client in opened:
        client.close()


@pytest.fixture
def script(stage: Stage, as_script: Callable[[Subject], ClusterClient]) -> ClusterClient:
    return as_script(stage.people["Dev"])


@pytest.fixture
def stranger(as_script: Callable[[Subject], ClusterClient]) -> ClusterClient:
    return as_script(make_stage("Elsewhere").person("Eve", Role.DEVELOPER))


@pytest.fixture
def export(stage: Stage) -> Artefact:
    job = uuid.uuid4()
    key = f"exports/{job}.jsonl"
    written = stored_files().put(key, BytesIO(EXPORT))
    return Artefact.objects.create(
        id=job, project_id=stage.project.id, kind="export", file_key=key, file_name="parts.jsonl",
        size_bytes=written.size_bytes, sha256=written.sha256,
        details={"examples": 7, "format": "jsonl", "not_expressible": 0},
    )  # fmt: skip


@pytest.fixture
def failure(stage: Stage) -> Failure:
    attempt = Attempt.objects.create(
        job=uuid.uuid4(), epoch=1, project_id=stage.project.id, recipe="import.v1",
        lease_class="strict", state="failed", done=3, total=9,
    )  # fmt: skip
    return Failure.objects.create(
        attempt=attempt, code="import.bad_rows", stage="reading", message="m", traceback="t"
    )


def letting_in(browser: Client, decision: str) -> Callable[[float], None]:
    """Return a pause in which the person opens the page and decides."""

    def pause(seconds: float) -> None:
        assert seconds >= 5
        login = DeviceLogin.objects.get()
        csrf = browser.get("/api/session").json()["csrf_token"]
        form = {"csrf_token": csrf, "decision": decision}
        assert browser.post(f"/device/{login.user_code}", form).status_code == 200
        DeviceLogin.objects.update(polled_at=None)

    return pause


def test_a_laptop_is_let_in_and_brings_its_data(
    stage: Stage, live_server: LiveServer, tmp_path: Path
) -> None:
    browser = sign_in(stage.people["Dev"], {})
    with ClusterClient(live_server.url) as nobody:
        waiting = nobody.begin_login("a laptop")
        assert nobody.poll_login(waiting) is None
        DeviceLogin.objects.update(polled_at=None)
        login = nobody.wait_for_login(waiting, sleep=letting_in(browser, "let-in"))
    assert (login.name, login.subject) == ("Dev", stage.people["Dev"].id)
    (tmp_path / "rows.jsonl").write_bytes(ROWS)
    seen: list[int] = []
    with ClusterClient(live_server.url, login.token) as script:
        pushed = script.push_asset(
            stage.asset.id, tmp_path / "rows.jsonl", confirm=True, hold_back=1, on_bytes=seen.append
        )
    assert (pushed.state, pushed.hold_back, pushed.version) == ("ready", 1, 2)
    assert pushed.file is not None
    assert (pushed.file.name, pushed.file.rows) == ("rows.jsonl", 3)
    assert sum(seen) == len(ROWS)
    row = AccessRow.objects.get(what=What.DATA_UPLOADED)
    assert (row.subject, row.noun_id, row.by_script) == (login.subject, stage.asset.id, True)


def test_a_push_without_confirming_waits_for_a_person(
    stage: Stage, script: ClusterClient, tmp_path: Path
) -> None:
    (tmp_path / "rows.jsonl").write_bytes(ROWS)
    assert script.push_asset(stage.asset.id, tmp_path / "rows.jsonl").state == "uploaded"
    with pytest.raises(BadInput, match="cannot be read"):
        script.push_asset(stage.asset.id, tmp_path / "none.jsonl")


def test_what_was_just_named_is_waited_for(stage: Stage, script: ClusterClient) -> None:
    asset, waited = uuid.uuid4(), []

    def arrive(seconds: float) -> None:
        waited.append(seconds)
        if len(waited) == 2:
            Asset.objects.create(id=asset, project_id=stage.project.id, name="New", kind="data")

    assert once_known(lambda: script.asset(asset), sleep=arrive).id == asset
    assert len(waited) == 2
    with pytest.raises(NotFound):
        once_known(lambda: script.asset(uuid.uuid4()), sleep=waited.append)
    assert sum(waited[2:]) == cluster_module.ARRIVAL_SECONDS


def test_a_refused_laptop_is_told(stage: Stage, live_server: LiveServer) -> None:
    browser = sign_in(stage.people["Dev"], {})
    with ClusterClient(live_server.url) as nobody:
        waiting = nobody.begin_login("a laptop")
        with pytest.raises(Forbidden) as refused:
            nobody.wait_for_login(waiting, sleep=letting_in(browser, "refuse"))
        assert refused.value.code == "device_login.refused"
        ignored = nobody.begin_login("a laptop")
        with pytest.raises(LoginRanOut):
            nobody.wait_for_login(ignored, sleep=lambda seconds: None)
    assert not ScriptToken.objects.exists()


def test_an_export_arrives_byte_for_byte(
    script: ClusterClient, stage: Stage, export: Artefact, tmp_path: Path
) -> None:
    seen: list[int] = []
    saved = script.pull_export(export.id, tmp_path, on_bytes=seen.append)
    assert saved.path == tmp_path / "parts.jsonl"
    assert saved.path.read_bytes() == EXPORT
    assert saved.sha256 == hashlib.sha256(EXPORT).hexdigest() == export.sha256
    assert sum(seen) == len(EXPORT)
    row = AccessRow.objects.get(what=What.EXPORT_DOWNLOADED)
    assert (row.subject, row.count, row.by_script) == (stage.people["Dev"].id, 7, True)
    with pytest.raises(BadInput, match="already"):
        script.pull_export(export.id, tmp_path)
    assert AccessRow.objects.filter(what=What.EXPORT_DOWNLOADED).count() == 1
    script.pull_export(export.id, tmp_path, overwrite=True)
    assert script.pull_export(export.id, tmp_path / "mine.jsonl").path.name == "mine.jsonl"


def test_bytes_that_are_not_those_of_the_job_are_not_kept(
    script: ClusterClient, export: Artefact, tmp_path: Path
) -> None:
    stored_files().put(export.file_key, BytesIO(EXPORT[:-1] + b"?"))
    (tmp_path / "parts.jsonl").write_text("what was here before")
    with pytest.raises(Unreachable, match="SHA-256"):
        script.pull_export(export.id, tmp_path, overwrite=True)
    assert (tmp_path / "parts.jsonl").read_text() == "what was here before"
    assert not list(tmp_path.glob("*.part"))


def test_a_model_is_downloaded_once_it_is_packaged(
    script: ClusterClient, stage: Stage, tmp_path: Path
) -> None:
    saved = script.pull_model(keep_model(stage, packaged=True).id, tmp_path)
    assert (saved.path.suffix, saved.path.read_bytes()) == (".whl", b"wheel bytes")
    assert AccessRow.objects.get(what=What.MODEL_DOWNLOADED).by_script
    with pytest.raises(NotPackaged):
        script.pull_model(keep_model(stage, packaged=False).id, tmp_path)


def test_a_job_is_read_with_its_failures(script: ClusterClient, failure: Failure) -> None:
    one = script.job_failure(failure.ref)
    assert (one.code, one.message, one.traceback) == ("import.bad_rows", "m", "t")
    log = script.job_log(failure.attempt.job)
    (attempt,) = log.attempts
    assert (log.recipe, attempt.state, attempt.done, attempt.total) == ("import.v1", "failed", 3, 9)
    assert attempt.failures == [one]
    row = AccessRow.objects.get(what=What.FAILURE_READ)
    assert (row.noun_id, row.count, row.by_script) == (failure.ref, 2, True)


Calls = dict[str, Callable[[ClusterClient], Any]]


@pytest.fixture
def calls(stage: Stage, export: Artefact, failure: Failure, tmp_path: Path) -> Calls:
    """Everything that a script can ask of a cluster, by name."""
    (tmp_path / "rows.jsonl").write_bytes(ROWS)
    model = keep_model(stage, packaged=True)
    return {
        "asset": lambda c: c.asset(stage.asset.id),
        "push": lambda c: c.push_asset(stage.asset.id, tmp_path / "rows.jsonl"),
        "export": lambda c: c.pull_export(export.id, tmp_path / "export"),
        "model": lambda c: c.model(model.id),
        "wheel": lambda c: c.pull_model(model.id, tmp_path / "wheel"),
        "failure": lambda c: c.job_failure(failure.ref),
        "log": lambda c: c.job_log(failure.attempt.job),
    }


def test_another_projects_script_is_told_nothing(
    stage: Stage,
    script: ClusterClient,
    stranger: ClusterClient,
    calls: Calls,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cluster_module, "ARRIVAL_SECONDS", 0.5)
    for call in calls.values():
        with pytest.raises(NotFound) as refused:
            call(stranger)
        assert refused.value.code == "resource.not_found"
        call(script)
    by_others = AccessRow.objects.filter(by_script=True).exclude(subject=stage.people["Dev"].id)
    assert not by_others.exists()


def test_who_is_signed_out_is_told_what_to_do(
    script: ClusterClient, calls: Calls, tmp_path: Path
) -> None:
    ScriptToken.objects.all().delete()
    for call in calls.values():
        with pytest.raises(NotSignedIn) as refused:
            call(script)
        assert "annex login --cluster" in refused.value.what_to_do
    assert not (tmp_path / "export").exists()


def test_without_downloads_only_what_takes_text_out_is_refused(
    script: ClusterClient, calls: Calls, settings: Settings
) -> None:
    settings.SCRIPT_DOWNLOADS = False
    codes = {name: code_of(call, script) for name, call in calls.items()}
    assert {name for name, code in codes.items() if code} == {"export", "wheel", "failure", "log"}
    assert {code for code in codes.values() if code} == {"script.not_allowed"}


def code_of(call: Callable[[ClusterClient], Any], script: ClusterClient) -> str:
    """Return the code of a refusal, nothing for a success."""
    try:
        call(script)
    except Problem as problem:
        return problem.code
    return ""
