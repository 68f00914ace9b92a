"""The Data page's endpoints, through HTTP."""

from __future__ import annotations

import json
import os
import uuid
from pathlib import Path
from typing import Any

import pytest
from annex.contract.enums import Role
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from tests.worker.cast import Stage, make_stage, sign_in
from tests.worker.store.conftest import JSONL, address, give_file, send
from worker.link.models import OutboxEvent
from worker.people.models import AccessRow, What
from worker.store.models import Artefact, Asset, BadRow, ImportRun


def upload(client: Client, asset: Asset, body: bytes, name: str = "rows.jsonl") -> Any:
    return client.post(f"/api/assets/{asset.id}/upload", {"file": SimpleUploadedFile(name, body)})


def test_from_upload_to_ready(stage: Stage, developer: Client) -> None:
    body = b'{"text": "a", "answer": "accept"}\n' * 3 + b'{"text": "b"}\n'
    uploaded = upload(developer, stage.asset, body).json()
    assert uploaded["state"] == "uploaded"
    assert uploaded["file"] == {
        "name": "rows.jsonl", "root": None, "files": 1, "size_bytes": len(body),
        "rows": None, "format": "jsonl",
    }  # fmt: skip
    assert uploaded["plan"]["answer_column"] == "answer"
    confirmed = send(
        developer, "post", address(stage.asset, "/confirm"),
        {"plan": uploaded["plan"], "hold_back": 2},
    ).json()  # fmt: skip
    assert (confirmed["state"], confirmed["file"]["rows"], confirmed["hold_back"]) == (
        "ready",
        4,
        2,
    )
    events = [row.body for row in OutboxEvent.objects.filter(kind="asset.changed").order_by("id")]
    assert [(e["state"], e["version"], e["rows"], e["hold_back"]) for e in events] == [
        ("uploaded", 1, None, 0), ("ready", 2, 4, 2),
    ]  # fmt: skip


def test_too_much_to_hold_back_names_the_field(stage: Stage, developer: Client) -> None:
    plan = upload(developer, stage.asset, b'{"text": "a"}\n' * 4).json()["plan"]
    refused = send(
        developer, "post", address(stage.asset, "/confirm"), {"plan": plan, "hold_back": 5}
    )
    assert refused.status_code == 400
    assert refused.json()["code"] == "asset.hold_back_too_large"
    assert refused.json()["field"] == "hold_back"


def test_a_column_that_is_not_there_is_refused(stage: Stage, developer: Client) -> None:
    plan = upload(developer, stage.asset, b'{"text": "a"}\n').json()["plan"]
    refused = send(
        developer, "post", address(stage.asset, "/confirm"),
        {"plan": plan | {"text_column": "body"}},
    )  # fmt: skip
    assert refused.json()["code"] == "asset.column_missing"


def test_an_upload_over_the_limit_is_refused(
    stage: Stage, developer: Client, settings: Settings
) -> None:
    settings.UPLOAD_LIMIT_BYTES = 10
    refused = upload(developer, stage.asset, b"x" * 11)
    assert (refused.status_code, refused.json()["code"]) == (413, "file.too_large")
    stage.asset.refresh_from_db()
    assert stage.asset.state == "empty"


def test_an_upload_needs_its_field(stage: Stage, developer: Client) -> None:
    refused = developer.post(address(stage.asset, "/upload"), {"other": "x"})
    assert (refused.status_code, refused.json()["field"]) == (400, "file")


def test_preview_shows_rows_labels_and_problems(stage: Stage, developer: Client) -> None:
    rows: list[dict[str, Any]] = [
        {"text": "set Size", "spans": [{"start": 4, "end": 8, "label": "FIELD"}], "x": 1},
        {"text": "new", "spans": [{"start": 0, "end": 3, "label": "NEW"}]},
    ]
    body = "".join(json.dumps(row) + "\n" for row in rows) + "{oops\n"
    plan = upload(developer, stage.asset, body.encode()).json()["plan"]
    shown = send(developer, "post", address(stage.asset, "/preview"), {"plan": plan}).json()
    assert shown["columns"] == ["text", "spans", "x"]
    assert shown["rows"][0] == {
        "file": "",
        "line": 1,
        "cells": {"text": "set Size", "spans": json.dumps(rows[0]["spans"], separators=(",", ":")),
                  "x": "1"},
        "text": "set Size",
        "spans": [{"start": 4, "end": 8, "label": "FIELD"}],
        "choices": [],
        "answer": "accept",
        "problem": None,
    }  # fmt: skip
    assert shown["labels_found"] == [
        {"name": "FIELD", "count": 1, "registered": True},
        {"name": "NEW", "count": 1, "registered": False},
    ]
    assert [(p["line"], p["code"]) for p in shown["problems"]] == [
        (2, "label.unregistered"), (3, "row.bad_json"),
    ]  # fmt: skip
    assert (shown["scanned_rows"], shown["total_rows"], shown["format"]) == (3, 3, "jsonl")


def test_preview_survives_any_bytes(stage: Stage, developer: Client) -> None:
    for body in (b"\xff\xfe\x00\xd8", bytes(range(256)), b"", b'"', b"a,b\n\xe9,1\n"):
        plan = upload(developer, stage.asset, body, "x.csv").json()["plan"]
        for kind in ("csv", "txt", "jsonl"):
            shown = send(
                developer,
                "post",
                address(stage.asset, "/preview"),
                {"plan": plan | {"format": kind}},
            )
            assert shown.status_code in {200, 400}, shown.content


@pytest.mark.parametrize("kind", ["parquet", "spacy", "json", "label_studio"])
def test_a_file_of_another_format_is_refused_with_words(
    kind: str, stage: Stage, developer: Client
) -> None:
    plan = upload(developer, stage.asset, b'{"text": "a"}\n').json()["plan"] | {"format": kind}
    for verb in ("preview", "confirm"):
        refused = send(developer, "post", address(stage.asset, f"/{verb}"), {"plan": plan})
        assert (refused.status_code, refused.json()["code"]) == (400, "file.unreadable")


def test_an_asset_without_a_file_says_so(stage: Stage, developer: Client) -> None:
    refused = send(developer, "post", address(stage.asset, "/preview"), {"plan": {"format": "txt"}})
    assert (refused.status_code, refused.json()["code"]) == (409, "asset.no_file")


def test_an_unknown_plan_field_is_named(stage: Stage, developer: Client) -> None:
    refused = send(
        developer, "post", address(stage.asset, "/preview"), {"plan": {"format": "txt", "sql": "x"}}
    )
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, "plan.sql")


@pytest.fixture
def root(settings: Settings, tmp_path: Path) -> Path:
    folder = tmp_path / "root"
    (folder / "sub").mkdir(parents=True)
    (folder / "sub" / "rows.jsonl").write_text('{"text": "picked"}\n')
    (tmp_path / "secret.jsonl").write_text('{"text": "secret"}\n')
    (folder / "link.jsonl").symlink_to(tmp_path / "secret.jsonl")
    (folder / "up").symlink_to(tmp_path)
    os.mkfifo(folder / "pipe")
    settings.ROOTS = {"data": folder}
    return folder


def test_a_root_is_listed_without_links(stage: Stage, developer: Client, root: Path) -> None:
    listed = developer.get("/api/roots/data/files").json()["entries"]
    assert listed == [{"name": "sub", "path": "sub", "is_folder": True, "size_bytes": None}]
    inside = developer.get("/api/roots/data/files?path=sub").json()["entries"]
    assert [entry["path"] for entry in inside] == ["sub/rows.jsonl"]


def test_a_file_is_picked(stage: Stage, developer: Client, root: Path) -> None:
    body = {"root": "data", "path": "sub/rows.jsonl"}
    picked = send(developer, "post", address(stage.asset, "/pick"), body).json()
    assert (picked["state"], picked["file"]["name"]) == ("uploaded", "rows.jsonl")
    event = OutboxEvent.objects.get(kind="asset.changed").body
    assert event["root"] == "data"
    assert "rows.jsonl" not in json.dumps(event)


ESCAPES = [
    "../secret.jsonl", "sub/../../secret.jsonl", "/etc/passwd", "link.jsonl", "up/secret.jsonl",
    "sub", "pipe", "nothing.jsonl", "sub/rows.jsonl/", "a\x00b", ".", "\udcff",
]  # fmt: skip


@pytest.mark.parametrize("path", ESCAPES)
def test_no_path_leads_out_of_a_root(
    path: str, stage: Stage, developer: Client, root: Path
) -> None:
    if path == "sub/rows.jsonl/":
        path = "sub//../rows.jsonl"
    refused = send(developer, "post", address(stage.asset, "/pick"), {"root": "data", "path": path})
    assert refused.status_code in {400, 404}, refused.content
    listing = developer.get("/api/roots/data/files", {"path": path.encode("utf-8", "replace")})
    assert listing.status_code in {400, 404} or path in {"sub", "."}
    stage.asset.refresh_from_db()
    assert stage.asset.state == "empty"


def test_only_configured_roots_exist(stage: Stage, developer: Client, root: Path) -> None:
    assert developer.get("/api/roots/other/files").status_code == 404


def test_problems_are_listed_by_line(stage: Stage, developer: Client) -> None:
    run = ImportRun.objects.create(asset=stage.asset, job=uuid.uuid4(), bad_rows=7)
    BadRow.objects.create(import_run=run, line=9, code="text.empty", message="The text is empty.")
    shown = developer.get(address(stage.asset, "/problems")).json()
    assert shown == {
        "total": 7,
        "listed": [{"file": "", "line": 9, "code": "text.empty", "message": "The text is empty."}],
    }


def test_a_refused_file_can_be_confirmed_anew(stage: Stage, developer: Client) -> None:
    plan = upload(developer, stage.asset, b'{"text": "a"}\n').json()["plan"]
    body = {"plan": plan | {"on_bad_rows": "skip"}, "hold_back": 0}
    run = ImportRun.objects.create(asset=stage.asset, job=uuid.uuid4(), state="refused", bad_rows=1)
    BadRow.objects.create(import_run=run, line=2, code="text.empty", message="The text is empty.")
    Asset.objects.filter(id=stage.asset.id).update(state="ready")
    shown = developer.get(address(stage.asset)).json()
    assert (shown["import_state"], shown["problems_count"]) == ("refused", 1)
    again = send(developer, "post", address(stage.asset, "/confirm"), body).json()
    assert (again["state"], again["import_state"], again["problems_count"]) == ("ready", None, 0)
    assert OutboxEvent.objects.filter(kind="asset.changed").latest("id").body["state"] == "ready"


def patterns_asset(stage: Stage, kind: str = "patterns") -> Asset:
    return Asset.objects.create(id=uuid.uuid4(), project_id=stage.project.id, name=kind, kind=kind)


def test_patterns_are_checked_and_stored(stage: Stage, developer: Client) -> None:
    asset = patterns_asset(stage)
    patterns = [
        {"label": "FIELD", "pattern": "Size"},
        {"label": "FIELD", "pattern": [{"LOWER": "size"}, {"TEXT": {"REGEX": "^[A-Z]+$"}}]},
        {"label": "VALUE", "regex": r"\b[A-Z][A-Z0-9]*_[A-Z0-9_]+\b"},
    ]
    saved = send(developer, "put", address(asset, "/patterns"), {"patterns": patterns})
    assert saved.status_code == 200, saved.content
    shown = developer.get(address(asset, "/patterns")).json()
    assert shown["patterns"] == patterns
    again = send(developer, "put", address(asset, "/patterns"), {"text": shown["text"] + "\n"})
    assert again.json()["patterns"] == patterns
    asset.refresh_from_db()
    assert (asset.state, asset.rows) == ("ready", 3)


BAD_PATTERNS = [
    ({"label": "NEW", "pattern": "x"}, "scheme"),
    ({"label": "FIELD"}, "either"),
    ({"label": "FIELD", "pattern": "x", "regex": "x"}, "either"),
    ({"label": "FIELD", "pattern": "  "}, "empty"),
    ({"label": "FIELD", "pattern": []}, "tokens"),
    ({"label": "FIELD", "pattern": [{"LOWR": "x"}]}, "token pattern"),
    ({"label": "FIELD", "pattern": [{"LEMMA": "berry"}]}, "token pattern"),
    ({"label": "FIELD", "regex": "("}, "regular expression"),
    ({"label": "FIELD", "regex": "a*"}, "empty"),
    ({"label": "FIELD", "regex": "(a+)+$"}, "too long"),
    ({"label": "FIELD", "pattern": [{"TEXT": {"REGEX": "(a|a)*$"}}]}, "too long"),
]


@pytest.mark.parametrize(("pattern", "said"), BAD_PATTERNS)
def test_a_bad_pattern_is_refused_by_its_line(
    pattern: dict[str, Any], said: str, stage: Stage, developer: Client
) -> None:
    asset = patterns_asset(stage)
    good = {"label": "FIELD", "pattern": "fine"}
    refused = send(developer, "put", address(asset, "/patterns"), {"patterns": [good, pattern]})
    assert (refused.status_code, refused.json()["code"]) == (400, "patterns.invalid")
    assert refused.json()["line"] == 2
    assert said in refused.json()["errors"][0]["message"]
    asset.refresh_from_db()
    assert asset.state == "empty"


def test_pasted_patterns_name_the_line_that_is_not_json(stage: Stage, developer: Client) -> None:
    text = '{"label": "FIELD", "pattern": "x"}\n\n{oops\n'
    refused = send(developer, "put", address(patterns_asset(stage), "/patterns"), {"text": text})
    assert refused.json()["line"] == 3


def test_guidelines_are_versioned(stage: Stage, developer: Client) -> None:
    asset = patterns_asset(stage, "guidelines")
    assert developer.get(address(asset, "/guidelines")).json() == {"markdown": "", "version": 0}
    send(developer, "put", address(asset, "/guidelines"), {"markdown": "# Mark fields"})
    saved = send(developer, "put", address(asset, "/guidelines"), {"markdown": "# Mark é"})
    assert saved.json() == {"markdown": "# Mark é", "version": 2}


def make_export(stage: Stage, name: str) -> Artefact:
    from io import BytesIO

    from worker.store.files import stored_files

    job = uuid.uuid4()
    stored_files().put(f"exports/{job}.jsonl", BytesIO(b"{}\n"))
    return Artefact.objects.create(
        id=job, project_id=stage.project.id, kind="export", file_key=f"exports/{job}.jsonl",
        file_name=name, size_bytes=3, sha256="0" * 64,
        details={"format": "jsonl", "examples": 5, "not_expressible": 0},
    )  # fmt: skip


def test_an_export_is_downloaded_and_logged(stage: Stage, developer: Client) -> None:
    export = make_export(stage, 'Orders/2026 "é"\r\nX: y.jsonl')
    assert developer.get(f"/api/exports/{export.id}").json()["examples"] == 5
    response = developer.get(f"/api/exports/{export.id}/file")
    assert response.streaming
    assert b"".join(response) == b"{}\n"
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''Orders_2026")
    assert "\n" not in response["Content-Disposition"]
    row = AccessRow.objects.get(what=What.EXPORT_DOWNLOADED)
    assert (row.subject, row.what, row.noun_id, row.count) == (
        stage.people["Dora"].id, "export.downloaded", export.id, 5,
    )  # fmt: skip


def every_request(stage: Stage, export: Artefact) -> list[tuple[str, str, Any]]:
    data, rules = stage.asset, patterns_asset(stage)
    text = patterns_asset(stage, "guidelines")
    return [
        ("get", address(data), None),
        ("post", address(data, "/upload"), None),
        ("post", address(data, "/pick"), {"root": "data", "path": "x"}),
        ("post", address(data, "/pick"), {"root": "data", "pattern": "*"}),
        ("post", address(data, "/preview"), {"plan": {"format": "jsonl"}}),
        ("post", address(data, "/confirm"), {"plan": {"format": "jsonl"}}),
        ("get", address(data, "/problems"), None),
        ("get", address(rules, "/patterns"), None),
        ("put", address(rules, "/patterns"), {"patterns": []}),
        ("get", address(text, "/guidelines"), None),
        ("put", address(text, "/guidelines"), {"markdown": "x"}),
        ("get", f"/api/exports/{export.id}", None),
        ("get", f"/api/exports/{export.id}/file", None),
    ]


def test_others_find_nothing_where_a_developer_finds_it(stage: Stage, developer: Client) -> None:
    give_file(stage, '{"text": "a"}\n', JSONL)
    other = make_stage("Elsewhere")
    roles = {"Ann": Role.ANNOTATOR, "Rita": Role.REVIEWER}
    outsiders = [
        sign_in(stage.person(name, role), {stage.project.id: role}) for name, role in roles.items()
    ]
    stranger = other.person("Sam", Role.OWNER)
    outsiders.append(sign_in(stranger, {other.project.id: Role.OWNER}))
    for method, path, body in every_request(stage, make_export(stage, "x.jsonl")):
        for outsider in outsiders:
            assert send(outsider, method, path, body).status_code == 404, (method, path)
        assert send(Client(), method, path, body).status_code == 401, (method, path)
        assert send(developer, method, path, body).status_code not in {401, 403, 500}
    assert AccessRow.objects.filter(what=What.EXPORT_DOWNLOADED).count() == 1


def test_roots_are_for_developers(stage: Stage, developer: Client, root: Path) -> None:
    annotator = sign_in(stage.person("Ann", Role.ANNOTATOR), {stage.project.id: Role.ANNOTATOR})
    assert annotator.get("/api/roots/data/files").status_code == 404
    assert Client().get("/api/roots/data/files").status_code == 401
    assert developer.get("/api/roots/data/files").status_code == 200


def test_an_asset_of_another_kind_is_not_found(stage: Stage, developer: Client) -> None:
    assert developer.get(address(stage.asset, "/patterns")).status_code == 404
