"""The pages: the form, the annotation app's shell, and the files that both load."""

from __future__ import annotations

import mimetypes
import re
from importlib.resources import files
from pathlib import Path

from annex.preview.bench import Bench
from annex.preview.exchange import Request, Response, html_response, redirect
from annex.preview.problems import not_found

STYLESHEET = re.compile(r"<link rel=\"stylesheet\"[^>]*>")
OWN = files("annex.preview").joinpath("static")


class Pages:
    """Serves the built annotation app, and beside it the form in the same look."""

    def __init__(self, bench: Bench, built: Path) -> None:
        self._bench = bench
        self._built = built
        self._shell = (built / "index.html").read_text(encoding="utf-8")

    def form(self, _: Request) -> Response:
        """Show the form."""
        page = OWN.joinpath("form.html").read_text(encoding="utf-8")
        # The look is that of the annotation app: its own sheet brings the tokens and the letters.
        look = "\n    ".join(STYLESHEET.findall(self._shell))
        return html_response(page.replace("<!-- look -->", look))

    def task(self, request: Request, task: str) -> Response:
        """Show the annotation app, or what is wrong with the recipe, or the form before a start."""
        fault, desk, generation = self._bench.look(
            lambda bench: (bench.fault, bench.desk, bench.news.generation)
        )
        if fault:
            return self.form(request)
        if desk is None:
            return redirect("/")
        if str(desk.id) != task:
            return redirect(f"/t/{desk.id}")
        script = f'<script type="module" src="/preview/live.js?after={generation}"></script>'
        return html_response(self._shell.replace("</head>", f"  {script}\n  </head>"))

    def home(self, _: Request) -> Response:
        """Nobody signs in or out here."""
        return redirect("/")

    def own(self, _: Request, name: str) -> Response:
        """Serve a file of the form."""
        path = OWN.joinpath(name)
        if not path.is_file():
            raise not_found()
        return Response(body=path.read_bytes(), type=_type_of(name))

    def built(self, _: Request, name: str) -> Response:
        """Serve a file of the annotation app."""
        path = self._built / name
        if not path.is_file():
            raise not_found()
        return Response(body=path.read_bytes(), type=_type_of(name))


def _type_of(name: str) -> str:
    known = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}
    suffix = Path(name).suffix
    return known.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
