"""Who was added to a project."""

from __future__ import annotations

from typing import Any

from annex.contract.enums import Role
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.edge import ProjectListView, ProjectView
from api.fields import RoleField
from api.pagination import ById
from controlplane.accounts.access import access_member
from controlplane.lib.errors import InvalidRequest, NotFound
from controlplane.projects.access import access_project_member
from controlplane.projects.models import ProjectMember
from controlplane.projects.people import add_project_member, remove_project_member


class ProjectMemberSerializer(serializers.Serializer[Any]):
    """Who was added; a caller gives `member`."""

    id = serializers.UUIDField(read_only=True)
    member = serializers.UUIDField(source="membership_id")
    name = serializers.CharField(source="membership.user.name", read_only=True)
    role = RoleField(source="membership.role", read_only=True)
    simulated = serializers.BooleanField(source="membership.user.simulated", read_only=True)


class ProjectMembersView(ProjectListView):
    """List who was added, add another."""

    serializer_class = ProjectMemberSerializer
    queryset = ProjectMember.objects.none()
    pagination_class = ById

    def get_queryset(self) -> Any:
        """Return who was added to the project."""
        return self.project.project_members.select_related("membership__user")

    @extend_schema(responses={201: ProjectMemberSerializer})
    def post(self, request: Request) -> Response:
        """Let a member into the project; doing it again changes nothing."""
        project = self.project
        body = self.read(ProjectMemberSerializer)
        try:
            member = access_member(self.actor, body["membership_id"])
        except NotFound:
            raise InvalidRequest("There is no such member.", field="member") from None
        row = add_project_member(actor=self.actor, project=project, member=member)
        return self.shown(row, status=201)


class ProjectMemberView(ProjectView):
    """One person in the project, by the id of the membership."""

    serializer_class = ProjectMemberSerializer
    queryset = ProjectMember.objects.none()
    read_role = Role.REVIEWER

    def get(self, request: Request) -> Response:
        """Return who was added."""
        return self.shown(access_project_member(self.project, self.kwargs["member"]))

    @extend_schema(responses={204: None})
    def delete(self, request: Request) -> Response:
        """Take the person out; their session on the cluster ends."""
        project = self.project
        row = access_project_member(project, self.kwargs["member"])
        remove_project_member(actor=self.actor, project=project, row=row)
        return Response(status=204)
