"""`/api/projects/{project}/secrets/{secret}`: a value comes in, and never out again."""

from __future__ import annotations

from uuid import UUID

from annex.contract.enums import Role
from django.db import transaction
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from common.errors import NotFound
from worker.people.access import require
from worker.people.access_log import note_access
from worker.people.authentication import Caller
from worker.people.models import What
from worker.people.scripts.authentication import ScriptView
from worker.people.scripts.policy import ScriptUse
from worker.published import shapes
from worker.published.models import Secret
from worker.published.sealing import seal
from worker.store.api.base import answer, read_body


class SecretView(ScriptView):
    """The value of one secret. There is no reading it."""

    script_uses = {"put": ScriptUse.WORK, "delete": ScriptUse.WORK}

    @extend_schema(
        operation_id="set_secret", request=shapes.SecretBody, responses={200: shapes.SecretDetail}
    )
    def put(self, request: Request, project: UUID, secret: UUID) -> Response:
        """Set it, or another in its place. Effects: a row in the access log."""
        caller = require(request, project_id=project, at_least=Role.DEVELOPER)
        value = read_body(request, shapes.SecretBody).value.get_secret_value()
        kept = set_secret(caller, project, secret, value)
        return answer(shapes.SecretDetail(id=kept.id, set_at=kept.set_at))

    @extend_schema(operation_id="remove_secret", responses={204: None})
    def delete(self, request: Request, project: UUID, secret: UUID) -> Response:
        """Delete it; doing so again changes nothing. Effects: a row in the access log."""
        caller = require(request, project_id=project, at_least=Role.DEVELOPER)
        remove_secret(caller, project, secret)
        return Response(status=204)


@transaction.atomic
def set_secret(caller: Caller, project: UUID, secret: UUID, value: str) -> Secret:
    """Keep a value, encrypted. Raises: NotFound when the id is another project's."""
    kept, _ = Secret.objects.select_for_update().get_or_create(
        id=secret, defaults={"project_id": project, "sealed": b"", "set_by": caller.subject_id}
    )
    if kept.project_id != project:
        raise NotFound
    kept.sealed = seal(value, project_id=project, secret_id=secret)
    kept.set_by, kept.set_at = caller.subject_id, timezone.now()
    kept.save(update_fields=["sealed", "set_by", "set_at"])
    _note(caller, What.SECRET_SET, project)
    return kept


@transaction.atomic
def remove_secret(caller: Caller, project: UUID, secret: UUID) -> None:
    """Delete a value, if there is one."""
    removed, _ = Secret.objects.filter(id=secret, project_id=project).delete()
    if removed:
        _note(caller, What.SECRET_REMOVED, project)


def _note(caller: Caller, what: What, project: UUID) -> None:
    note_access(what, subject=caller.subject_id, noun=project, by_script=caller.by_script)
