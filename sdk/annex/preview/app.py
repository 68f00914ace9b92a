"""The addresses of the preview: the form, the annotation app, and the API that each calls."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from annex.preview.bench import Bench
from annex.preview.exchange import Request, Response, problem_response
from annex.preview.form_api import FormApi
from annex.preview.pages import Pages
from annex.preview.problems import Problem, not_found
from annex.preview.session import Session
from annex.preview.task_api import TaskApi

Handler = Callable[..., Response]
ID = r"[0-9a-f-]{36}"
TASK = rf"/api/tasks/(?P<task>{ID})"
EXAMPLE = rf"{TASK}/examples/(?P<example>{ID})"


class App:
    """Answers requests from memory. Args: built: the folder of the annotation app's files."""

    def __init__(self, bench: Bench, built: Path) -> None:
        pages, form = Pages(bench, built), FormApi(bench)
        session, task = Session(bench), TaskApi(bench)
        table: list[tuple[str, str, Handler]] = [
            ("GET", r"/", pages.form),
            ("GET", rf"/t/(?P<task>{ID})(/examples/{ID})?", pages.task),
            ("GET", r"/(login|signed-out)", pages.home),
            ("GET", r"/preview/(?P<name>[a-z]+\.(js|css))", pages.own),
            ("GET", r"/(?P<name>mark\.svg|assets/[\w.-]+)", pages.built),
            ("GET", r"/preview/state", form.state),
            ("GET", r"/preview/news", form.news),
            ("GET", r"/preview/answers\.jsonl", form.answers),
            ("POST", r"/preview/check", form.check),
            ("POST", r"/preview/start", form.start),
            ("GET", r"/api/session", session.describe),
            ("GET", r"/api/preferences", session.preferences),
            ("PUT", r"/api/preferences", session.keep_preferences),
            ("POST", r"/api/logout", session.leave),
            ("GET", TASK, task.task),
            ("POST", rf"{TASK}/batch", task.batch),
            ("PUT", rf"{TASK}/answers/(?P<answer>{ID})", task.save),
            ("POST", rf"{TASK}/answers", task.save_many),
            ("GET", rf"{TASK}/history", task.history),
            ("GET", EXAMPLE, task.example),
            ("GET", rf"{EXAMPLE}/comments", task.comments),
            ("PUT", rf"{TASK}/drafts/(?P<example>{ID})", task.keep_draft),
            ("POST", rf"{TASK}/(extend|release)", task.note_leases),
        ]
        self._table = [(method, re.compile(path), handler) for method, path, handler in table]

    def answer(self, request: Request) -> Response:
        """Return what an address answers; refusals as problem documents."""
        try:
            return self._route(request)
        except Problem as problem:
            return problem_response(problem)

    def _route(self, request: Request) -> Response:
        for method, path, handler in self._table:
            found = path.fullmatch(request.path)
            if found and method == request.method:
                return handler(request, **found.groupdict())
        raise not_found()
