"""Every noun and verb against the real control plane, as people and scripts call them."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest
from annex.cli.exit_codes import ExitCode
from django.utils import timezone

from controlplane.accounts.models import ApiToken, Invitation, Membership
from controlplane.board.models import TrainedModel
from controlplane.clusters.models import Cluster
from controlplane.lib.tenancy import tenant
from controlplane.projects.models import Dataset, Label, Project, Task
from tests.sdk.scene import Annex, Ran, Stage

P = ("--project", "Tickets")


def ok(ran: Ran) -> Any:
    """Return the JSON of a command that did what it was asked."""
    assert ran.code == 0, ran.err
    return ran.json


LISTS = [
    ("orgs",),
    ("people",),
    ("people", *P),
    ("tokens",),
    ("clusters",),
    ("projects",),
    ("labels", *P),
    ("assets", *P),
    ("datasets", *P),
    ("tasks", *P),
    ("jobs", *P),
    ("models", *P),
    ("predictors", *P),
    ("evaluations", *P),
]


def test_a_list_is_a_table_or_json_and_nothing_else(signed_in: Annex) -> None:
    for noun, *rest in LISTS:
        rows = ok(signed_in(noun, "list", "--json", *rest))
        table = signed_in(noun, "list", *rest)
        assert (table.code, isinstance(rows, list)) == (0, True), noun
        if not rows:
            assert (table.out, table.err) == ("", "There are none.\n"), noun
            continue
        heading, *lines = table.out.splitlines()
        assert heading == heading.upper(), noun
        # The first column is the id by which other commands know the row.
        ids = [row.get("member") or row["id"] for row in rows]
        assert [line.split()[0] for line in lines] == ids, noun


SHOWS = [
    ("orgs", "acme"),
    ("people", "Anna"),
    ("people", "anna@example.org"),
    ("clusters", "Berlin"),
    ("projects", "Tickets"),
    ("assets", "tickets", *P),
    ("datasets", "train", *P),
    ("tasks", "Mark fields", *P),
    ("models", "small", *P),
]


def test_a_thing_is_shown_by_name_and_by_id(signed_in: Annex) -> None:
    for noun, name, *rest in SHOWS:
        row = ok(signed_in(noun, "show", name, "--json", *rest))
        assert ok(signed_in(noun, "show", row["id"], "--json", *rest)) == row, noun
        assert row["id"] in signed_in(noun, "show", name, *rest).out, noun


def test_a_name_that_nothing_has_is_not_found(signed_in: Annex) -> None:
    for noun, _, *rest in SHOWS:
        ran = signed_in(noun, "show", "Nothing of that name", *rest)
        assert (ran.code, ran.out) == (ExitCode.NOT_ALLOWED, ""), noun


def test_a_project_that_several_are_called_lists_their_ids(stage: Stage, signed_in: Annex) -> None:
    made = ok(signed_in("projects", "create", "Tickets", "-c", "Berlin", "--json"))
    ran = signed_in("tasks", "list", *P)
    assert (ran.code, ran.out) == (ExitCode.USAGE, "")
    assert made["id"] in ran.err
    assert str(stage.cast.project.id) in ran.err
    assert signed_in("tasks", "list", "-p", str(stage.cast.project.id)).code == 0


def test_without_a_project_one_is_asked_for(
    signed_in: Annex, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = signed_in("tasks", "list")
    assert ran.code == ExitCode.USAGE
    assert "ANNEX_PROJECT" in ran.err
    monkeypatch.setenv("ANNEX_PROJECT", "Tickets")
    assert signed_in("tasks", "list").code == 0


CREATES: list[tuple[str, ...]] = [
    ("clusters", "create", "Paris", "--origin", "https://paris.example"),
    ("projects", "create", "News", "--cluster", "Berlin"),
    ("datasets", "create", "more", *P),
    ("tasks", "create", "Again", "--dataset", "train", *P),
    ("people", "invite", "new@example.org"),
]


def test_what_exists_may_be_made_again_with_exists_ok(signed_in: Annex) -> None:
    for noun, verb, name, *rest in CREATES:
        made = ok(signed_in(noun, verb, name, *rest, "--json"))
        again = ok(signed_in(noun, verb, name, *rest, "--json", "--exists-ok"))
        assert again == made, noun
        other = ok(signed_in(noun, verb, f"x{name}", *rest, "--json", "--exists-ok"))
        assert other["id"] != made["id"], noun


def test_what_exists_is_a_conflict_otherwise(signed_in: Annex) -> None:
    for words in (("datasets", "create", "train", *P), ("people", "invite", "anna@example.org")):
        assert signed_in(*words).code == ExitCode.CONFLICT, words


def test_a_project_is_changed_and_deleted(stage: Stage, signed_in: Annex) -> None:
    changed = ok(
        signed_in("projects", "change", "Tickets", "--title", "T", "--target-f", "80", "--json")
    )
    assert (changed["title"], changed["target_f"]) == ("T", 80)
    refused = signed_in("projects", "delete", "T")
    assert (refused.code, "--yes" in refused.err) == (ExitCode.USAGE, True)
    assert signed_in("projects", "delete", "T", "--yes").code == 0
    with tenant(stage.cast.acme.id):
        assert not Project.objects.exists()


def test_a_cluster_is_changed_joined_and_revoked(stage: Stage, signed_in: Annex) -> None:
    changed = ok(signed_in("clusters", "change", "Berlin", "--name", "Main", "--json"))
    assert changed["name"] == "Main"
    joined = signed_in("clusters", "join", "Main")
    assert joined.out.startswith("python -m worker link enrol ")
    assert len(joined.out.splitlines()) == 1
    unknown = signed_in("clusters", "confirm", "Main", "ab")
    assert unknown.code == ExitCode.CONFLICT
    assert signed_in("clusters", "revoke", "Main", "--yes").code == 0
    with tenant(stage.cast.acme.id):
        assert Cluster.objects.get().state == "revoked"


class TestLabels:
    """The scheme, and what changes it."""

    def test_labels_are_added_renamed_and_retired(self, stage: Stage, signed_in: Annex) -> None:
        added = ok(signed_in("labels", "add", "FIELD", "UNIT", "--exists-ok", "--json", *P))
        assert [row["name"] for row in added["labels"]] == ["FIELD", "VALUE", "UNIT"]
        again = signed_in("labels", "add", "FIELD", *P)
        assert (again.code, "labels[3].name" in again.err) == (ExitCode.USAGE, True)
        assert signed_in("labels", "add", "FIELD", "--exists-ok", *P).code == 0
        assert signed_in("labels", "rename", "UNIT", "MEASURE", *P).code == 0
        assert signed_in("labels", "retire", "VALUE", *P).code == 0
        names = [row["name"] for row in ok(signed_in("labels", "list", "--json", *P))]
        assert names == ["FIELD", "MEASURE"]
        everything = ok(signed_in("labels", "list", "--retired", "--json", *P))
        assert [row["name"] for row in everything] == ["FIELD", "MEASURE", "VALUE"]
        with tenant(stage.cast.acme.id):
            ids = {str(label.id) for label in stage.cast.labels}
            assert ids < {row["id"] for row in everything}
            assert Label.objects.count() == 3

    @pytest.mark.parametrize(
        ("words", "kind"),
        [
            (("merge", "VALUE", "--into", "FIELD"), "merge"),
            (("split", "FIELD", "--into", "FIELD", "--new", "NAME"), "split"),
            (("delete", "FIELD"), "delete"),
        ],
    )
    def test_a_change_is_counted_first(
        self, signed_in: Annex, words: tuple[str, ...], kind: str
    ) -> None:
        counted = ok(signed_in("labels", *words, "--json", *P))
        assert (counted["kind"], counted["state"]) == (kind, "counting")
        shown = ok(signed_in("labels", "change", counted["id"], "--json", *P))
        assert shown == counted
        listed = ok(signed_in("labels", "changes", "--json", *P))
        assert [row["id"] for row in listed] == [counted["id"]]
        early = signed_in("labels", "apply", counted["id"], *P)
        assert early.code == ExitCode.CONFLICT
        assert signed_in("labels", "undo", counted["id"], *P).code == ExitCode.CONFLICT

    def test_a_label_that_is_not_there(self, signed_in: Annex) -> None:
        assert signed_in("labels", "retire", "NOTHING", *P).code == ExitCode.NOT_ALLOWED


class TestTasks:
    """Made, paused, opened, closed."""

    def test_a_task_is_made_paused_with_names_for_everything(
        self, stage: Stage, signed_in: Annex
    ) -> None:
        cast = stage.cast
        row = ok(
            signed_in(
                *("tasks", "create", "Second", "--dataset", "train", *P, "--no-start", "--json"),
                *("--evaluation-dataset", "held", "--evaluation-share", "0.5", "--blind"),
                *("--label", "VALUE", "--annotator", "anna@example.org", "-a", "Rita"),
                *("--suggestions", "rules", "--overlap", "2", "--recipe", "ner.manual.v1"),
            )
        )
        assert (row["state"], row["overlap"], row["blind"]) == ("paused", 2, True)
        assert row["labels"] == [str(cast.labels[1].id)]
        assert row["suggestions"] == {"kind": "rules", "id": str(cast.patterns.id)}
        assert row["evaluation_share"] == 0.5
        assert {each["name"] for each in row["annotators"]} == {"Anna", "Rita"}

    def test_without_no_start_it_is_open(self, signed_in: Annex) -> None:
        row = ok(signed_in("tasks", "create", "Open", "-d", "train", "--json", *P))
        assert row["state"] == "open"

    def test_states_follow_verbs(self, stage: Stage, signed_in: Annex) -> None:
        for verb, state in (("pause", "paused"), ("resume", "open"), ("close", "closed")):
            assert ok(signed_in("tasks", verb, "Mark fields", "--json", *P))["state"] == state
        with tenant(stage.cast.acme.id):
            assert Task.objects.get().state == "closed"

    def test_a_task_is_changed(self, signed_in: Annex) -> None:
        words = ("tasks", "change", "Mark fields", "--title", "Marks", "-a", "Rita", "--json")
        row = ok(signed_in(*words, *P))
        assert row["title"] == "Marks"
        assert [each["name"] for each in row["annotators"]] == ["Rita"]


class TestPeople:
    """Invited, given roles, let into projects, removed."""

    def test_an_invitation_is_sent_listed_and_withdrawn(
        self, stage: Stage, signed_in: Annex
    ) -> None:
        assert signed_in("people", "invite", "New@example.org", "--role", "reviewer").code == 0
        [row] = ok(signed_in("people", "invitations", "--json"))
        assert (row["email"], row["role"]) == ("new@example.org", "reviewer")
        assert signed_in("people", "withdraw", "new@example.org").code == 0
        with tenant(stage.cast.acme.id):
            assert not Invitation.objects.exists()

    def test_inviting_a_member_shows_them_with_exists_ok(self, signed_in: Annex) -> None:
        row = ok(signed_in("people", "invite", "Anna@example.org", "--exists-ok", "--json"))
        assert row["name"] == "Anna"

    def test_roles_are_given_and_memberships_ended(self, stage: Stage, signed_in: Annex) -> None:
        assert ok(signed_in("people", "role", "Tim", "reviewer", "--json"))["role"] == "reviewer"
        assert signed_in("people", "role", "Tim", "king").code == ExitCode.USAGE
        assert signed_in("people", "remove", "Tim").code == ExitCode.USAGE
        assert signed_in("people", "remove", "Tim", "--yes").code == 0
        with tenant(stage.cast.acme.id):
            assert not Membership.objects.filter(user=stage.cast.tim).exists()

    def test_people_come_into_projects_and_leave_them(self, signed_in: Annex) -> None:
        assert signed_in("people", "add", "Tim", *P).code == 0
        names = [row["name"] for row in ok(signed_in("people", "list", "--json", *P))]
        assert "Tim" in names
        assert signed_in("people", "drop", "Tim", *P).code == 0
        names = [row["name"] for row in ok(signed_in("people", "list", "--json", *P))]
        assert "Tim" not in names


class TestTokens:
    """Made, shown once, revoked."""

    def test_the_secret_is_all_that_stands_on_stdout(
        self, stage: Stage, signed_in: Annex, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        made = signed_in("tokens", "create", "ci", "--role", "annotator", "--days", "1")
        assert made.out.startswith("anx_")
        assert len(made.out.splitlines()) == 1
        assert signed_in("tokens", "revoke", "ci").code == 0
        monkeypatch.setenv("ANNEX_TOKEN", made.out.strip())
        assert signed_in("whoami").code == ExitCode.NOT_SIGNED_IN

    def test_a_token_is_shown_without_its_secret(self, stage: Stage, signed_in: Annex) -> None:
        made = ok(signed_in("tokens", "create", "ci", "--json"))
        shown = ok(signed_in("tokens", "show", "ci", "--json"))
        assert set(made) - set(shown) == {"secret"}
        with tenant(stage.cast.acme.id):
            assert ApiToken.objects.get(name="ci").expires_at is None


class TestScores:
    """Predictors, evaluations and the board."""

    def test_rules_and_a_model_are_combined_and_measured(
        self, stage: Stage, signed_in: Annex
    ) -> None:
        with tenant(stage.cast.acme.id):
            TrainedModel.objects.update(trained_at=timezone.now())
        words = ("predictors", "combine", "both", "--rules", "rules", "--model", "small", "--json")
        made = ok(signed_in(*words, *P))
        assert (made["kind"], made["name"]) == ("combined", "both")
        row = ok(signed_in("evaluations", "start", "both", "-d", "held", "--json", *P))
        assert (row["predictor"]["id"], row["state"]) == (made["id"], "running")

    def test_the_board_is_a_sentence_and_rows(self, signed_in: Annex) -> None:
        board = ok(signed_in("board", "show", "--dataset", "held", "--json", *P))
        assert board["rows"] == []
        assert signed_in("board", "show", *P).out.strip() == board["sentence"]
        wrong = signed_in("board", "show", "--measures", "luck", *P)
        assert (wrong.code, "measures" in wrong.err) == (ExitCode.USAGE, True)


def test_json_is_what_the_api_says(stage: Stage, signed_in: Annex) -> None:
    shown = ok(signed_in("datasets", "show", "train", "--json", *P))
    with stage.client(stage.cast.dev) as client:
        scope = client.organization("acme").project(stage.cast.project.id)
        [row] = [each for each in scope.datasets.list() if each.name == "train"]
    assert shown == json.loads(row.model_dump_json())


def test_an_id_that_nothing_has_is_not_found(stage: Stage, signed_in: Annex) -> None:
    for words in (("jobs", "show"), ("projects", "show"), ("clusters", "show")):
        assert signed_in(*words, str(uuid4())).code == ExitCode.NOT_ALLOWED
    with tenant(stage.cast.acme.id):
        assert Dataset.objects.count() == 2
