"""`/api/roots/{root}/files`: what can be picked."""

from __future__ import annotations

from pathlib import PurePosixPath

from annex.contract.enums import Role
from drf_spectacular.utils import OpenApiParameter, extend_schema
from pydantic import TypeAdapter
from rest_framework.request import Request
from rest_framework.response import Response

from common.errors import NotFound
from worker.people.access import projects_for
from worker.people.authentication import session_of
from worker.people.roles import reaches
from worker.store.api import shapes
from worker.store.api.base import StoreView, answer
from worker.store.globs import find_files
from worker.store.roots import list_folder

PATTERN = TypeAdapter(shapes.PathPattern)
SHOWN_FILES = 20


class RootFilesView(StoreView):
    """One folder below a root."""

    @extend_schema(
        operation_id="root_files",
        parameters=[OpenApiParameter("path", str, required=False)],
        responses={200: shapes.Listing},
    )
    def get(self, request: Request, root: str) -> Response:
        """List the folder; links are not shown, because they are not followed."""
        require_developer_somewhere(request)
        path = request.query_params.get("path", "")
        listing = list_folder(root, path)
        entries = [
            shapes.RootEntry(
                name=entry.name,
                path=str(PurePosixPath(path) / entry.name),
                is_folder=entry.is_folder,
                size_bytes=entry.size_bytes,
            )
            for entry in listing.entries
        ]
        return answer(shapes.Listing(root=root, path=path, entries=entries, is_cut=listing.is_cut))


class RootMatchesView(StoreView):
    """What a pattern finds below a root."""

    @extend_schema(
        operation_id="root_matches",
        parameters=[OpenApiParameter("pattern", str, required=True)],
        responses={200: shapes.Matches},
    )
    def get(self, request: Request, root: str) -> Response:
        """Count the files, and show the first."""
        require_developer_somewhere(request)
        pattern = PATTERN.validate_python(request.query_params.get("pattern", ""))
        found = find_files(root, pattern)
        first = [shapes.Match(path=f.path, size_bytes=f.size_bytes) for f in found[:SHOWN_FILES]]
        size = sum(file.size_bytes for file in found)
        return answer(
            shapes.Matches(
                root=root, pattern=pattern, files=len(found), size_bytes=size, first=first
            )
        )


def require_developer_somewhere(request: Request) -> None:
    """Roots are the cluster's: a developer of any of its projects may look. Raises: NotFound."""
    roles = [role for _, role in projects_for(session_of(request))]
    if not any(reaches(role, Role.DEVELOPER) for role in roles):
        raise NotFound
