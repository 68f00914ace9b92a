"""Names of secrets. No value of one ever comes here: it goes to the cluster straight."""

from __future__ import annotations

from annex.contract.enums import Role
from django.db import IntegrityError, transaction

from controlplane.accounts.actors import Actor, require_role
from controlplane.audit.actions import record
from controlplane.lib.errors import NameTaken
from controlplane.projects.models import Project, Secret


@transaction.atomic
def create_secret(*, actor: Actor, project: Project, name: str) -> Secret:
    """Register the name of a secret. Raises: NameTaken (customer)."""
    require_role(actor, Role.DEVELOPER)
    try:
        with transaction.atomic():
            secret = Secret.objects.create(
                organization=actor.organization, project=project, name=name
            )
    except IntegrityError:
        raise NameTaken("A secret with this name exists.", field="name") from None
    record(actor=actor, verb="secret.created", noun="secret", noun_id=secret.id)
    return secret


@transaction.atomic
def delete_secret(*, actor: Actor, secret: Secret) -> None:
    """Forget the name: no new argument may name it. The cluster is told by whoever set it."""
    require_role(actor, Role.DEVELOPER)
    record(actor=actor, verb="secret.deleted", noun="secret", noun_id=secret.id)
    secret.delete()
