"""Clusters: announce, enrol, confirm, watch."""

from __future__ import annotations

from typing import Any

from annex.contract.enums import Role
from django.conf import settings
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.edge import ListView, OrganizationView
from api.fields import NameField
from common.environment import parse_origin
from controlplane.clusters.access import access_cluster
from controlplane.clusters.actions import (
    confirm_fingerprint,
    create_cluster,
    issue_join_token,
    revoke_cluster,
    update_cluster,
)
from controlplane.clusters.models import Cluster, ClusterState


class OriginField(serializers.CharField):
    """`scheme://host[:port]`, where people's browsers reach the cluster."""

    def to_internal_value(self, data: Any) -> str:
        """Return the origin without a path or trailing slash."""
        text = super().to_internal_value(data)
        try:
            return parse_origin(text)
        except ValueError as error:
            raise serializers.ValidationError(str(error)) from None


class HealthSerializer(serializers.Serializer[Any]):
    """The last health report of a cluster."""

    free_slots = serializers.IntegerField()
    running_jobs = serializers.IntegerField()
    outbox_events = serializers.IntegerField()
    ledger_rows = serializers.IntegerField()


class ClusterSerializer(serializers.Serializer[Any]):
    """A cluster; a caller gives `name` and `origin`."""

    id = serializers.UUIDField(read_only=True)
    name = NameField()
    slug = serializers.SlugField(read_only=True)
    origin = OriginField(max_length=200)
    state = serializers.CharField(source="shown_state", read_only=True)
    fingerprint = serializers.SerializerMethodField()
    worker_version = serializers.SerializerMethodField()
    last_seen_at = serializers.DateTimeField(read_only=True, allow_null=True)
    health = serializers.SerializerMethodField()

    def get_fingerprint(self, cluster: Cluster) -> str | None:
        """Return the fingerprint of the newest key that is not revoked."""
        keys = [key for key in cluster.keys.all() if key.revoked_at is None]
        return max(keys, key=lambda key: key.created_at).fingerprint if keys else None

    def get_worker_version(self, cluster: Cluster) -> str | None:
        """Return the version the cluster reported, if it ever did."""
        return cluster.worker_version or None

    @extend_schema_field(HealthSerializer(allow_null=True))
    def get_health(self, cluster: Cluster) -> dict[str, Any] | None:
        """Return the last health report, if there was one."""
        return dict(HealthSerializer(cluster).data) if cluster.last_seen_at else None


class JoinTokenSerializer(serializers.Serializer[Any]):
    """A secret that is shown once, and the line to paste."""

    join_token = serializers.CharField()
    expires_at = serializers.DateTimeField()
    command = serializers.CharField()


class FingerprintSerializer(serializers.Serializer[Any]):
    """What the terminal of the cluster shows."""

    fingerprint = serializers.CharField(max_length=200)


class ClustersView(ListView):
    """List clusters, announce another."""

    serializer_class = ClusterSerializer
    queryset = Cluster.objects.none()
    read_role, write_role = Role.DEVELOPER, Role.ADMIN

    def get_queryset(self) -> Any:
        """Return the organization's clusters, without revoked ones."""
        return Cluster.objects.exclude(state=ClusterState.REVOKED).prefetch_related("keys")

    @extend_schema(responses={201: ClusterSerializer})
    def post(self, request: Request) -> Response:
        """Announce a cluster; it waits for a worker to join."""
        body = self.read(ClusterSerializer)
        made = create_cluster(organization=self.actor.organization, actor=self.actor, **body)
        return self.shown(made, status=201)


class OneClusterView(OrganizationView):
    """Base of the views of one cluster."""

    serializer_class: Any = ClusterSerializer
    queryset = Cluster.objects.none()
    read_role, write_role = Role.DEVELOPER, Role.ADMIN

    @property
    def cluster(self) -> Cluster:
        """The cluster of the path. Raises: NotFound."""
        return access_cluster(self.actor, self.kwargs["cluster"])


class ClusterView(OneClusterView):
    """One cluster."""

    def get(self, request: Request) -> Response:
        """Return a cluster with its health."""
        return self.shown(self.cluster)

    def patch(self, request: Request) -> Response:
        """Change its name or origin."""
        cluster = self.cluster
        body = self.read(ClusterSerializer, partial=True)
        changed = update_cluster(
            organization=self.actor.organization,
            actor=self.actor,
            cluster=cluster,
            name=body.get("name", cluster.name),
            origin=body.get("origin", cluster.origin),
        )
        return self.shown(changed)

    @extend_schema(responses={204: None})
    def delete(self, request: Request) -> Response:
        """Cut the line for good. What lies on the cluster stays there."""
        revoke_cluster(organization=self.actor.organization, actor=self.actor, cluster=self.cluster)
        return Response(status=204)


class JoinTokenView(OneClusterView):
    """The one-time token a worker joins with."""

    serializer_class = JoinTokenSerializer
    shows_secret = True

    @extend_schema(request=None, responses={201: JoinTokenSerializer})
    def post(self, request: Request) -> Response:
        """Make a join token and the command to paste on the cluster; shown once."""
        secret, token = issue_join_token(
            organization=self.actor.organization, actor=self.actor, cluster=self.cluster
        )
        shown = {
            "join_token": secret,
            "expires_at": token.expires_at,
            "command": enrol_command(secret),
        }
        return self.shown(shown, status=201)


class ConfirmView(OneClusterView):
    """The second look at the fingerprint."""

    @extend_schema(request=FingerprintSerializer, responses=ClusterSerializer)
    def post(self, request: Request) -> Response:
        """Confirm the fingerprint that the cluster's terminal shows."""
        cluster = self.cluster
        confirmed = confirm_fingerprint(
            organization=self.actor.organization,
            actor=self.actor,
            cluster=cluster,
            fingerprint=self.read(FingerprintSerializer)["fingerprint"],
        )
        return self.shown(confirmed)


def enrol_command(secret: str) -> str:
    """Return the line to paste on the cluster.

    `--approve` is the cluster's own say: who pastes it lets the person who made the token in.
    """
    url = settings.CONSOLE_ORIGIN
    return f"python -m worker link enrol --url {url} --token {secret} --approve"
