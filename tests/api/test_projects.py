"""Projects, labels, assets, datasets and tasks over HTTP, and what their cluster is told."""

from __future__ import annotations

import json
from typing import Any

from annex.contract.enums import Component
from annex.contract.inbound import ConfigSnapshot
from django.test import Client
from django.utils import timezone

from controlplane.accounts.subjects import subject_of
from controlplane.board.models import TrainedModel
from controlplane.clusters.models import Command
from controlplane.jobs.models import Job
from controlplane.lib.tenancy import tenant
from controlplane.projects.models import Asset
from tests.controlplane.cast import Cast, browser

BASE = "/api/v1/organizations/acme"


def send(client: Client, method: str, path: str, body: Any = None) -> Any:
    return client.generic(
        method, path, "" if body is None else json.dumps(body), content_type="application/json"
    )


def latest_snapshot(cast: Cast) -> ConfigSnapshot:
    """Return what the cluster would be told now, as the contract reads it."""
    with tenant(cast.acme.id):
        body = Command.objects.filter(type="config.snapshot").latest("seq").body
    return ConfigSnapshot.model_validate(body)


def test_a_project_begins_with_nothing_done(cast: Cast) -> None:
    made = send(
        browser(cast.dev),
        "POST",
        f"{BASE}/projects",
        {"title": "Mails", "cluster": str(cast.cluster.id), "target_f": 80},
    )
    assert made.status_code == 201
    project = made.json()
    assert project["counts"] == {"examples": 0, "answered": 0, "models": 0}
    assert project["setup"] == {
        "data": False,
        "labels": False,
        "held_back": False,
        "people": False,
        "target": True,
        "suggestions": False,
        "model": False,
    }
    assert latest_snapshot(cast).title == "Mails"


def test_a_project_that_goes_ends_everyones_access_on_its_cluster(cast: Cast) -> None:
    task = {"title": "By hand", "dataset": str(cast.training.id), "annotators": []}
    made = send(browser(cast.dev), "POST", f"{BASE}/projects/{cast.project.id}/tasks", task)
    assert made.status_code == 201, made.content
    before = latest_snapshot(cast)
    assert before.people
    assert before.tasks
    gone = send(browser(cast.olga), "DELETE", f"{BASE}/projects/{cast.project.id}")
    assert gone.status_code == 204
    last = latest_snapshot(cast)
    assert (last.project, last.people, last.tasks) == (cast.project.id, [], [])
    assert last.version > before.version


def test_a_project_on_a_cluster_of_others_is_refused_by_field(cast: Cast) -> None:
    body = {"title": "X", "cluster": str(cast.cluster.id)}
    answer = send(browser(cast.sam), "POST", "/api/v1/organizations/umbrella/projects", body)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "cluster")


def test_annotators_see_their_projects_only(cast: Cast) -> None:
    def titles(client: Client) -> list[str]:
        return [row["title"] for row in client.get(f"{BASE}/projects").json()["results"]]

    assert titles(browser(cast.anna)) == ["Tickets"]
    assert titles(browser(cast.tim)) == []
    assert titles(browser(cast.dev)) == ["Tickets"]


class TestLabels:
    """The scheme is saved whole; ids survive."""

    def path(self, cast: Cast) -> str:
        return f"{BASE}/projects/{cast.project.id}/labels"

    def test_ids_are_kept_and_what_is_left_out_is_retired(self, cast: Cast) -> None:
        client = browser(cast.dev)
        before = client.get(self.path(cast)).json()
        kept = before["labels"][1] | {"name": "WORTH"}
        after = send(
            client,
            "PUT",
            self.path(cast),
            {"version": before["version"], "labels": [kept, {"name": "NEW"}]},
        ).json()
        assert after["version"] == before["version"] + 1
        assert [(row["name"], row["retired"]) for row in after["labels"]] == [
            ("WORTH", False),
            ("NEW", False),
            ("FIELD", True),
        ]
        assert after["labels"][0]["id"] == kept["id"]
        assert [label.name for label in latest_snapshot(cast).labels][:2] == ["WORTH", "NEW"]

    def test_two_labels_can_swap_their_names(self, cast: Cast) -> None:
        client = browser(cast.dev)
        scheme = client.get(self.path(cast)).json()
        one, other = scheme["labels"]
        one["name"], other["name"] = other["name"], one["name"]
        assert send(client, "PUT", self.path(cast), scheme).status_code == 200

    def test_colours_and_keys_are_chosen_and_differ(self, cast: Cast) -> None:
        rows = browser(cast.dev).get(self.path(cast)).json()["labels"]
        assert [row["key"] for row in rows] == ["1", "2"]
        assert len({row["colour"] for row in rows}) == 2

    def test_a_stale_scheme_is_refused(self, cast: Cast) -> None:
        answer = send(browser(cast.dev), "PUT", self.path(cast), {"version": 0, "labels": []})
        assert (answer.status_code, answer.json()["code"]) == (409, "labels.changed")

    def test_every_wrong_field_is_named(self, cast: Cast) -> None:
        labels = [{"name": "A", "key": "a"}, {"name": "A", "key": "a"}]
        answer = send(browser(cast.dev), "PUT", self.path(cast), {"labels": labels})
        fields = [error["field"] for error in answer.json()["errors"]]
        assert (answer.status_code, fields) == (400, ["labels[1].name", "labels[1].key"])


class TestTasks:
    """A task brings its people into the project and its suggestions into a job."""

    def test_a_task_takes_all_labels_and_lets_its_people_in(self, cast: Cast) -> None:
        body = {
            "title": "Second",
            "recipe": "ner.manual.v1",
            "dataset": str(cast.training.id),
            "evaluation_dataset": str(cast.held_back.id),
            "annotators": [cast.member_id(cast.tim)],
            "suggestions": None,
            "guidelines": None,
            "overlap": 1,
        }
        made = send(browser(cast.dev), "POST", f"{BASE}/projects/{cast.project.id}/tasks", body)
        assert made.status_code == 201, made.content
        task = made.json()
        assert task["labels"] == [str(label.id) for label in cast.labels]
        assert [row["name"] for row in task["annotators"]] == ["Tim"]
        assert task["cluster_url"] == f"https://annex.acme.example/t/{task['id']}"
        assert browser(cast.tim).get(f"{BASE}/projects/{cast.project.id}").status_code == 200
        with tenant(cast.acme.id):
            subject = subject_of(organization=cast.acme, cluster_id=cast.cluster.id, user=cast.tim)
        told = next(row for row in latest_snapshot(cast).tasks if str(row.id) == task["id"])
        assert told.annotators == [subject]

    def test_suggestions_start_a_predict_job(self, cast: Cast) -> None:
        path = f"{BASE}/projects/{cast.project.id}/tasks/{cast.task.id}"
        suggestions = {"kind": "rules", "id": str(cast.patterns.id)}
        for _ in range(2):
            changed = send(browser(cast.dev), "PATCH", path, {"suggestions": suggestions})
            assert changed.json()["suggestions"] == suggestions
        with tenant(cast.acme.id):
            job = Job.objects.get(recipe="predict.v1")
            assert job.arguments == {"dataset": str(cast.training.id), "predictor": suggestions}

    def test_its_cluster_hears_that_it_is_blind_and_of_other_tasks_nothing(
        self, cast: Cast
    ) -> None:
        path = f"{BASE}/projects/{cast.project.id}/tasks"
        body = {"title": "Second", "dataset": str(cast.training.id), "blind": True}
        body["unsure_first"] = True
        made = send(browser(cast.dev), "POST", path, body).json()
        told = {str(row.id): row for row in latest_snapshot(cast).tasks}
        assert made["blind"] is told[made["id"]].blind is True
        assert made["unsure_first"] is told[made["id"]].unsure_first is True
        # A worker of before there were blind tasks refuses a field that it does not know.
        sent = told[str(cast.task.id)].model_dump(mode="json")
        assert "blind" not in sent
        seen = send(browser(cast.dev), "PATCH", f"{path}/{made['id']}", {"blind": False}).json()
        assert seen["blind"] is latest_snapshot(cast).tasks[-1].blind is False

    def test_ids_of_elsewhere_are_refused_by_field(self, cast: Cast) -> None:
        path = f"{BASE}/projects/{cast.project.id}/tasks"
        stray = "00000000-0000-4000-8000-000000000000"
        good = {"title": "T", "dataset": str(cast.training.id)}
        for field, value in (
            ("dataset", stray),
            ("evaluation_dataset", str(cast.training.id)),
            ("suggestions", {"kind": "model", "id": str(cast.model.id)}),
            ("annotators", [stray]),
            ("labels", [stray]),
        ):
            answer = send(browser(cast.dev), "POST", path, good | {field: value})
            assert answer.status_code == 400, field
            assert answer.json()["errors"][0]["field"].startswith(field)

    def test_what_words_hang_from_is_measured_and_not_suggested(self, cast: Cast) -> None:
        with tenant(cast.acme.id):
            trained = TrainedModel.objects.filter(pk=cast.model.id)
            trained.update(component=Component.PARSER.value, trained_at=timezone.now())
        model = {"kind": "model", "id": str(cast.model.id)}
        path = f"{BASE}/projects/{cast.project.id}"
        task = {"title": "T", "dataset": str(cast.training.id), "suggestions": model}
        suggested = {"dataset": str(cast.training.id), "predictor": model}
        job = {"recipe": "predict.v1", "arguments": suggested}
        for noun, body, field in (
            ("tasks", task, "suggestions"), ("jobs", job, "arguments.predictor"),
        ):  # fmt: skip
            answer = send(browser(cast.dev), "POST", f"{path}/{noun}", body)
            assert answer.status_code == 400, answer.content
            assert answer.json()["errors"][0]["field"] == field
            assert "no such suggestions" in answer.json()["errors"][0]["message"]
        measured = {"predictor": model, "dataset": str(cast.held_back.id)}
        assert send(browser(cast.dev), "POST", f"{path}/evaluations", measured).status_code == 201


class TestJobs:
    """Jobs mint what their results will be written to."""

    def start(self, cast: Cast, recipe: str, arguments: dict[str, Any]) -> Any:
        path = f"{BASE}/projects/{cast.project.id}/jobs"
        return send(browser(cast.dev), "POST", path, {"recipe": recipe, "arguments": arguments})

    def test_a_pretrained_layer_is_a_name_to_start_from_and_no_predictor(self, cast: Cast) -> None:
        datasets = [str(cast.training.id)]
        answer = self.start(cast, "pretrain.v1", {"name": "layer", "datasets": datasets})
        assert answer.status_code == 201, answer.content
        job = answer.json()
        assert (job["title"], job["state"]) == ("Pretrain layer", "queued")
        layer = job["arguments"]["model"]
        wanted = {"name": "started", "datasets": datasets, "pretrained": layer}
        early = self.start(cast, "train.v1", wanted)
        assert early.json()["errors"][0]["field"] == "arguments.pretrained"
        with tenant(cast.acme.id):
            TrainedModel.objects.filter(pk=layer).update(trained_at=timezone.now())
        started = self.start(cast, "train.v1", wanted)
        assert started.status_code == 201, started.content
        assert started.json()["arguments"]["pretrained"] == layer
        refused = self.start(cast, "package.v1", {"model": layer})
        assert refused.json()["errors"][0]["field"] == "arguments.model"
        known = browser(cast.dev).get(f"{BASE}/projects/{cast.project.id}/predictors").json()
        assert layer not in {row["id"] for row in known["results"]}

    def test_nothing_is_pretrained_on_what_is_held_back(self, cast: Cast) -> None:
        held_back = [str(cast.held_back.id)]
        answer = self.start(cast, "pretrain.v1", {"name": "layer", "datasets": held_back})
        assert answer.json()["errors"][0]["field"] == "arguments.datasets[0]"

    def test_a_layer_is_pretrained_and_not_trained(self, cast: Cast) -> None:
        wanted = {"name": "x", "datasets": [str(cast.training.id)], "component": "tok2vec"}
        answer = self.start(cast, "train.v1", wanted)
        assert answer.json()["errors"][0]["field"] == "arguments.component"

    def test_a_curve_mints_a_model_and_an_evaluation_per_fraction(self, cast: Cast) -> None:
        answer = self.start(
            cast,
            "train-curve.v1",
            {
                "name": "curve",
                "datasets": [str(cast.training.id)],
                "evaluation_dataset": str(cast.held_back.id),
                "fractions": [0.5, 1.0],
            },
        )
        assert answer.status_code == 201, answer.content
        job = answer.json()
        assert (job["title"], job["state"]) == ("Train curve with a learning curve", "queued")
        assert [point["fraction"] for point in job["arguments"]["points"]] == [0.5, 1.0]
        evaluations = browser(cast.dev).get(f"{BASE}/projects/{cast.project.id}/evaluations")
        minted = {row["id"] for row in evaluations.json()["results"] if row["fraction"]}
        assert minted == {point["evaluation"] for point in job["arguments"]["points"]}
        assert "curve" in [model.name for model in latest_snapshot(cast).models]

    def test_nothing_is_trained_on_a_held_back_dataset(self, cast: Cast) -> None:
        arguments = {"name": "cheat", "datasets": [str(cast.training.id), str(cast.held_back.id)]}
        answer = self.start(cast, "train.v1", arguments)
        assert answer.status_code == 400
        assert answer.json()["errors"][0]["field"] == "arguments.datasets[1]"

    def test_wrong_arguments_are_named(self, cast: Cast) -> None:
        answer = self.start(cast, "train.v1", {"name": "x", "datasets": "no", "path": "/etc"})
        fields = {error["field"] for error in answer.json()["errors"]}
        assert fields == {"arguments.datasets", "arguments.path"}

    def test_a_name_that_no_database_holds_is_refused_by_field(self, cast: Cast) -> None:
        arguments = {"name": "a\x00b", "datasets": [str(cast.training.id)]}
        answer = self.start(cast, "train.v1", arguments)
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "arguments.name")

    def test_a_refused_job_leaves_nothing_half_done(self, cast: Cast) -> None:
        stray = "00000000-0000-4000-8000-000000000000"
        arguments = {
            "name": "half",
            "datasets": [str(cast.training.id)],
            "evaluation_dataset": stray,
        }
        assert self.start(cast, "train.v1", arguments).status_code == 400
        models = browser(cast.dev).get(f"{BASE}/projects/{cast.project.id}/models").json()
        assert [model["name"] for model in models["results"]] == ["small"]

    def test_a_job_is_cancelled_once_and_for_all(self, cast: Cast) -> None:
        job = self.start(cast, "export.v1", {"dataset": str(cast.training.id)}).json()
        path = f"{BASE}/jobs/{job['id']}/cancel"
        for _ in range(2):
            assert send(browser(cast.dev), "POST", path, {}).json()["state"] == "cancelled"

    def test_files_are_predicted_by_naming_an_asset_and_a_root(self, cast: Cast) -> None:
        with tenant(cast.acme.id):
            Asset.objects.filter(pk=cast.data.pk).update(state="ready")
        good = {
            "predictor": {"kind": "rules", "id": str(cast.patterns.id)},
            "asset": str(cast.data.id),
            "output": "out",
        }
        answer = self.start(cast, "predict-files.v1", good)
        assert answer.status_code == 201, answer.content
        job = answer.json()
        assert (job["title"], job["state"]) == (f"Predict {cast.data.name} with rules", "queued")
        for field, value in (
            ("output", "/etc"),
            ("output", "s3://bucket"),
            ("asset", str(cast.patterns.id)),
            ("format", "xml"),
        ):
            refused = self.start(cast, "predict-files.v1", good | {field: value})
            assert refused.status_code == 400, field
            assert refused.json()["errors"][0]["field"] == f"arguments.{field}"

    def test_measuring_rules_makes_an_evaluation_that_runs(self, cast: Cast) -> None:
        body = {
            "predictor": {"kind": "rules", "id": str(cast.patterns.id)},
            "dataset": str(cast.held_back.id),
        }
        path = f"{BASE}/projects/{cast.project.id}/evaluations"
        made = send(browser(cast.dev), "POST", path, body)
        assert made.status_code == 201, made.content
        assert made.json()["state"] == "running"
        assert made.json()["predictor"]["name"] == "rules"


def test_the_audit_log_names_actor_verb_and_noun(cast: Cast) -> None:
    send(browser(cast.dev), "POST", f"{BASE}/tokens", {"name": "ci", "role": "annotator"})
    rows = browser(cast.olga).get(f"{BASE}/audit").json()["results"]
    assert (rows[0]["actor"], rows[0]["verb"], rows[0]["noun"]) == ("Dev", "token.created", "token")
