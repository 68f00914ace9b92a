"""Secrets: their names. The value of one goes to the project's cluster, and nowhere else."""

from __future__ import annotations

from typing import Any

from annex.contract.enums import Role
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.edge import ProjectListView, ProjectView
from controlplane.projects.access import access_secret
from controlplane.projects.models import Secret
from controlplane.projects.secrets import create_secret, delete_secret

SLUG = r"^[a-z][a-z0-9-]*$"


class SecretSerializer(serializers.Serializer[Any]):
    """A secret by its name: a lower-case letter, then letters, digits and hyphens."""

    id = serializers.UUIDField(read_only=True)
    name = serializers.RegexField(SLUG, max_length=32)


class SecretsView(ProjectListView):
    """List the names of a project's secrets, register another."""

    serializer_class = SecretSerializer
    queryset = Secret.objects.none()
    read_role = Role.DEVELOPER

    def get_queryset(self) -> Any:
        """Return the project's secrets."""
        return self.project.secrets.all()

    @extend_schema(responses={201: SecretSerializer})
    def post(self, request: Request) -> Response:
        """Register a name; its value is then set on the cluster."""
        project = self.project
        body = self.read(SecretSerializer)
        made = create_secret(actor=self.actor, project=project, name=body["name"])
        return self.shown(made, status=201)


class SecretView(ProjectView):
    """One secret."""

    serializer_class = SecretSerializer
    queryset = Secret.objects.none()

    @extend_schema(responses={204: None})
    def delete(self, request: Request) -> Response:
        """Forget a name; its value is removed on the cluster."""
        secret = access_secret(self.project, self.kwargs["secret"])
        delete_secret(actor=self.actor, secret=secret)
        return Response(status=204)
