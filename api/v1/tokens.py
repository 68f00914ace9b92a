"""API tokens."""

from __future__ import annotations

from typing import Any

from annex.contract.enums import Role
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.edge import ListView, OrganizationView
from api.fields import NameField, RoleField
from controlplane.accounts.access import access_token
from controlplane.accounts.models import ApiToken
from controlplane.accounts.tokens import create_token, revoke_token, tokens_for


class TokenSerializer(serializers.Serializer[Any]):
    """A token; a caller gives `name`, `role` and perhaps `expires_at`."""

    id = serializers.UUIDField(read_only=True)
    name = NameField()
    role = RoleField()
    prefix = serializers.CharField(read_only=True)
    last_used_at = serializers.DateTimeField(read_only=True, allow_null=True)
    expires_at = serializers.DateTimeField(required=False, allow_null=True, default=None)

    def validate_expires_at(self, value: Any) -> Any:
        """Refuse a moment that has passed."""
        if value is not None and value <= timezone.now():
            raise serializers.ValidationError("This moment has passed.")
        return value


class NewTokenSerializer(TokenSerializer):
    """A new token with its secret, this once."""

    secret = serializers.CharField(read_only=True)


class TokensView(ListView):
    """List one's tokens (admins: all), make another."""

    serializer_class = TokenSerializer
    queryset = ApiToken.objects.none()
    read_role = Role.DEVELOPER
    shows_secret = True

    def get_queryset(self) -> Any:
        """Return the actor's own tokens, for admins all."""
        return tokens_for(self.actor)

    @extend_schema(request=TokenSerializer, responses={201: NewTokenSerializer})
    def post(self, request: Request) -> Response:
        """Make a token; the answer shows its secret, this once."""
        token, secret = create_token(actor=self.actor, **self.read(TokenSerializer))
        return Response({**TokenSerializer(token).data, "secret": secret}, status=201)


class TokenView(OrganizationView):
    """One token."""

    serializer_class = TokenSerializer
    queryset = ApiToken.objects.none()
    read_role = Role.DEVELOPER

    def get(self, request: Request) -> Response:
        """Return a token, without its secret."""
        return self.shown(access_token(self.actor, self.kwargs["token"]))

    @extend_schema(responses={204: None})
    def delete(self, request: Request) -> Response:
        """Revoke it: it stops working at once."""
        revoke_token(actor=self.actor, token=access_token(self.actor, self.kwargs["token"]))
        return Response(status=204)
