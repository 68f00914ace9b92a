"""A label change as the control plane sees it: asked for, counted, on its way, made, taken back."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from annex.contract import outbound
from annex.contract.enums import CommandOutcome, LabelChangeStep

from controlplane.audit.models import AuditRow
from controlplane.clusters.models import Command
from controlplane.lib.tenancy import tenant
from controlplane.projects.label_events import apply_labels_changed, apply_refused_change
from controlplane.projects.models import LabelChange, Task
from tests.controlplane.cast import Cast, browser

COUNT, APPLY, UNDO = LabelChangeStep.COUNT, LabelChangeStep.APPLY, LabelChangeStep.UNDO


class Scheme:
    """The project of the cast, through its API and its cluster's events."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.client = browser(cast.dev)
        self.base = f"/api/v1/organizations/acme/projects/{cast.project.id}"
        self.field, self.value = (str(label.id) for label in cast.labels)

    def post(self, path: str, body: dict[str, Any] | None = None, expect: int = 200) -> Any:
        answer = self.client.post(
            f"{self.base}/label-changes{path}", body or {}, content_type="application/json"
        )
        assert answer.status_code == expect, answer.content
        return answer.json()

    def counted(self, **body: Any) -> str:
        """Ask for a change and let the cluster count."""
        change = str(self.post("", body, 201)["id"])
        self.report(change, COUNT)
        return change

    def report(self, change: str, step: LabelChangeStep, **counts: int) -> None:
        with tenant(self.cast.acme.id):
            event = outbound.LabelsChanged(
                change=change, step=step, **{"answers": 120, "evaluation_answers": 9} | counts
            )
            apply_labels_changed(self.cast.cluster, event)

    def refuse(self) -> None:
        with tenant(self.cast.acme.id):
            command = Command.objects.filter(type="labels.change").latest("seq")
            event = outbound.CommandAnswered(command=command.id, outcome=CommandOutcome.REFUSED)
            apply_refused_change(self.cast.cluster, event)

    def live(self) -> list[str]:
        rows = self.client.get(f"{self.base}/labels").json()["labels"]
        return [row["name"] for row in rows if not row["retired"]]

    def task_labels(self) -> list[str]:
        names = {row["id"]: row["name"] for row in self._all()}
        with tenant(self.cast.acme.id):
            return [names[str(label)] for label in Task.objects.get().label_ids]

    def _all(self) -> list[dict[str, Any]]:
        return list(self.client.get(f"{self.base}/labels").json()["labels"])

    def show(self, change: str) -> dict[str, Any]:
        return dict(self.client.get(f"{self.base}/label-changes/{change}").json())


@pytest.fixture
def scheme(cast: Cast) -> Scheme:
    return Scheme(cast)


MERGE: dict[str, Any] = {"kind": "merge", "labels": ["field"], "into": ["value"]}
SPLIT: dict[str, Any] = {"kind": "split", "labels": ["field"], "new_names": ["INPUT", "OUTPUT"]}
DELETE: dict[str, Any] = {"kind": "delete", "labels": ["field"]}
WAYS = [
    (MERGE, ["VALUE"], ["FIELD", "VALUE"]),
    (SPLIT, ["INPUT", "OUTPUT", "VALUE"], ["FIELD", "INPUT", "OUTPUT", "VALUE"]),
    (DELETE, ["VALUE"], ["FIELD", "VALUE"]),
]


def body_of(scheme: Scheme, way: dict[str, Any]) -> dict[str, Any]:
    """Return a way with the labels' ids for their names."""
    ids = {"field": scheme.field, "value": scheme.value}
    return {
        name: [ids[label] for label in value] if name in {"labels", "into"} else value
        for name, value in way.items()
    }


@pytest.mark.parametrize(("way", "after", "meanwhile"), WAYS, ids=["merge", "split", "delete"])
def test_the_scheme_follows_when_the_cluster_has_made_the_change(
    scheme: Scheme, way: dict[str, Any], after: list[str], meanwhile: list[str]
) -> None:
    change = scheme.counted(**body_of(scheme, way))
    shown = scheme.show(change)
    assert (shown["state"], shown["answers"], shown["evaluation_answers"]) == ("counted", 120, 9)
    assert scheme.live() == ["FIELD", "VALUE"]
    scheme.post(f"/{change}/apply", {"evaluation": True, "look_again": True})
    # While it is on its way, nothing that people mark is refused.
    assert sorted(scheme.live()) == sorted(scheme.task_labels()) == meanwhile
    scheme.report(change, APPLY, look_again=120)
    assert sorted(scheme.live()) == sorted(scheme.task_labels()) == after
    shown = scheme.show(change)
    assert (shown["state"], shown["looks"], shown["evaluation"]) == ("applied", 120, True)
    scheme.post(f"/{change}/undo")
    assert sorted(scheme.live()) == sorted(scheme.task_labels()) == meanwhile
    scheme.report(change, UNDO, not_restored=3)
    assert scheme.live() == scheme.task_labels() == ["FIELD", "VALUE"]
    assert (scheme.show(change)["state"], scheme.show(change)["not_restored"]) == ("undone", 3)
    with tenant(scheme.cast.acme.id):
        verbs = AuditRow.objects.filter(noun="label_change").values_list("verb", flat=True)
        assert sorted(verbs) == ["label_change.applied", "label_change.undone"]


def test_the_cluster_hears_of_new_labels_before_and_of_gone_ones_after(scheme: Scheme) -> None:
    change = scheme.counted(**body_of(scheme, SPLIT))
    scheme.post(f"/{change}/apply")
    scheme.report(change, APPLY)
    with tenant(scheme.cast.acme.id):
        first, made, last = reversed(Command.objects.order_by("-seq")[:3])
    # None of them is delivered yet: the first snapshot is kept for the change that needs it.
    types = [first.type, made.type, last.type]
    assert types == ["config.snapshot", "labels.change", "config.snapshot"]
    assert set(made.body["into"]) <= {row["id"] for row in first.body["labels"]}
    assert scheme.field in {row["id"] for row in last.body["labels"] if row["retired"]}


def test_a_repeated_report_only_brings_its_counts(scheme: Scheme) -> None:
    change = scheme.counted(**body_of(scheme, MERGE))
    scheme.post(f"/{change}/apply")
    scheme.report(change, APPLY)
    version = scheme.client.get(f"{scheme.base}/labels").json()["version"]
    scheme.report(change, APPLY, answers=121)
    assert scheme.show(change)["answers"] == 121
    assert scheme.client.get(f"{scheme.base}/labels").json()["version"] == version


@pytest.mark.parametrize("way", [MERGE, SPLIT, DELETE], ids=["merge", "split", "delete"])
def test_what_the_cluster_refuses_leaves_the_scheme_as_it_was(
    scheme: Scheme, way: dict[str, Any]
) -> None:
    change = scheme.counted(**body_of(scheme, way))
    scheme.post(f"/{change}/apply")
    scheme.refuse()
    assert scheme.show(change)["state"] == "refused"
    assert scheme.live() == scheme.task_labels() == ["FIELD", "VALUE"]


BAD: list[tuple[dict[str, Any], str]] = [
    (MERGE | {"into": []}, "into"),
    (MERGE | {"labels": ["value"]}, "into"),
    (MERGE | {"into": ["value", "field"]}, "into"),
    (MERGE | {"labels": ["field", "field"]}, "labels"),
    (SPLIT | {"new_names": ["INPUT"]}, "into"),
    (SPLIT | {"labels": ["field", "value"]}, "into"),
    (SPLIT | {"new_names": ["INPUT", "VALUE"]}, "new_names"),
    (SPLIT | {"new_names": ["INPUT", "INPUT"]}, "new_names"),
    (DELETE | {"into": ["value"]}, "into"),
]


@pytest.mark.parametrize(("way", "field"), BAD)
def test_a_change_that_makes_no_sense_is_refused(
    scheme: Scheme, way: dict[str, Any], field: str
) -> None:
    refused = scheme.post("", body_of(scheme, way), 400)
    assert refused["errors"][0]["field"] == field


def test_a_label_of_nowhere_is_refused(scheme: Scheme) -> None:
    refused = scheme.post("", {"kind": "delete", "labels": [str(uuid4())]}, 400)
    assert refused["errors"][0]["field"] == "labels"


def test_a_task_keeps_at_least_one_label(scheme: Scheme) -> None:
    change = scheme.counted(kind="delete", labels=[scheme.field, scheme.value])
    scheme.post(f"/{change}/apply", expect=400)
    assert scheme.live() == scheme.task_labels() == ["FIELD", "VALUE"]


def test_only_what_was_counted_is_made_and_one_after_the_other(scheme: Scheme) -> None:
    early = str(scheme.post("", body_of(scheme, MERGE), 201)["id"])
    assert scheme.post(f"/{early}/apply", expect=409)["code"] == "labels.change_not_ready"
    scheme.report(early, COUNT)
    scheme.post(f"/{early}/apply")
    next_one = scheme.counted(kind="split", labels=[scheme.value], new_names=["A", "B"])
    refused = scheme.post(f"/{next_one}/apply", expect=409)
    assert refused["code"] == "labels.change_on_its_way"
    scheme.report(early, APPLY)
    scheme.post(f"/{next_one}/apply")
    scheme.report(next_one, APPLY)
    assert scheme.post(f"/{early}/undo", expect=409)["code"] == "labels.undo_newer_first"
    for change in (next_one, early):
        scheme.post(f"/{change}/undo")
        scheme.report(change, UNDO)
    assert scheme.live() == scheme.task_labels() == ["FIELD", "VALUE"]


def test_a_name_taken_meanwhile_is_told_before_anything_is_put_back(scheme: Scheme) -> None:
    change = scheme.counted(**body_of(scheme, DELETE))
    scheme.post(f"/{change}/apply")
    scheme.report(change, APPLY)
    labels = [{"id": scheme.value, "name": "VALUE"}, {"name": "FIELD"}]
    put = scheme.client.put(
        f"{scheme.base}/labels", {"labels": labels}, content_type="application/json"
    )
    assert put.status_code == 200
    scheme.post(f"/{change}/undo", expect=400)
    assert scheme.show(change)["state"] == "applied"


def test_another_clusters_report_changes_nothing(scheme: Scheme) -> None:
    scheme.report(str(uuid4()), COUNT)
    with tenant(scheme.cast.acme.id):
        assert AuditRow.objects.filter(verb="cluster.named_unknown").exists()
        assert not LabelChange.objects.exists()
