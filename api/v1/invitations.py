"""Invitations: what admins send, and what the invited person does with the link."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from annex.contract.enums import Role
from django.contrib.auth import login
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_protect
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.authentication import SessionAuthentication
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.edge import ListView, OrganizationView
from api.fields import NameField, RoleField
from api.v1.me import MeSerializer, me_shown
from controlplane.accounts.access import access_invitation
from controlplane.accounts.errors import InvitationGone
from controlplane.accounts.invitations import (
    accept_invitation,
    invite_member,
    withdraw_invitation,
)
from controlplane.accounts.models import Invitation, User
from controlplane.lib.lookups import invitation_by_digest
from controlplane.lib.secrets import digest_secret
from controlplane.lib.tenancy import tenant

LOGIN_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


class InvitationSerializer(serializers.Serializer[Any]):
    """An invitation; a caller gives `email` and `role`."""

    id = serializers.UUIDField(read_only=True)
    email = serializers.EmailField()
    role = RoleField()
    invited_by = serializers.CharField(source="invited_by.name", read_only=True)
    expires_at = serializers.DateTimeField(read_only=True)
    state = serializers.CharField(read_only=True)


class InvitationsView(ListView):
    """List open invitations, send another."""

    serializer_class = InvitationSerializer
    queryset = Invitation.objects.none()
    read_role, write_role = Role.ADMIN, Role.ADMIN

    def get_queryset(self) -> Any:
        """Return the invitations that are still open."""
        return Invitation.objects.select_related("invited_by").filter(accepted_at=None)

    @extend_schema(request=InvitationSerializer, responses={201: InvitationSerializer})
    def post(self, request: Request) -> Response:
        """Invite an address by mail."""
        body = self.read(InvitationSerializer)
        invited = invite_member(actor=self.actor, email=body["email"], role=body["role"])
        return self.shown(invited, status=201)


class InvitationView(OrganizationView):
    """One open invitation."""

    serializer_class = InvitationSerializer
    queryset = Invitation.objects.none()
    read_role, write_role = Role.ADMIN, Role.ADMIN

    def get(self, request: Request) -> Response:
        """Return an open invitation."""
        return self.shown(access_invitation(self.actor, self.kwargs["invitation"]))

    @extend_schema(responses={204: None})
    def delete(self, request: Request) -> Response:
        """Withdraw it: the link stops working at once."""
        invitation = access_invitation(self.actor, self.kwargs["invitation"])
        withdraw_invitation(actor=self.actor, invitation=invitation)
        return Response(status=204)


class InvitationPreviewSerializer(serializers.Serializer[Any]):
    """What the invited person sees before deciding."""

    organization = serializers.CharField(source="organization.name")
    email = serializers.EmailField()
    role = RoleField()
    inviter = serializers.CharField(source="invited_by.name")
    expired = serializers.BooleanField(source="is_expired")
    has_account = serializers.SerializerMethodField()

    def get_has_account(self, invitation: Invitation) -> bool:
        """Say whether the invited person signs in or makes an account."""
        return User.objects.filter(email=invitation.email).exists()


class AcceptanceSerializer(serializers.Serializer[Any]):
    """What makes an account where there is none."""

    name = NameField(required=False, default="", allow_blank=True)
    password = serializers.CharField(
        required=False, default="", allow_blank=True, max_length=1000, trim_whitespace=False
    )


class OpenView(APIView):
    """Base of the two addresses that need only the link's secret."""

    authentication_classes = (SessionAuthentication,)
    permission_classes = (AllowAny,)


class InvitationPreviewView(OpenView):
    """What a link invites to."""

    @extend_schema(responses=InvitationPreviewSerializer)
    def get(self, request: Request, token: str) -> Response:
        """Return the organization, the role and who invites."""
        with invited_by_link(token) as invitation:
            return Response(InvitationPreviewSerializer(invitation).data)


# DRF asks for the CSRF token only of those who are signed in; here it guards the anonymous
# too, or another site could sign its visitor in as somebody else.
@method_decorator(csrf_protect, name="dispatch")
class InvitationAcceptView(OpenView):
    """Accept: become a member and be signed in."""

    @extend_schema(request=AcceptanceSerializer, responses=MeSerializer)
    def post(self, request: Request, token: str) -> Response:
        """Join; without an account, `name` and `password` make one."""
        body = AcceptanceSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        signed_in = request.user if isinstance(request.user, User) else None
        with invited_by_link(token) as invitation:
            user = accept_invitation(
                invitation=invitation, signed_in=signed_in, **body.validated_data
            )
        if signed_in != user:
            login(request._request, user, backend=LOGIN_BACKEND)
            request.user = user
        return Response(me_shown(request))


@contextmanager
def invited_by_link(secret: str) -> Iterator[Invitation]:
    """Enter the organization of an invitation by the secret of its link.

    Raises: InvitationGone when it is unknown, withdrawn or accepted.
    """
    found = invitation_by_digest(digest_secret(secret))
    if found is None:
        raise InvitationGone
    organization_id, invitation_id = found
    with tenant(organization_id):
        rows = Invitation.objects.select_related("organization", "invited_by")
        invitation = rows.filter(pk=invitation_id, accepted_at=None).first()
        if invitation is None:
            raise InvitationGone
        yield invitation
