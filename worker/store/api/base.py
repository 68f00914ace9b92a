"""What the endpoints of the store share: who may come in, and how bodies are read."""

from __future__ import annotations

from typing import TypeVar
from uuid import UUID

from annex.contract.enums import AssetKind, Role
from pydantic import BaseModel
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from common.errors import NotFound
from worker.people.access import require
from worker.people.access_log import count_access
from worker.people.authentication import SessionAuthentication, caller_of
from worker.people.models import What
from worker.store.models import Asset

B = TypeVar("B", bound=BaseModel)


class StoreView(APIView):
    """A view for signed-in people; each method asks for its own row through `access_*`."""

    authentication_classes = (SessionAuthentication,)


def access_asset(request: Request, asset_id: UUID, kind: AssetKind | None = None) -> Asset:
    """Return an asset of a project that the person develops.

    Raises: NotFound, also for assets of other kinds and other people's projects.
    """
    asset = Asset.objects.filter(id=asset_id).first()
    if asset is None or (kind is not None and asset.kind != kind):
        raise NotFound
    require(request, project_id=asset.project_id, at_least=Role.DEVELOPER)
    return asset


def note_read(request: Request, what: What, asset: Asset, *, count: int = 1) -> None:
    """Note in the cluster's access log that the person has read of the asset."""
    caller = caller_of(request)
    count_access(
        what, subject=caller.subject_id, noun=asset.id, count=count, by_script=caller.by_script
    )


def read_body(request: Request, shape: type[B]) -> B:
    """Return the request's JSON as the shape. Raises: pydantic.ValidationError, 400 at the edge."""
    return shape.model_validate(request.data)


def answer(body: BaseModel, status: int = 200) -> Response:
    """Return a body of `shapes` as the response."""
    return Response(body.model_dump(mode="json"), status=status)
