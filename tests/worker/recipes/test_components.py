"""Models that mark overlapping spans, tag tokens, find sentences or say what hangs from what."""

from __future__ import annotations

import random
import re
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest
import spacy
from annex.contract.enums import Component, JobRecipe, PredictorKind
from annex.contract.recipes import (
    CurvePoint,
    EvaluateArguments,
    PackageArguments,
    PredictArguments,
    PredictorRef,
    TrainArguments,
    TrainCurveArguments,
)

from tests.worker.cast import Stage, make_stage
from tests.worker.recipes.conftest import RunJob
from tests.worker.recipes.test_train import told
from worker.jobs.models import Failure
from worker.predictors.loading import load_model
from worker.store.files import stored_files
from worker.store.models import Answer, Artefact, Suggestion
from worker.training.findings import findings_of
from worker.training.models import Evaluation, TrainedModel

pytestmark = pytest.mark.django_db
COMPONENTS = (Component.SPANCAT, Component.TAGGER, Component.SENTER, Component.PARSER)
NAMES, VERBS = ("Oslo", "Lima", "Cairo", "Quito"), ("rains", "sleeps", "burns", "shines")
Marks = list[tuple[int, int, int]]
"""Start, end and the number of a label."""
Made = tuple[str, Marks, list[tuple[int, int, int]]]
"""A text with marks, and relations: the places of head and child, and the number of a label."""


def overlapping(number: int, dice: random.Random) -> Made:
    """Return a text with a city, and within the same words the place that it is part of."""
    before, city = f"Note {number}: they left ", dice.choice(NAMES)
    text = f"{before}{city} harbour today."
    return text, [
        (len(before), len(before) + len(city), 0),
        (len(before), len(before) + len(city) + len(" harbour"), 1),
    ], []  # fmt: skip


def tagged(number: int, dice: random.Random) -> Made:
    """Return a text whose city and verb are tagged, and no other token."""
    before, city, verb = f"Note {number} ", dice.choice(NAMES), dice.choice(VERBS)
    text = f"{before}{city} {verb} here."
    at = len(before) + len(city) + 1
    return text, [(len(before), len(before) + len(city), 0), (at, at + len(verb), 1)], []


def parted(number: int, dice: random.Random) -> Made:
    """Return a text of two sentences, the space between them marked with the first."""
    first = f"Note {number} {dice.choice(VERBS)}. "
    text = f"{first}{dice.choice(NAMES)} {dice.choice(VERBS)} too."
    return text, [(0, len(first), dice.randrange(2)), (len(first), len(text), 0)], []


def hanging(number: int, dice: random.Random) -> Made:
    """Return a text whose city hangs from its verb, as all else does, and the verb from nothing."""
    text, _, _ = tagged(number, dice)
    marks = [(*found.span(), 1) for found in re.finditer(r"\w+|\.", text)]
    city, verb = 2, 3
    return text, marks, [(verb, at, int(at != city)) for at in range(len(marks))]


MAKERS = {
    Component.SPANCAT: overlapping,
    Component.TAGGER: tagged,
    Component.SENTER: parted,
    Component.PARSER: hanging,
}


def answered(stage: Stage, component: Component, count: int, *, held_back: bool = False) -> None:
    """Bring answered texts in, each made for the component."""
    dice = random.Random(int(held_back))
    rows = [MAKERS[component](n + 1000 * held_back, dice) for n in range(count)]
    answer_with(stage, rows, held_back=held_back)


def answer_with(stage: Stage, rows: list[Made], *, held_back: bool = False) -> None:
    examples = stage.examples([text for text, _, _ in rows], held_back=held_back)
    for example, (_, marks, joined) in zip(examples, rows, strict=True):
        spans = [
            {"start": start, "end": end, "label": str(stage.labels[label].id)}
            for start, end, label in marks
        ]
        relations = [
            {"head": head, "child": child, "label": str(stage.labels[label].id)}
            for head, child, label in joined
        ]
        Answer.objects.create(
            id=uuid4(), example=example, annotator=UUID(int=7), verdict="accept", spans=spans,
            relations=relations or None, answered_at=datetime(2025, 1, 1, tzinfo=UTC),
        )  # fmt: skip


@pytest.fixture(params=COMPONENTS)
def component(request: pytest.FixtureRequest) -> Component:
    """Each component that is not named entities or labels."""
    found: Component = request.param
    return found


@pytest.fixture
def stage(component: Component) -> Stage:
    """A project with answers for the component."""
    stage = make_stage()
    answered(stage, component, 60)
    answered(stage, component, 20, held_back=True)
    return stage


@pytest.fixture
def model(stage: Stage, component: Component, run_job: RunJob) -> UUID:
    """A model of the component, trained and measured."""
    arguments = TrainArguments(
        model=uuid4(),
        datasets=[stage.dataset.id],
        component=component,
        evaluation_dataset=stage.evaluation.id,
        evaluation=uuid4(),
        max_steps=150,
    )
    attempt = run_job(JobRecipe.TRAIN, stage.project.id, arguments)
    assert attempt.state == "succeeded", Failure.objects.get().traceback
    return arguments.model


@pytest.mark.parametrize("recipe", [JobRecipe.TRAIN, JobRecipe.TRAIN_CURVE])
def test_marks_of_no_whole_words_end_a_training_in_words(
    component: Component, recipe: JobRecipe, run_job: RunJob
) -> None:
    stage = make_stage()
    answer_with(stage, [(f"Note {n} rains.", [(1, 3, 0)], [(0, 0, 0)]) for n in range(20)])
    held: Made = ("Note rains too.", [(1, 3, 0)], [(0, 0, 0)])
    answer_with(stage, [held], held_back=True)
    arguments: TrainArguments | TrainCurveArguments = TrainArguments(
        model=uuid4(), datasets=[stage.dataset.id], component=component, max_steps=20
    )
    if recipe is JobRecipe.TRAIN_CURVE:
        arguments = TrainCurveArguments(
            model=arguments.model,
            datasets=arguments.datasets,
            component=component,
            evaluation_dataset=stage.evaluation.id,
            points=[CurvePoint(fraction=1.0, evaluation=uuid4())],
            max_steps=20,
        )
    assert run_job(recipe, stage.project.id, arguments).state == "failed"
    failure = Failure.objects.get()
    assert (failure.code, "begin and end with a word" in failure.message) == (
        "train.not_enough_answers", True,
    )  # fmt: skip


def test_a_tagger_learns_a_single_tag(run_job: RunJob) -> None:
    stage = make_stage()
    answer_with(stage, [(f"Note {n} rains.", [(0, 4, 0)], []) for n in range(20)])
    arguments = TrainArguments(
        model=uuid4(), datasets=[stage.dataset.id], component=Component.TAGGER, max_steps=20
    )
    assert run_job(JobRecipe.TRAIN, stage.project.id, arguments).state == "succeeded"


def test_component_learns_is_measured_suggests_and_ships(
    stage: Stage, component: Component, model: UUID, run_job: RunJob, tmp_path: Path
) -> None:
    # One test of all of it: the training is what takes time.
    check_measured(stage, component, model, run_job)
    check_suggesting(stage, component, model, run_job)
    check_wheel(stage, component, model, run_job, tmp_path)


def check_measured(stage: Stage, component: Component, model: UUID, run_job: RunJob) -> None:
    evaluation = Evaluation.objects.get()
    overall = evaluation.scores["overall"]
    # Two marks in each of twenty texts, or what hangs from what of six tokens.
    support = 120 if component is Component.PARSER else 40
    assert (evaluation.component, overall["support"]) == (component.value, support)
    assert overall["f"] > 0.9
    assert set(evaluation.scores["per_label"]) == {label.name for label in stage.labels}
    (scored,) = told("evaluation.scored")
    assert (scored["component"], scored["overall"]["f"]) == (component.value, overall["f"])
    wrong = sum(len(found.mistakes) for found in findings_of(evaluation))
    assert wrong <= overall["wrong"] + overall["support"] - overall["right"]
    again = EvaluateArguments(
        predictor=PredictorRef(kind=PredictorKind.MODEL, id=model),
        dataset=stage.evaluation.id,
        evaluation=uuid4(),
    )
    assert run_job(JobRecipe.EVALUATE, stage.project.id, again).state == "succeeded"
    assert Evaluation.objects.get(id=again.evaluation).scores == evaluation.scores
    assert all(
        0 <= doubt <= 1 for doubt in load_model(model, stage.project.id).doubts(["", "Oslo rains."])
    )


def check_suggesting(stage: Stage, component: Component, model: UUID, run_job: RunJob) -> None:
    ref = PredictorRef(kind=PredictorKind.MODEL, id=model)
    predicted = PredictArguments(dataset=stage.dataset.id, predictor=ref)
    attempt = run_job(JobRecipe.PREDICT, stage.project.id, predicted)
    if component is Component.PARSER:
        assert (attempt.state, Suggestion.objects.count()) == ("failed", 0)
        return
    assert attempt.state == "succeeded"
    suggested = [span for row in Suggestion.objects.all() for span in row.spans]
    assert len(suggested) > 100
    assert {span["label"] for span in suggested} <= {str(label.id) for label in stage.labels}
    learned = {
        str(stage.labels[n].id) for n in (range(1) if component is Component.SENTER else range(2))
    }
    assert set(TrainedModel.objects.get().labels.values()) == learned


def check_wheel(
    stage: Stage, component: Component, model: UUID, run_job: RunJob, tmp_path: Path
) -> None:
    shipped = run_job(JobRecipe.PACKAGE, stage.project.id, PackageArguments(model=model))
    assert shipped.state == "succeeded"
    wheel = Artefact.objects.get(kind=Artefact.Kind.WHEEL)
    with zipfile.ZipFile(stored_files().path(wheel.file_key)) as packed:
        packed.extractall(tmp_path)
    (pipeline,) = tmp_path.glob("annex_model_*/pipeline")
    assert "annex.check" not in (pipeline / "config.cfg").read_text()
    text, marks, joined = MAKERS[component](5000, random.Random(3))
    doc = spacy.load(pipeline)(text)
    names = [label.name for label in stage.labels]
    if component is Component.SPANCAT:
        said = {(s.start_char, s.end_char, s.label_) for s in doc.spans["sc"]}
        assert said == {(start, end, names[label]) for start, end, label in marks}
    elif component is Component.TAGGER:
        tags = {token.idx: token.tag_ for token in doc}
        assert all(tags[start] == names[label] for start, _, label in marks)
    elif component is Component.PARSER:
        heads = {token.idx: (token.head.idx, token.dep_) for token in doc}
        assert all(
            heads[marks[child][0]] == (marks[head][0], names[label] if head != child else "ROOT")
            for head, child, label in joined
        )
    else:
        assert [sentence.start_char for sentence in doc.sents] == [start for start, _, _ in marks]
