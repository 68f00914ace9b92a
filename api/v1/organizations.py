"""The organizations a person belongs to."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.authentication import AUTHENTICATION, TokenCredential
from api.fields import NameField
from api.pagination import whole_list
from api.v1.me import OrganizationSerializer
from controlplane.accounts.models import User
from controlplane.accounts.organizations import SLUG_LENGTH, create_organization
from controlplane.accounts.reads import memberships_of


class NewOrganizationSerializer(serializers.Serializer[Any]):
    name = NameField()
    slug = serializers.RegexField(
        r"^[a-z0-9]+(-[a-z0-9]+)*$", required=False, max_length=SLUG_LENGTH
    )


class OrganizationPageSerializer(serializers.Serializer[Any]):
    results = OrganizationSerializer(many=True)
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)


class OrganizationsView(APIView):
    """List one's organizations, make another. Tokens make none."""

    authentication_classes = AUTHENTICATION
    permission_classes = (IsAuthenticated,)

    @extend_schema(responses=OrganizationPageSerializer)
    def get(self, request: Request) -> Response:
        """List the organizations of the person, or the one of the token."""
        if isinstance(request.auth, TokenCredential):
            rows = [request.auth.actor.organization]
        else:
            assert isinstance(request.user, User)
            rows = [row.organization for row in memberships_of(request.user)]
        return whole_list(list(OrganizationSerializer(rows, many=True).data))

    @extend_schema(request=NewOrganizationSerializer, responses={201: OrganizationSerializer})
    def post(self, request: Request) -> Response:
        """Make an organization with oneself as owner."""
        if isinstance(request.auth, TokenCredential) or not isinstance(request.user, User):
            self.permission_denied(request)
        body = NewOrganizationSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        made = create_organization(user=request.user, **body.validated_data)
        return Response(OrganizationSerializer(made).data, status=201)
