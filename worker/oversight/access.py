"""`/api/access`: who read, took out or decided what on this cluster."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from annex.contract.leaves import MAX_COUNT
from django.conf import settings
from django.db import connection
from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from pydantic import Field
from rest_framework.request import Request
from rest_framework.response import Response

from worker.oversight.base import OversightView, Shape, answer, names_of, read_query
from worker.oversight.nouns import titles_of
from worker.people.access_log import note_access
from worker.people.authentication import session_of
from worker.people.models import AccessRow, What

PAGE_ROWS = 50
CHUNK_ROWS = 500
COLUMNS = (
    *("day", "first_at", "last_at", "person", "subject"),
    *("what", "of", "of_id", "count", "detail", "by_script"),
)
FILTERS = [
    OpenApiParameter("subject", OpenApiTypes.UUID),
    OpenApiParameter("what", OpenApiTypes.STR, enum=What.values),
    OpenApiParameter("since", OpenApiTypes.DATE),
    OpenApiParameter("until", OpenApiTypes.DATE),
]


class AccessFilter(Shape):
    """Which rows: of a person, of a kind, from one day to another (UTC), both included."""

    subject: UUID | None = None
    what: What | None = None
    since: date | None = None
    until: date | None = None


class AccessQuery(AccessFilter):
    """A page: rows below `before`."""

    before: Annotated[int, Field(ge=0, le=MAX_COUNT)] | None = None


class AccessDetail(Shape):
    """One row. `of` is the name of what it is about, blank when that is gone.

    What is read often has one row a day, with a `count` between `first_at` and `last_at`; what came
    with a script token counts apart.
    """

    id: int
    day: date
    what: What
    subject: UUID | None
    person: str
    of: str
    of_id: UUID | None
    count: int
    detail: str
    by_script: bool
    first_at: datetime
    last_at: datetime


class PersonName(Shape):
    """Somebody of whom the log tells."""

    subject: UUID
    name: str


class AccessPage(Shape):
    """`next` is the `before` of the next page. Rows are kept for `kept_days`."""

    rows: list[AccessDetail]
    next: int | None
    people: list[PersonName]
    kept_days: int


class AccessView(OversightView):
    """The access log."""

    @extend_schema(
        operation_id="access",
        parameters=[*FILTERS, OpenApiParameter("before", OpenApiTypes.INT64)],
        responses={200: AccessPage},
    )
    def get(self, request: Request) -> Response:
        """Return a page of rows, newest first."""
        query = read_query(request, AccessQuery)
        found = filtered(query)
        if query.before is not None:
            found = found.filter(id__lt=query.before)
        rows = list(found[: PAGE_ROWS + 1])
        shown = rows[:PAGE_ROWS]
        return answer(
            AccessPage(
                rows=describe_rows(shown),
                next=shown[-1].id if len(rows) > len(shown) else None,
                people=_people(),
                kept_days=settings.ACCESS_LOG_DAYS,
            )
        )


class AccessFileView(OversightView):
    """The access log as a spreadsheet reads it."""

    @extend_schema(
        operation_id="access_file",
        parameters=FILTERS,
        responses={(200, "text/csv"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request) -> StreamingHttpResponse:
        """Download the rows as CSV. Effects: one row more in the log."""
        found = filtered(read_query(request, AccessFilter))
        note_access(
            What.LOG_DOWNLOADED, subject=session_of(request).subject_id, count=found.count()
        )
        return StreamingHttpResponse(
            _csv_lines(found),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": 'attachment; filename="access-log.csv"'},
        )


def filtered(query: AccessFilter) -> QuerySet[AccessRow]:
    """Return the rows of a filter, newest first.

    Days become numbers of rows, which grow with them: so every list is walked by number.
    """
    by_day = AccessRow.objects.order_by("day", "id").values_list("id", flat=True)
    wanted = {
        "subject": query.subject,
        "what": query.what and query.what.value,
        "id__gte": query.since and (by_day.filter(day__gte=query.since).first() or MAX_COUNT),
        "id__lte": query.until and (by_day.filter(day__lte=query.until).last() or 0),
    }
    given = {name: value for name, value in wanted.items() if value is not None}
    return AccessRow.objects.filter(**given).order_by("-id")


def describe_rows(rows: list[AccessRow]) -> list[AccessDetail]:
    """Return rows with the names of people and things."""
    names = names_of(row.subject for row in rows)
    titles = titles_of(rows)
    return [
        AccessDetail(
            id=row.id,
            day=row.day,
            what=What(row.what),
            subject=row.subject,
            person=names.get(row.subject, "") if row.subject else row.actor,
            of=titles.get(row.noun_id, "") if row.noun_id else "",
            of_id=row.noun_id,
            count=row.count,
            detail=row.detail,
            by_script=row.by_script,
            first_at=row.first_at,
            last_at=row.last_at,
        )
        for row in rows
    ]


_PEOPLE = """
WITH RECURSIVE step AS (
  (SELECT subject FROM worker_people_accessrow WHERE subject IS NOT NULL ORDER BY subject LIMIT 1)
  UNION ALL
  SELECT (SELECT subject FROM worker_people_accessrow
          WHERE subject > step.subject ORDER BY subject LIMIT 1)
  FROM step WHERE step.subject IS NOT NULL)
SELECT subject FROM step WHERE subject IS NOT NULL
"""


def _people() -> list[PersonName]:
    """Return everyone in the log, each found by one step through the index."""
    with connection.cursor() as cursor:
        cursor.execute(_PEOPLE)
        subjects = [subject for (subject,) in cursor.fetchall()]
    named = names_of(subjects)
    people = [PersonName(subject=one, name=named.get(one, str(one))) for one in subjects]
    return sorted(people, key=lambda person: person.name.casefold())


class _Line:
    """What `csv` writes to: hands each line back."""

    def write(self, line: str) -> str:
        return line


def _csv_lines(found: QuerySet[AccessRow]) -> Iterator[str]:
    writer = csv.writer(_Line())
    yield writer.writerow(COLUMNS)
    for rows in _chunks(found):
        for row in describe_rows(rows):
            yield writer.writerow(
                (
                    *(row.day, row.first_at.isoformat(), row.last_at.isoformat()),
                    *(_as_text(row.person), row.subject or "", row.what.value),
                    *(_as_text(row.of), row.of_id or "", row.count, row.detail, row.by_script),
                )
            )


def _chunks(found: QuerySet[AccessRow]) -> Iterator[list[AccessRow]]:
    """Yield rows by 500, each read by key, so that no query outlives its answer."""
    below = found.first()
    rows = list(found.filter(id__lte=below.id)[:CHUNK_ROWS]) if below else []
    while rows:
        yield rows
        rows = list(found.filter(id__lt=rows[-1].id)[:CHUNK_ROWS])


def _as_text(name: str) -> str:
    """Keep a spreadsheet from taking a name for a formula."""
    return f"'{name}" if name[:1] in {"=", "+", "-", "@", "\t", "\r"} else name
