"""Serve the built console: its index page answers every path that is no API's."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import ensure_csrf_cookie

CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        # The component library writes <style> elements; scripts stay strict.
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
NOT_BUILT = """<!doctype html><html lang="en"><title>Annex</title>
<h1>The console is not built yet</h1>
<p>The API answers under <code>/api/v1/</code>. To build the console, run
<code>npm ci</code> and <code>npm run build</code> in <code>frontend/</code>, then load this page
again.</p></html>"""


@method_decorator(ensure_csrf_cookie, name="dispatch")
class ConsoleView(View):
    """The one HTML page of the console; its own router reads the path."""

    http_method_names = ("get", "head")

    def get(self, request: HttpRequest, path: str = "") -> HttpResponse:
        """Return the built index page, or say how to build it."""
        index = Path(settings.CONSOLE_BUILD) / "index.html"
        if index.is_file():
            response = HttpResponse(index.read_bytes(), content_type="text/html; charset=utf-8")
        else:
            response = HttpResponse(NOT_BUILT, status=503)
        response["Content-Security-Policy"] = CONTENT_POLICY
        # The page names hashed assets: an old copy would ask for files that are gone.
        response["Cache-Control"] = "no-cache"
        return response
