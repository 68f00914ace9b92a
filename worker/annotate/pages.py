"""The app's HTML shell. It carries no text: the page asks for that once it runs."""

from __future__ import annotations

from django.conf import settings
from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views import View

from worker.people.views import is_signed_in, leave_for_login


class ShellView(View):
    """Serve the built app to who is signed in; send everybody else to sign in first."""

    def get(self, request: HttpRequest, **where: object) -> HttpResponseBase:
        """Answer every page address with the one shell."""
        if not is_signed_in(request):
            return leave_for_login(request, request.get_full_path())
        shell = settings.ANNOTATE_BUILD / "index.html"
        if not shell.is_file():
            return render(request, "annotate/not_built.html", status=503)
        return FileResponse(shell.open("rb"), content_type="text/html; charset=utf-8")
