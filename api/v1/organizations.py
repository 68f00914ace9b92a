"""The organizations a person belongs to."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.authentication import AUTHENTICATION, TokenCredential, person_of
from api.fields import NameField
from api.pagination import whole_list
from api.v1.me import OrganizationSerializer
from controlplane.accounts.organizations import SLUG_LENGTH, create_organization
from controlplane.accounts.reads import memberships_of


class NewOrganizationSerializer(serializers.Serializer[Any]):
    """A name, and a slug if the caller cares."""

    name = NameField()
    slug = serializers.RegexField(
        r"^[a-z0-9]+(-[a-z0-9]+)*$", required=False, max_length=SLUG_LENGTH
    )


class OrganizationPageSerializer(serializers.Serializer[Any]):
    """All organizations as one page."""

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
            rows = [row.organization for row in memberships_of(person_of(request))]
        return whole_list(list(OrganizationSerializer(rows, many=True).data))

    @extend_schema(request=NewOrganizationSerializer, responses={201: OrganizationSerializer})
    def post(self, request: Request) -> Response:
        """Make an organization with oneself as owner."""
        if isinstance(request.auth, TokenCredential):
            self.permission_denied(request)
        body = NewOrganizationSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        made = create_organization(user=person_of(request), **body.validated_data)
        return Response(OrganizationSerializer(made).data, status=201)
