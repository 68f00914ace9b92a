from __future__ import annotations

import json

import pytest

from common.errors import CODE_PATTERN, AnnexError, Family, InvalidRequest, NotFound, known_errors


def test_every_error_has_a_code_a_family_and_advice() -> None:
    errors = list(known_errors())
    assert len(errors) > 8
    for error in errors:
        assert CODE_PATTERN.match(error.code), error
        assert error.family in Family, error
        assert error.title, error
        assert error.what_to_do.endswith("."), error
        assert 400 <= error.status < 600, error


def test_a_problem_document_is_complete_and_is_json() -> None:
    problem = InvalidRequest(
        "labels[2].name: too long", field="labels[2].name", line=7
    ).to_problem()
    assert json.loads(json.dumps(problem)) == {
        "type": "urn:annex:problem:request.invalid",
        "code": "request.invalid",
        "family": "customer",
        "status": 400,
        "title": "Some of what was sent is not valid",
        "detail": "labels[2].name: too long",
        "what_to_do": "Correct the fields listed under errors and send it again.",
        "errors": [{"field": "labels[2].name", "message": "labels[2].name: too long"}],
        "field": "labels[2].name",
        "line": 7,
    }


def test_without_a_case_the_title_is_the_detail() -> None:
    assert NotFound().detail == NotFound.title


def test_the_exit_code_follows_the_family() -> None:
    assert NotFound().exit_code == 2
    assert AnnexError().exit_code == 70


def test_a_code_must_be_dotted() -> None:
    with pytest.raises(TypeError, match="dotted"):
        type("Bad", (AnnexError,), {"code": "NotDotted"})
