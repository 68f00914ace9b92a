"""Every URL of the control plane, and what to put into it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from annex.contract.enums import JobRecipe, LabelChangeKind, Role
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from controlplane.accounts.device_logins import start_login
from controlplane.accounts.invitations import invite_member
from controlplane.accounts.models import Membership
from controlplane.accounts.tokens import create_token
from controlplane.board.actions import start_job
from controlplane.board.models import TrainedModel
from controlplane.lib.tenancy import tenant
from controlplane.projects.label_changes import Wish, count_change
from controlplane.projects.secrets import create_secret
from tests.controlplane.cast import Cast
from tests.isolation.controlplane.declarations import (
    DECLARED,
    KEPT_BY_ALLAUTH,
    SIGNED_BY_CLUSTERS,
)

OTHER_DOORS = (SIGNED_BY_CLUSTERS, KEPT_BY_ALLAUTH)


def walk(patterns: list[Any], prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Yield (path, pattern) of every view the resolver can reach."""
    for pattern in patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from walk(pattern.url_patterns, path)
        else:
            yield path, pattern


ROUTES = {
    pattern.name or path: path
    for path, pattern in walk(get_resolver().url_patterns)
    if not path.startswith(OTHER_DOORS)
}


@pytest.fixture
def ids(cast: Cast) -> dict[str, str]:
    """Return what the parts of a path and of a body stand for."""
    with tenant(cast.acme.id):
        owner = cast.actor(cast.olga)
        job = start_job(
            actor=owner,
            project=cast.project,
            recipe=JobRecipe.EXPORT,
            arguments={"dataset": str(cast.training.id)},
        )
        token, _ = create_token(
            actor=cast.actor(cast.dev), name="t", role=Role.ANNOTATOR, expires_at=None
        )
        change = count_change(
            actor=owner,
            project=cast.project,
            wish=Wish(LabelChangeKind.DELETE, [cast.labels[0].id], [], []),
        )
        TrainedModel.objects.filter(pk=cast.model.pk).update(trained_at=timezone.now())
        invitation = invite_member(actor=owner, email="i@example.org", role=Role.ANNOTATOR)
        return {
            "organization": cast.acme.slug,
            "project": str(cast.project.id),
            "cluster": str(cast.cluster.id),
            "member": str(Membership.objects.get(user=cast.anna).id),
            "tim": str(Membership.objects.get(user=cast.tim).id),
            "invitation": str(invitation.id),
            "token": str(token.id),
            "asset": str(cast.data.id),
            "patterns": str(cast.patterns.id),
            "training": str(cast.training.id),
            "held_back": str(cast.held_back.id),
            "secret": str(create_secret(actor=owner, project=cast.project, name="a-key").id),
            "task": str(cast.task.id),
            "model": str(cast.model.id),
            "job": str(job.id),
            "label": str(cast.labels[1].id),
            "change": str(change.id),
            "user_code": start_login(machine="a laptop").user_code,
        }


def address(name: str, ids: dict[str, str]) -> str:
    """Return the path of a URL with the cast's ids in it."""
    if name == "console":
        return "/acme/projects"
    path = ROUTES[name].replace("<str:token>", "ani_nobody-knows-this")
    for part, value in ids.items():
        for converter in ("uuid", "slug", "str"):
            path = path.replace(f"<{converter}:{part}>", value)
    return "/" + path


def send(client: Client, method: str, name: str, ids: dict[str, str]) -> int:
    """Send one request, undo what it did, and return the status."""
    body = json.dumps(DECLARED[name].bodies.get(method, {}))
    for part, value in ids.items():
        body = body.replace("{" + part + "}", value)
    with transaction.atomic():
        response = client.generic(
            method.upper(), address(name, ids), body, content_type="application/json"
        )
        transaction.set_rollback(True)
    return response.status_code
