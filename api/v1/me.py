"""The person who is signed in."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.authentication import AUTHENTICATION, TokenCredential, person_of
from api.fields import NameField, RoleField
from controlplane.accounts.organizations import rename_user
from controlplane.accounts.reads import memberships_of


class OrganizationSerializer(serializers.Serializer[Any]):
    """An organization."""

    id = serializers.UUIDField(read_only=True)
    slug = serializers.SlugField(read_only=True)
    name = NameField()


class MyMembershipSerializer(serializers.Serializer[Any]):
    """One of my memberships."""

    organization = OrganizationSerializer()
    role = RoleField()


class MeSerializer(serializers.Serializer[Any]):
    """Me."""

    id = serializers.UUIDField(read_only=True)
    email = serializers.EmailField(read_only=True)
    name = NameField()
    memberships = MyMembershipSerializer(many=True, read_only=True)


class MeChangeSerializer(serializers.Serializer[Any]):
    """What I may change of myself."""

    name = NameField()


class MeView(APIView):
    """Oneself and one's organizations; with a token, only the token's."""

    authentication_classes = AUTHENTICATION
    permission_classes = (IsAuthenticated,)

    @extend_schema(responses=MeSerializer)
    def get(self, request: Request) -> Response:
        """Return the person and their memberships."""
        return Response(me_shown(request))

    @extend_schema(request=MeChangeSerializer, responses=MeSerializer)
    def patch(self, request: Request) -> Response:
        """Change one's name. A token may not: it acts for one organization only."""
        if isinstance(request.auth, TokenCredential):
            self.permission_denied(request)
        body = MeChangeSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        rename_user(user=person_of(request), name=body.validated_data["name"])
        return Response(me_shown(request))


def me_shown(request: Request) -> dict[str, Any]:
    """Return the signed-in person as the API shows them."""
    user = person_of(request)
    if isinstance(request.auth, TokenCredential):
        actor = request.auth.actor
        memberships = [{"organization": actor.organization, "role": actor.role.value}]
    else:
        memberships = [
            {"organization": row.organization, "role": row.role} for row in memberships_of(user)
        ]
    shown = {"id": user.id, "email": user.email, "name": user.name, "memberships": memberships}
    return dict(MeSerializer(shown).data)
