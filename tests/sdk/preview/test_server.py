"""The preview is this machine's own, and looks like a cluster to the app."""

from __future__ import annotations

import json
import re
import socket
from pathlib import Path
from typing import Any

import httpx
import jsonschema
import pytest
from annex.preview import labels, server
from annex.preview.files import NotBuilt, find_annotation_app
from annex.preview.tokens import token_edges

from tests.sdk.preview.workshop import Visitor

REPOSITORY = Path(__file__).resolve().parents[3]
OPENAPI = json.loads((REPOSITORY / "docs" / "openapi" / "worker.json").read_text())


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "annex.example"},
        {"Host": "127.0.0.1:1"},
        {"Origin": "https://annex.example"},
        {"Origin": "null"},
    ],
)
def test_pages_of_others_are_refused(visitor: Visitor, headers: dict[str, str]) -> None:
    for method, path in (("GET", "/"), ("GET", "/preview/state"), ("POST", "/preview/start")):
        answer = visitor.http.request(method, path, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (403, "preview.foreign")


def test_a_form_of_another_site_can_send_nothing(visitor: Visitor) -> None:
    sent = visitor.http.post("/preview/start", content="{}", headers={"Content-Type": "text/plain"})
    assert sent.status_code == 415


def test_its_own_pages_are_served_under_a_clusters_policy(visitor: Visitor) -> None:
    policy = re.search(
        r"CONTENT_SECURITY_POLICY = (\"; \"\.join\(.+?\n\))",
        (REPOSITORY / "worker/people/security.py").read_text(),
        re.DOTALL,
    )
    assert policy is not None
    assert policy[1] in Path(str(server.__file__)).read_text()
    own = {"Origin": str(visitor.http.base_url).rstrip("/")}
    for path in ("/", "/preview/form.js", "/preview/form.css", "/assets/index.css"):
        answer = visitor.http.get(path, headers=own)
        assert answer.status_code == 200
        assert answer.headers["Content-Security-Policy"] == server.CONTENT_SECURITY_POLICY
    assert '<link rel="stylesheet" href="/assets/index.css">' in visitor.http.get("/").text


@pytest.mark.parametrize("path", ["/preview/form.html", "/assets/../index.html", "/preview/x.js"])
def test_nothing_else_is_served(visitor: Visitor, path: str) -> None:
    assert visitor.http.get(path).status_code == 404


def test_only_this_machine_can_reach_it(visitor: Visitor) -> None:
    port = visitor.http.base_url.port
    assert port
    with socket.socket() as other, pytest.raises(OSError, match="refused"):
        other.connect(("127.0.0.2", port))


def test_a_screen_before_a_start_leads_to_the_form(own: Visitor) -> None:
    answer = own.http.get("/t/00000000-0000-4000-8000-000000000000")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert own.http.get("/login").headers["Location"] == "/"


def test_every_answer_has_the_clusters_shape(visitor: Visitor) -> None:
    visitor.start()
    example = visitor.batch(1)["examples"][0]["id"]
    saved = visitor.answer(example, "reject")
    task, one = "/api/tasks/{task_id}", "/api/tasks/{task_id}/examples/{example}"
    answers: dict[tuple[str, str], Any] = {
        ("get", task): visitor.get(visitor.task()),
        ("post", f"{task}/batch"): visitor.batch(2),
        ("put", f"{task}/answers/{{answer_id}}"): saved.json(),
        ("get", f"{task}/history"): visitor.get(visitor.task("/history")),
        ("get", one): visitor.get(visitor.task(f"/examples/{example}")),
        ("get", f"{one}/comments"): visitor.get(visitor.task(f"/examples/{example}/comments")),
        ("get", "/api/session"): visitor.get("/api/session"),
        ("get", "/api/preferences"): visitor.get("/api/preferences"),
    }
    for (method, path), answer in answers.items():
        _check_shape(OPENAPI["paths"][path][method]["responses"]["200"], answer)
    refused = visitor.answer(visitor.batch(1)["examples"][0]["id"]).json()
    jsonschema.validate(refused, _closed(OPENAPI["components"]["schemas"]["Problem"]))


def _check_shape(response: dict[str, Any], answer: Any) -> None:
    schema = response["content"]["application/json"]["schema"]
    jsonschema.validate(answer, _closed(schema))


def _closed(schema: dict[str, Any]) -> dict[str, Any]:
    """Let the references of a schema find the document's components."""
    return {**schema, "components": OPENAPI["components"]}


def test_preferences_are_kept(visitor: Visitor) -> None:
    changed = {**visitor.get("/api/preferences"), "theme": "dark"}
    assert visitor.http.put("/api/preferences", json=changed).json() == changed
    assert visitor.get("/api/preferences")["theme"] == "dark"


def test_labels_look_as_the_control_plane_makes_them() -> None:
    source = (REPOSITORY / "controlplane/projects/choices.py").read_text()
    made = re.search(r"LABEL_COLOURS[^(]+\((.+?)\)", source, re.DOTALL)
    keys = re.search(r'LABEL_KEYS = "(.+)"', source)
    assert made is not None
    assert keys is not None
    assert tuple(re.findall(r'"(#.+?)"', made[1])) == labels.COLOURS
    assert keys[1] == labels.KEYS
    first, second = labels.labels_for(["A ", "A", "", "B"])
    assert (first.name, first.key, second.name, second.key) == ("A", "1", "B", "2")
    assert labels.labels_for(["B"])[0].id == second.id


@pytest.mark.parametrize(
    "text",
    ["It's 2 words.", "né e\u0301t", "日本語です", "👩‍👩‍👧 ok 👍🏽", "a\r\nb", "ภาษาไทย"],
)
def test_tokens_cover_the_text_and_cut_no_cluster(text: str) -> None:
    edges = token_edges(text)
    covered = {at for start, end in edges for at in range(start, end)}
    assert covered == {at for at, character in enumerate(text) if not character.isspace()}
    assert edges == sorted(edges)
    assert not any(text[start] in "\u0301\u200d\U0001f3fd" for start, _ in edges)


def test_words_are_tokens() -> None:
    words = [(0, 4), (5, 8), (8, 9), (9, 10), (10, 11)]
    assert token_edges("Send it2日本!") == words


def test_an_installation_without_the_app_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NotBuilt, match="make build"):
        find_annotation_app((tmp_path,))
    (tmp_path / "index.html").touch()
    assert find_annotation_app((tmp_path / "none", tmp_path)) == tmp_path


@pytest.mark.parametrize("path", ["/", "/preview/state", "/preview/news", "/assets/index.css"])
def test_who_has_not_the_printed_address_sees_nothing(visitor: Visitor, path: str) -> None:
    port = visitor.http.base_url.port
    origin = f"http://127.0.0.1:{port}"
    for cookies in ({}, {f"annex-preview-{port}": "guessed"}):
        answer = httpx.get(f"{origin}{path}", cookies=cookies)
        assert (answer.status_code, answer.json()["code"]) == (401, "preview.no_token")
    assert httpx.get(f"{origin}/?token=guessed").status_code == 401


def test_a_page_that_is_known_under_either_name_is_served(visitor: Visitor) -> None:
    port = visitor.http.base_url.port
    token = visitor.http.cookies[f"annex-preview-{port}"]
    with httpx.Client(base_url=f"http://localhost:{port}", follow_redirects=True) as other:
        assert other.get(f"/?token={token}").status_code == 200
        assert other.get("/preview/state").status_code == 200
