"""The ledger's pages: what was sent can be found, opened and checked, at any size."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from tests.worker.annotate.test_query_counts import count
from tests.worker.oversight.conftest import NOON, send
from worker.link import ledger_reading
from worker.link.ledger import Mark
from worker.link.models import Ledger, LedgerReceipt
from worker.people.models import AccessRow, What

DAY = datetime.fromtimestamp(NOON, UTC).date()


def get(client: Client, path: str, **query: Any) -> dict[str, Any]:
    answer = client.get(path, query)
    assert answer.status_code == 200, answer.content
    return dict(answer.json())


def test_pages_go_back_to_the_first_row_without_a_gap(administrator: Client) -> None:
    send(120)
    seen: list[int] = []
    before: dict[str, int] = {}
    while True:
        page = get(administrator, "/api/ledger", **before)
        seen += [row["seq"] for row in page["rows"]]
        if page["next"] is None:
            break
        before = {"before": page["next"]}
    assert seen == list(range(120, 0, -1))
    assert page["kinds"] == ["claim", "events", "poll"]


def test_rows_are_found_by_kind_and_by_day(administrator: Client) -> None:
    send(3)
    send(3, at=NOON + 86_400)

    def found(**query: Any) -> list[tuple[int, str]]:
        rows = get(administrator, "/api/ledger", **query)["rows"]
        return [(row["seq"], row["kind"]) for row in rows]

    assert found(kind="events") == [(5, "events"), (2, "events")]
    assert [seq for seq, _ in found(day=DAY)] == [3, 2, 1]
    assert found(day=DAY + timedelta(days=1), kind="claim") == [(6, "claim")]
    assert found(day=DAY - timedelta(days=1)) == []
    assert administrator.get("/api/ledger?kind=x'--").status_code == 400


def test_a_row_opens_to_the_very_bytes_and_the_receipt(administrator: Client) -> None:
    rows = send(3)
    shown = get(administrator, "/api/ledger/rows/2")
    assert shown["body"].encode() == bytes(rows[1].body)
    assert (shown["head"], shown["signed_for"]["head"]) == (rows[1].head, rows[1].head)
    assert shown["size_bytes"] == len(rows[1].body)
    assert get(administrator, "/api/ledger/rows/3")["signed_for"] is None
    assert administrator.get("/api/ledger/rows/4").status_code == 404
    assert administrator.get(f"/api/ledger/rows/{10**30}").status_code == 404


def test_the_picture_sums_days_and_kinds(administrator: Client) -> None:
    now = int(timezone.now().timestamp())
    send(3, at=now - 86_400 * 40)
    rows = send(4, at=now)
    picture = get(administrator, "/api/ledger/days")
    assert {each["kind"]: each["rows"] for each in picture["sums"]} == {
        "poll": 2, "events": 1, "claim": 1,
    }  # fmt: skip
    assert sum(each["size_bytes"] for each in picture["sums"]) == sum(len(r.body) for r in rows)


def check_all(client: Client) -> tuple[int, int, list[dict[str, Any]]]:
    """Follow a check to its end, as the page does."""
    step: dict[str, Any] = {}
    flaws: list[dict[str, Any]] = []
    rows = receipts = 0
    while True:
        found = get(client, "/api/ledger/check", **step)
        rows, receipts = rows + found["rows"], receipts + found["receipts"]
        flaws += found["flaws"]
        if found["done"]:
            return rows, receipts, flaws
        step = {name: found[name] for name in ("after", "head", "until")}


@pytest.mark.usefixtures("enrolled")
def test_a_check_goes_over_everything_in_steps(
    administrator: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger_reading, "STEP_ROWS", 4)
    assert check_all(administrator) == (0, 0, [])
    send(10)
    assert check_all(administrator) == (10, 3, [])
    send(2)
    assert check_all(administrator) == (12, 4, [])


@pytest.mark.usefixtures("enrolled")
def test_a_check_finds_a_row_that_changed_between_two_steps(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ledger_reading, "STEP_ROWS", 4)
    rows = send(8)
    step = ledger_reading.check_step(Mark(), 8)
    assert (step.mark.seq, step.flaws) == (4, [])
    other = Mark(4, rows[2].head)
    assert [flaw.seq for flaw in ledger_reading.check_step(other, 8).flaws] == [5]


@pytest.mark.usefixtures("enrolled")
def test_a_tail_that_was_cut_off_shows_against_the_receipts() -> None:
    send(4)
    with transaction.atomic():
        send(2)
        kept = LedgerReceipt.objects.get(ledger_seq=6)
        transaction.set_rollback(True)
    assert Ledger.objects.count() == 4
    kept.save(force_insert=True)
    until = ledger_reading.check_until()
    assert [flaw.seq for flaw in ledger_reading.check_step(Mark(), until).flaws] == [6]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("enrolled")
def test_the_file_is_handed_out_and_logged(administrator: Client) -> None:
    send(3)
    file = administrator.get("/api/ledger/file")
    assert len(b"".join(file).splitlines()) == 1 + 3 + 1
    assert AccessRow.objects.get(what=What.LEDGER_DOWNLOADED).count == 3


def test_before_enrolment_there_is_an_answer_too(administrator: Client) -> None:
    assert get(administrator, "/api/ledger")["rows"] == []
    assert administrator.get("/api/ledger/check").json()["code"] == "link.not_enrolled"
    assert administrator.get("/api/ledger/file").status_code == 409


def test_pages_cost_the_same_at_every_depth(administrator: Client) -> None:
    send(60)
    first = count(lambda: administrator.get("/api/ledger"))
    assert first == count(lambda: administrator.get("/api/ledger?before=40&kind=poll")) == 4
    assert count(lambda: administrator.get("/api/ledger/rows/2")) == 3
    assert count(lambda: administrator.get("/api/ledger/days")) == 2


@pytest.mark.django_db
def test_every_filter_has_an_index() -> None:
    send(3)
    day = ledger_reading.day_number(DAY)
    queries = {
        "worker_link_ledger_kind": Ledger.objects.filter(kind="poll", seq__lt=99),
        "worker_link_ledger_day": Ledger.objects.filter(day=day, seq__lt=99),
        "worker_link_ledger_pkey": Ledger.objects.filter(seq__lt=99),
    }
    with connection.cursor() as cursor:
        # With three rows a sequential scan is cheaper; what is asked is what could be used.
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
    for index, rows in queries.items():
        assert index in rows.order_by("-seq").explain(), index
