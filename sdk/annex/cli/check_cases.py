"""Checks of texts: what a predictor says of them on the cluster, beside what it is to say.

The texts go from this machine to the cluster and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from annex.cli.check_report import Check
from annex.contract.enums import Component, Says
from annex.errors import BadInput

if TYPE_CHECKING:
    from annex.cli.checked import Checked
    from annex.client.cluster_predictions import TextAnnotation

Mark = tuple[int, int, str]


class CaseSpan(BaseModel):
    """A mark that is to be there; code points, end excluded."""

    model_config = ConfigDict(extra="forbid", strict=True)
    start: Annotated[int, Field(ge=0)]
    end: int
    label: str


class CaseLine(BaseModel):
    """One line of a file of cases; an empty list says that there is to be none."""

    model_config = ConfigDict(extra="forbid", strict=True)
    text: Annotated[str, Field(min_length=1)]
    spans: list[CaseSpan] | None = None
    choices: list[str] | None = None
    name: str | None = None

    @model_validator(mode="after")
    def check_whole(self) -> CaseLine:
        """Refuse a case that asks nothing, or for a mark that the text has not."""
        if self.spans is None and self.choices is None:
            raise ValueError("give spans or choices, or both")
        for span in self.spans or ():
            if not span.start < span.end <= len(self.text):
                raise ValueError(f"{span.start} to {span.end} is no part of the text")
        return self


@dataclass(frozen=True)
class Case:
    """A case, and where it stands."""

    where: str
    line: CaseLine

    @property
    def name(self) -> str:
        """What it is called."""
        return f"{self.where} {self.line.name}" if self.line.name else self.where


def read_cases(path: Path) -> list[Case]:
    """Read a file of JSON lines. Raises: BadInput, with the line; it repeats no text."""
    try:
        # Not splitlines: JSON may hold other separators of lines as they are.
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError):
        raise BadInput(f"{path} cannot be read as UTF-8 text.") from None
    cases = [
        Case(f"{path.name}:{number}", _read_line(path, number, line))
        for number, line in enumerate(lines, start=1)
        if line.strip()
    ]
    if not cases:
        raise BadInput(f"{path} has no cases.")
    return cases


def check_cases(predictor: Checked, cases: list[Case], cluster: str) -> list[Check]:
    """Have the cluster annotate the texts, and compare. Raises: SignInOnCluster, Problem."""
    from annex.cli.cluster_verbs import signed_in

    texts = [case.line.text for case in cases]
    with signed_in(cluster or predictor.cluster_origin()) as client:
        said = client.annotate(predictor.project, predictor.reference, texts)
    component = Component(said.component)
    return [
        compare(case, found, component) for case, found in zip(cases, said.annotations, strict=True)
    ]


def compare(case: Case, found: TextAnnotation, component: Component) -> Check:
    """Compare what a predictor says of one text with what it is to say."""
    wanted: list[str] = []
    seen: list[str] = []
    quoted: list[str] = []
    passed = True
    if case.line.spans is not None:
        expected = sorted({(one.start, one.end, one.label) for one in case.line.spans})
        marks = sorted({(one.start, one.end, one.label) for one in found.spans})
        wanted.append(_spans(expected))
        seen.append(_spans(marks) if component.marks_spans else "a predictor that marks nothing")
        quoted += _differences(case.line.text, expected, marks)
        passed &= component.marks_spans and expected == marks
    if case.line.choices is not None:
        wanted.append(_choices(case.line.choices))
        chooses = component.says is Says.CHOICES
        seen.append(_choices(found.choices) if chooses else "a predictor that chooses no labels")
        passed &= chooses and set(case.line.choices) == set(found.choices)
    return Check(
        case.name, "cases", passed, " and ".join(wanted), " and ".join(seen), tuple(quoted)
    )


def _read_line(path: Path, number: int, line: str) -> CaseLine:
    try:
        return CaseLine.model_validate_json(line)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        field = ".".join(map(str, first["loc"]))
        said = first["msg"].removeprefix("Value error, ")
        raise BadInput(f"{path.name}:{number}: {field or 'the line'}: {said}.") from None


def _spans(marks: list[Mark]) -> str:
    return ", ".join(f"{label} {start} to {end}" for start, end, label in marks) or "no mark"


def _choices(names: list[str]) -> str:
    return ", ".join(sorted(names)) or "no label"


def _differences(text: str, expected: list[Mark], found: list[Mark]) -> Iterator[str]:
    for sign, marks, others in (("missing", expected, found), ("not wanted", found, expected)):
        for start, end, label in marks:
            if (start, end, label) not in others:
                yield f'{sign}: {label} "{text[start:end]}"'
