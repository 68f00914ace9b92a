"""The approval pack: nothing that can leave, connects or is configured is missing from it."""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
import sys
import zipfile
from importlib.metadata import distribution
from pathlib import Path

import pytest
from annex.contract.describe import WORDS, fields_of
from annex.contract.leaves import Message
from annex.contract.manifest import ROUTES, egress_manifest
from annex.contract.outbound import OUTBOUND
from annex.contract.walk import SAFE_STRINGS
from django.test import Client

from common.environment import REGISTRY
from tests.worker.link.conftest import REPOSITORY
from worker.oversight.pack.build import pack_files
from worker.oversight.pack.dependencies import licence_of
from worker.oversight.pack.flows import FLOWS
from worker.oversight.pack.settings_page import worker_settings

ADDRESSES = {"URL", "origin", "host:port"}
OF_TESTS_AND_DEMO = {
    *("ANNEX_POSTGRES_BIN", "ANNEX_REDIS_SERVER", "ANNEX_BROWSER", "ANNEX_TEST_FOLDER"),
    *("ANNEX_SHARED_DATA", "ANNEX_TEST_SUFFIX"),
}


@pytest.fixture(scope="module")
def files() -> dict[str, str]:
    return {name: content.decode() for name, content in pack_files().items()}


def test_every_message_is_there_with_every_field(files: dict[str, str]) -> None:
    page = files["egress.md"]
    for model in OUTBOUND:
        section = page.partition(f"### {model.__name__}\n")[2].partition("\n### ")[0]
        named = {field.path.split(".")[0].removesuffix("[]") for field in fields_of(model)}
        assert named == set(model.model_fields), model.__name__
        assert all(f"| `{field.path}` |" in section for field in fields_of(model))
    assert all(f"`{route}`" in page for route in ROUTES)
    assert json.loads(files["egress-manifest.json"]) == egress_manifest()


def test_no_leaf_is_without_words() -> None:
    assert set(WORDS) >= SAFE_STRINGS
    leaky = type("Leaky", (Message,), {"__annotations__": {"field": str}})
    with pytest.raises(TypeError, match="has no words"):
        list(fields_of(leaky))


def test_every_setting_is_there_and_secrets_are_marked(files: dict[str, str]) -> None:
    declared = {name for name in REGISTRY if not name.startswith(("ANNEX_POLL", "ANNEX_CONSOLE"))}
    assert declared - OF_TESTS_AND_DEMO == {setting.name for setting in worker_settings()}
    lines = files["settings.md"].splitlines()
    for setting in worker_settings():
        (line,) = [line for line in lines if line.startswith(f"| `{setting.name}` |")]
        assert ("**yes**" in line) is setting.secret


def test_no_value_of_a_secret_is_in_it(files: dict[str, str]) -> None:
    values = [str(setting.read()) for setting in worker_settings() if setting.secret]
    assert len([value for value in values if value != "None"]) >= 4
    everything = "".join(files.values())
    assert [value for value in values if value != "None" and value in everything] == []


def test_every_address_that_is_configured_is_a_flow(files: dict[str, str]) -> None:
    addresses = {setting.name for setting in worker_settings() if setting.unit in ADDRESSES}
    assert addresses == {flow.setting.name for flow in FLOWS if flow.setting}
    assert {flow.opened_by for flow in FLOWS if flow.leaves_cluster and flow.has_text} == set()
    for command in ("web", "celery", "link run", "jobs run"):
        assert f"`worker {command}`" in files["data-flows.md"]


def test_dependencies_have_versions_and_licences(files: dict[str, str]) -> None:
    page = files["dependencies.md"]
    for name in ("Django", "cryptography", "celery", "spacy", "annex"):
        dist = distribution(name)
        assert f"| {dist.name} | {dist.version} | {licence_of(dist)} |" in page
    assert "| pytest |" not in page


def test_the_readme_has_the_digest_of_each_file() -> None:
    files = pack_files()
    readme = files.pop("README.md").decode()
    for name, content in files.items():
        assert f"`{hashlib.sha256(content).hexdigest()}`" in readme, name


def test_the_command_writes_what_the_page_hands_out(tmp_path: Path, administrator: Client) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "worker", "pack", str(tmp_path / "pack")],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    answer = administrator.get("/api/pack")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        zipped = {name.rpartition("/")[2]: archive.read(name) for name in archive.namelist()}
    assert zipped == {path.name: path.read_bytes() for path in (tmp_path / "pack").iterdir()}
