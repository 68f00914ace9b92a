"""The members of an organization."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from annex.contract.enums import Role
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.edge import ListView, OrganizationView
from api.fields import RoleField
from api.pagination import NewestJoinedFirst
from controlplane.accounts.access import access_member
from controlplane.accounts.members import change_role, remove_member
from controlplane.accounts.models import Membership


class MemberSerializer(serializers.Serializer[Any]):
    """A member."""

    id = serializers.UUIDField(read_only=True)
    name = serializers.CharField(source="user.name", read_only=True)
    email = serializers.EmailField(source="user.email", read_only=True)
    role = RoleField()
    joined_at = serializers.DateTimeField(read_only=True)
    simulated = serializers.BooleanField(source="user.simulated", read_only=True)


class RoleChangeSerializer(serializers.Serializer[Any]):
    """The new role."""

    role = RoleField()


class MembersView(ListView):
    """List members."""

    serializer_class = MemberSerializer
    queryset = Membership.objects.none()
    pagination_class = NewestJoinedFirst
    read_role = Role.DEVELOPER

    def get_queryset(self) -> Any:
        """Return the organization's members."""
        return Membership.objects.select_related("user")


class MemberView(OrganizationView):
    """One member."""

    serializer_class = MemberSerializer
    queryset = Membership.objects.none()
    read_role, write_role = Role.DEVELOPER, Role.ADMIN

    def _member(self) -> Membership:
        member: UUID = self.kwargs["member"]
        return access_member(self.actor, member)

    def get(self, request: Request) -> Response:
        """Return a member."""
        return self.shown(self._member())

    @extend_schema(request=RoleChangeSerializer, responses=MemberSerializer)
    def patch(self, request: Request) -> Response:
        """Give a member another role."""
        member = self._member()
        body = self.read(RoleChangeSerializer)
        return self.shown(change_role(actor=self.actor, member=member, role=body["role"]))

    @extend_schema(responses={204: None})
    def delete(self, request: Request) -> Response:
        """End a membership; the person's sessions on clusters end too."""
        remove_member(actor=self.actor, member=self._member())
        return Response(status=204)
