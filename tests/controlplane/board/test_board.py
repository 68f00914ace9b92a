"""From a cluster's events to the board, and what strangers' ids do: nothing."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from annex.contract import outbound, scores
from annex.contract.enums import Component, DatasetRole, JobRecipe

from controlplane.accounts.actors import Actor
from controlplane.audit.models import AuditRow
from controlplane.board.actions import start_job
from controlplane.board.events import (
    apply_evaluation_scored,
    apply_evaluations_compared,
    apply_model_trained,
)
from controlplane.board.models import Comparison, Evaluation, TrainedModel
from controlplane.clusters.actions import create_cluster
from controlplane.jobs.errors import StaleEpoch
from controlplane.jobs.models import Job
from controlplane.lib.tenancy import tenant
from controlplane.projects.events import apply_dataset_changed
from controlplane.projects.models import Dataset
from tests.controlplane.cast import Cast, browser


def scored(
    job: Job,
    evaluation: UUID,
    f: float,
    examples: int,
    label: UUID,
    *,
    component: Component = Component.NER,
) -> None:
    """Report one evaluation the way a cluster does."""
    event = scores.EvaluationScored(
        job=job.id,
        job_epoch=job.epoch,
        evaluation=evaluation,
        component=component,
        evaluation_examples=500,
        training_examples=examples,
        overall=scores.Scores(precision=f, recall=f, f=f, support=900),
        per_label=[
            scores.LabelScores(label=label, scores=None),
            scores.LabelScores(label=uuid4(), scores=None),
        ],
        words_per_second=20_000,
        size_bytes=6_000_000,
    )
    apply_evaluation_scored(job.cluster, event)


def trained(job: Job, model: UUID) -> None:
    """Report a trained model the way a cluster does."""
    event = outbound.ModelTrained(
        job=job.id,
        job_epoch=job.epoch,
        model=model,
        component=Component.NER,
        training_examples=1200,
        size_bytes=6_000_000,
        seed=0,
        snapshot="0" * 64,
        seconds=60,
    )
    apply_model_trained(job.cluster, event)


@pytest.fixture
def measured(cast: Cast) -> Cast:
    """Rules at F 58, and a curve of 40, 64, 71, 80."""
    with tenant(cast.acme.id):
        owner = cast.actor(cast.olga)
        label = cast.labels[0].id
        rules = start_job(
            actor=owner,
            project=cast.project,
            recipe=JobRecipe.EVALUATE,
            arguments={
                "predictor": {"kind": "rules", "id": str(cast.patterns.id)},
                "dataset": str(cast.held_back.id),
            },
        )
        scored(rules, UUID(rules.arguments["evaluation"]), 0.58, 0, label)
        curve = train_curve(owner, cast)
        for point, (f, examples) in zip(
            curve.arguments["points"],
            [(0.40, 300), (0.64, 600), (0.71, 900), (0.80, 1200)],
            strict=True,
        ):
            scored(curve, UUID(point["evaluation"]), f, examples, label)
        trained(curve, UUID(curve.arguments["model"]))
    return cast


def train_curve(owner: Actor, cast: Cast) -> Job:
    return start_job(
        actor=owner,
        project=cast.project,
        recipe=JobRecipe.TRAIN_CURVE,
        arguments={
            "name": "ours",
            "datasets": [str(cast.training.id)],
            "evaluation_dataset": str(cast.held_back.id),
        },
    )


def test_the_board_compares_the_model_with_the_rules(measured: Cast) -> None:
    path = f"/api/v1/organizations/acme/projects/{measured.project.id}/board"
    board = browser(measured.rita).get(path).json()
    assert board["dataset"] == str(measured.held_back.id)
    assert board["evaluation_examples"] == 500
    assert [
        (row["predictor"]["name"], row["kind"], row["f"], row["ahead"]) for row in board["rows"]
    ] == [
        ("ours", "model", 80.0, True),
        ("rules", "rules", 58.0, False),
    ]
    assert board["baseline"] == {"name": "rules", "f": 58.0}
    assert [(point["examples"], point["f"]) for point in board["curve"]] == [
        (300, 40.0),
        (600, 64.0),
        (900, 71.0),
        (1200, 80.0),
    ]
    assert all(point["low"] < point["f"] < point["high"] for point in board["curve"])
    assert board["passes_at"] == 525
    assert board["sentence"].startswith("ours beats rules by 22 points, give or take 4")
    assert ", from about 525 examples on" in board["sentence"]
    assert board["rows"][0]["sentence"].startswith("Finds 80 of 100; 20 of 100")
    # A label that is not of the scheme is dropped; a suppressed one is said to be.
    assert board["rows"][0]["per_label"] == [
        {
            "label": str(measured.labels[0].id),
            "name": "FIELD",
            "precision": None,
            "recall": None,
            "f": None,
            "support": None,
            "suppressed": True,
        }
    ]


def test_marks_and_labels_are_compared_apart(measured: Cast) -> None:
    with tenant(measured.acme.id):
        job = start_job(
            actor=measured.actor(measured.olga),
            project=measured.project,
            recipe=JobRecipe.TRAIN,
            arguments={
                "name": "intents",
                "datasets": [str(measured.training.id)],
                "component": "textcat",
                "evaluation_dataset": str(measured.held_back.id),
            },
        )
        assert (job.arguments["component"], job_model(job).component) == ("textcat", "textcat")
        point = UUID(job.arguments["evaluation"])
        scored(job, point, 0.9, 1200, measured.labels[0].id, component=Component.TEXTCAT)
    path = f"/api/v1/organizations/acme/projects/{measured.project.id}/board"
    labels = browser(measured.rita).get(path).json()
    marks = browser(measured.rita).get(path, {"measures": "marks"}).json()
    assert [row["predictor"]["name"] for row in labels["rows"]] == ["intents"]
    assert "10 of 100 of its labels are wrong" in labels["rows"][0]["sentence"]
    assert [row["predictor"]["name"] for row in marks["rows"]] == ["ours", "rules"]
    assert (labels["also_measures"], marks["also_measures"]) == (["marks"], ["labels"])
    assert (labels["baseline"], labels["curve"]) == (None, [])
    refused = browser(measured.rita).get(path, {"measures": "smells"})
    assert (refused.status_code, refused.json()["field"]) == (400, "measures")


def test_what_was_measured_before_the_labels_changed_is_compared_with_nothing(
    measured: Cast,
) -> None:
    path = f"/api/v1/organizations/acme/projects/{measured.project.id}/board"
    client = browser(measured.rita)
    as_it_was = client.get(path).json()
    changed = outbound.DatasetChanged(
        dataset=measured.held_back.id, role=DatasetRole.EVALUATION, examples=500, accepted=500,
        rejected=0, ignored=0, scheme="a" * 64,
    )  # fmt: skip
    with tenant(measured.acme.id):
        apply_dataset_changed(measured.cluster, changed)
    board = client.get(path).json()
    assert [(row["outdated"], row["ahead"]) for row in board["rows"]] == [(True, False)] * 2
    assert all("earlier label scheme" in row["sentence"] for row in board["rows"])
    assert board["sentence"].startswith("Everything here was measured on an earlier label scheme")
    assert (board["baseline"], board["curve"]) == (None, [])
    with tenant(measured.acme.id):
        Evaluation.objects.filter(rules=measured.patterns).update(scheme="a" * 64)
    board = client.get(path).json()
    # The rules were measured again: they come first, though the model once scored more.
    assert [(r["predictor"]["name"], r["outdated"]) for r in board["rows"]] == [
        ("rules", False),
        ("ours", True),
    ]
    assert board["baseline"]["name"] == "rules"
    with tenant(measured.acme.id):
        apply_dataset_changed(measured.cluster, changed.model_copy(update={"scheme": None}))
        Evaluation.objects.update(scheme="")
    assert client.get(path).json() == as_it_was


def evaluations_of(cast: Cast) -> tuple[Evaluation, Evaluation]:
    """Return the newest evaluations of the model and of the rules."""
    model = Evaluation.objects.get(model__name="ours", fraction=1.0)
    return model, Evaluation.objects.get(rules=cast.patterns, f__isnull=False)


def compared(one: Evaluation, other: Evaluation, low: float, high: float) -> None:
    """Report a paired difference the way a cluster does."""
    job = one.job
    assert job is not None
    apply_evaluations_compared(
        job.cluster,
        scores.EvaluationsCompared(
            job=job.id, job_epoch=job.epoch, evaluation=one.pk, other=other.pk,
            difference=(low + high) / 2, low=low, high=high,
        ),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("low", "high", "ahead", "sentence"),
    [
        (0.01, 0.05, True, "ours beats rules by 22 points, give or take 2"),
        (-0.01, 0.05, False, "Too close to tell: ours and rules are 22 points apart"),
    ],
)
def test_the_paired_interval_decides_whichever_side_was_measured_last(
    measured: Cast, low: float, high: float, ahead: bool, sentence: str
) -> None:
    path = f"/api/v1/organizations/acme/projects/{measured.project.id}/board"
    with tenant(measured.acme.id):
        model, rules = evaluations_of(measured)
        compared(rules, model, -high, -low)
    board = browser(measured.rita).get(path).json()
    assert board["sentence"].startswith(sentence)
    assert [row["ahead"] for row in board["rows"]] == [ahead, False]


def test_a_comparison_needs_two_evaluations_on_one_dataset(measured: Cast) -> None:
    with tenant(measured.acme.id):
        model, rules = evaluations_of(measured)
        compared(model, model, 0.1, 0.2)
        rules.dataset = second_set(measured)
        rules.save()
        compared(model, rules, 0.1, 0.2)
        assert not Comparison.objects.exists()


def second_set(cast: Cast) -> Dataset:
    return Dataset.objects.create(
        organization=cast.acme, project=cast.project, name="Unseen", role="evaluation"
    )


def test_a_second_held_back_set_has_its_own_verdict(measured: Cast) -> None:
    path = f"/api/v1/organizations/acme/projects/{measured.project.id}/board"
    with tenant(measured.acme.id):
        unseen = second_set(measured)
        _, rules = evaluations_of(measured)
        job = start_job(
            actor=measured.actor(measured.olga),
            project=measured.project,
            recipe=JobRecipe.EVALUATE,
            arguments={
                "predictor": {"kind": "rules", "id": str(rules.rules_id)},
                "dataset": str(unseen.id),
            },
        )
        scored(job, UUID(job.arguments["evaluation"]), 0.70, 0, measured.labels[0].id)
    board = browser(measured.rita).get(path).json()
    assert board["dataset"] == str(measured.held_back.id)
    assert [(row["name"], row["sentence"]) for row in board["sets"]] == [
        (
            measured.held_back.name,
            f"On {measured.held_back.name}, ours is ahead (F 80 against 58).",
        ),
        ("Unseen", "On Unseen, rules scores 70."),
    ]
    other = browser(measured.rita).get(path, {"dataset": str(unseen.id)}).json()
    assert [row["f"] for row in other["rows"]] == [70.0]
    assert other["sets"] == board["sets"]


def test_intervals_that_the_cluster_found_are_shown(measured: Cast) -> None:
    path = f"/api/v1/organizations/acme/projects/{measured.project.id}/board"
    with tenant(measured.acme.id):
        model, _ = evaluations_of(measured)
        Evaluation.objects.filter(pk=model.pk).update(low=0.77, high=0.825)
    board = browser(measured.rita).get(path).json()
    assert (board["rows"][0]["low"], board["rows"][0]["high"]) == (77.0, 82.5)
    assert (board["curve"][-1]["low"], board["curve"][-1]["high"]) == (77.0, 82.5)
    assert "give or take 3" in board["rows"][0]["sentence"]


def test_points_of_a_training_that_failed_are_no_curve(measured: Cast) -> None:
    path = f"/api/v1/organizations/acme/projects/{measured.project.id}/board"
    with tenant(measured.acme.id):
        TrainedModel.objects.filter(name="ours").update(trained_at=None)
        assert len(browser(measured.rita).get(path).json()["curve"]) == 4
        Job.objects.filter(recipe=JobRecipe.TRAIN_CURVE.value).update(state="failed")
    assert browser(measured.rita).get(path).json()["curve"] == []


def test_an_empty_board_says_what_to_do(cast: Cast) -> None:
    path = f"/api/v1/organizations/acme/projects/{cast.project.id}/board"
    board = browser(cast.rita).get(path).json()
    assert board["sentence"].startswith("Nothing has been measured yet.")
    assert (board["rows"], board["curve"], board["baseline"]) == ([], [], None)


def job_model(job: Job) -> TrainedModel:
    return TrainedModel.objects.get(job=job)


def job_of(model: TrainedModel) -> Job:
    assert model.job_id is not None
    return Job.objects.get(pk=model.job_id)


def test_a_trained_model_becomes_a_predictor(measured: Cast) -> None:
    path = f"/api/v1/organizations/acme/projects/{measured.project.id}/predictors"
    rows = browser(measured.rita).get(path).json()["results"]
    assert [(row["kind"], row["name"]) for row in rows] == [("rules", "rules"), ("model", "ours")]


def test_the_first_report_counts_and_a_repeat_changes_nothing(measured: Cast) -> None:
    with tenant(measured.acme.id):
        evaluation = Evaluation.objects.get(rules=measured.patterns, f__isnull=False)
        assert evaluation.job is not None
        scored(evaluation.job, evaluation.id, 0.99, 0, measured.labels[0].id)
        evaluation.refresh_from_db()
        assert evaluation.f == 0.58


def test_an_attempt_that_is_over_is_not_heard(measured: Cast) -> None:
    with tenant(measured.acme.id):
        model = TrainedModel.objects.get(name="ours")
        job = job_of(model)
        Job.objects.filter(pk=job.pk).update(epoch=7)
        job.epoch = 6
        with pytest.raises(StaleEpoch):
            trained(job, model.id)


def test_another_cluster_cannot_write_this_ones_numbers(measured: Cast) -> None:
    with tenant(measured.acme.id):
        other = create_cluster(
            organization=measured.acme,
            actor=measured.actor(measured.olga),
            name="Other",
            origin="https://other.example",
        )
        model = TrainedModel.objects.get(name="ours")
        job = job_of(model)
        job.cluster = other
        TrainedModel.objects.filter(pk=model.pk).update(seed=5)
        trained(job, model.id)
        model.refresh_from_db()
        assert model.seed == 5
        assert AuditRow.objects.filter(
            verb="cluster.named_unknown", cluster_id=other.id, noun_id=model.id
        ).exists()
