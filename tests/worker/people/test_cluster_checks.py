"""Cases of `annex check`, and both clients, against a cluster that really listens."""

from __future__ import annotations

import asyncio
import json
import uuid
from pathlib import Path

import pytest
from annex.cli.main import main
from annex.client.cluster import ClusterClient
from annex.client.cluster_async import AsyncClusterClient
from annex.client.cluster_predictions import MOST_CODEPOINTS, MOST_TEXTS, AnnotatedTexts
from annex.contract.enums import LoginOutcome, Role
from annex.errors import BadInput, NotFound
from pytest_django.live_server_helper import LiveServer

from tests.worker.cast import Stage, make_stage
from tests.worker.workbench.test_trying import rules
from worker.people.models import AccessRow, What
from worker.people.scripts.tokens import make_script_token

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = "🙂 Set MaxItems."
MARK = {"start": 6, "end": 14, "label": "FIELD"}


@pytest.fixture
def stage() -> Stage:
    return make_stage()


@pytest.fixture
def token(stage: Stage) -> str:
    person = stage.person("Dev", Role.DEVELOPER)
    return make_script_token(person, laptop="tests", outcome=LoginOutcome.ADMITTED)[1]


def test_both_clients_ask_in_batches(stage: Stage, token: str, live_server: LiveServer) -> None:
    predictor = {"kind": "rules", "id": rules(stage).id}
    texts = [f"{'x' * (number % 7)} MaxItems" for number in range(MOST_TEXTS + 1)]

    async def ask() -> AnnotatedTexts:
        async with AsyncClusterClient(live_server.url, token) as client:
            assert (await client.whoami()).name == "Dev"
            return await client.annotate(stage.project.id, predictor, texts)

    with ClusterClient(live_server.url, token) as client:
        said = client.annotate(stage.project.id, predictor, texts)
        with pytest.raises(NotFound):
            client.annotate(stage.project.id, {"kind": "model", "id": uuid.uuid4()}, ["x"])
        for wrong in ([], [""], ["x" * (MOST_CODEPOINTS + 1)]):
            with pytest.raises(BadInput):
                client.annotate(stage.project.id, predictor, wrong)
    starts = [annotation.spans[0].start for annotation in said.annotations]
    assert starts == [number % 7 + 1 for number in range(MOST_TEXTS + 1)]
    assert asyncio.run(ask()) == said


@pytest.fixture
def laptop(
    token: str, live_server: LiveServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A machine that is signed in on the cluster and on no control plane."""
    monkeypatch.setenv("ANNEX_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.setenv("ANNEX_CLUSTER", live_server.url)
    monkeypatch.setenv("ANNEX_CLUSTER_TOKEN", token)


def test_cases_are_checked_with_ids_and_no_control_plane(
    stage: Stage, laptop: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "cases.jsonl"
    lines = [{"text": TEXT, "spans": [MARK]}, {"text": "Thank you.", "spans": []}]
    file.write_text("\n".join(map(json.dumps, lines)))
    named = ["check", "-p", str(stage.project.id), "--rules", str(rules(stage).id)]
    assert main([*named, "--case", str(file)]) == 0
    assert capsys.readouterr().out.endswith("2 passed, 0 failed\n")
    file.write_text(json.dumps({"name": "quiet", "text": TEXT, "spans": []}))
    assert main([*named, "--case", str(file), "--json"]) == 1
    [told] = json.loads(capsys.readouterr().out)
    assert (told["name"], told["passed"]) == ("cases.jsonl:1 quiet", False)
    assert told["found"] == "FIELD 6 to 14"
    assert AccessRow.objects.get(what=What.TEXTS_ANNOTATED).count == 3
