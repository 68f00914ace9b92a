"""Signing a laptop in: what the laptop asks, and what a person in the console decides."""

from __future__ import annotations

from typing import Any

from annex.contract.enums import Role
from django.conf import settings
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import AnonRateThrottle, UserRateThrottle
from rest_framework.views import APIView

from api.authentication import AUTHENTICATION, TokenCredential
from api.edge import OrganizationView
from api.fields import RoleField
from api.v1.me import OrganizationSerializer
from api.v1.tokens import NewTokenSerializer, TokenSerializer
from controlplane.accounts.choices import DEVICE_LOGIN_STATES, DeviceLoginState
from controlplane.accounts.device_logins import (
    INTERVAL_SECONDS,
    LIFE,
    Collected,
    approve_login,
    collect_token,
    login_of_user_code,
    refuse_login,
    start_login,
)
from controlplane.accounts.models import DeviceLogin
from controlplane.lib.tenancy import tenant

MACHINE_LENGTH = 64


class StartThrottle(AnonRateThrottle):
    """How many logins one address may start."""

    scope = "device_login"


class CodeThrottle(UserRateThrottle):
    """How many codes one person may try: guessing one would take thousands of years."""

    scope = "device_code"


class DeviceLoginRequestSerializer(serializers.Serializer[Any]):
    """What the person will recognise the machine by."""

    machine = serializers.RegexField(r"^[^\x00-\x1f\x7f]+$", max_length=MACHINE_LENGTH)


class NewDeviceLoginSerializer(serializers.Serializer[Any]):
    """Both codes, shown once; the laptop asks for its token every `interval_seconds`."""

    device_code = serializers.CharField()
    user_code = serializers.CharField()
    verification_url = serializers.CharField()
    interval_seconds = serializers.IntegerField()
    expires_in_seconds = serializers.IntegerField()


class DeviceCodeSerializer(serializers.Serializer[Any]):
    """The long code, which only the laptop knows."""

    device_code = serializers.CharField(max_length=100)


class DeviceTokenSerializer(serializers.Serializer[Any]):
    """`waiting`, or `approved` with the token, this once, and the organization it acts in."""

    state = serializers.CharField()
    token = NewTokenSerializer(allow_null=True)
    organization = OrganizationSerializer(allow_null=True)


class DeviceLoginSerializer(serializers.Serializer[Any]):
    """What a person sees before deciding."""

    machine = serializers.CharField()
    state = serializers.ChoiceField(choices=DEVICE_LOGIN_STATES)
    created_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()


class ApprovalSerializer(serializers.Serializer[Any]):
    """The role of the token."""

    role = RoleField()


class DeviceLoginsView(APIView):
    """Where a laptop begins."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_classes = (StartThrottle,)

    @extend_schema(request=DeviceLoginRequestSerializer, responses={201: NewDeviceLoginSerializer})
    def post(self, request: Request) -> Response:
        """Ask to be signed in; a person then types `user_code` at `verification_url`."""
        body = DeviceLoginRequestSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        made = start_login(machine=body.validated_data["machine"])
        shown = {
            "device_code": made.device_code,
            "user_code": made.user_code,
            "verification_url": f"{settings.CONSOLE_ORIGIN}/device",
            "interval_seconds": INTERVAL_SECONDS,
            "expires_in_seconds": round(LIFE.total_seconds()),
        }
        return Response(NewDeviceLoginSerializer(shown).data, status=201)


class DeviceTokenView(APIView):
    """Where the laptop asks what has become of it."""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    @extend_schema(request=DeviceCodeSerializer, responses=DeviceTokenSerializer)
    def post(self, request: Request) -> Response:
        """Say whether a person has decided; an approved login gives its token once."""
        body = DeviceCodeSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        collected = collect_token(device_code=body.validated_data["device_code"])
        return Response(_waiting() if collected is None else _approved(collected))


def _waiting() -> dict[str, Any]:
    return {"state": DeviceLoginState.WAITING.value, "token": None, "organization": None}


def _approved(collected: Collected) -> dict[str, Any]:
    token = collected.token
    with tenant(token.organization_id):
        return {
            "state": DeviceLoginState.APPROVED.value,
            "token": {**TokenSerializer(token).data, "secret": collected.secret},
            "organization": OrganizationSerializer(token.organization).data,
        }


class PersonsView(APIView):
    """Base of what a person does about a login: in person, not through a token."""

    authentication_classes = AUTHENTICATION
    permission_classes = (IsAuthenticated,)
    throttle_classes = (UserRateThrottle, CodeThrottle)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuse tokens."""
        super().initial(request, *args, **kwargs)
        if isinstance(request.auth, TokenCredential):
            self.permission_denied(request)


class DeviceLoginView(PersonsView):
    """One login, by its short code."""

    @extend_schema(responses=DeviceLoginSerializer)
    def get(self, request: Request, user_code: str) -> Response:
        """Return which machine asks, and since when."""
        return Response(DeviceLoginSerializer(login_of_user_code(user_code)).data)


class DeviceLoginRefuseView(PersonsView):
    """Keeping a laptop out."""

    @extend_schema(request=None, responses=DeviceLoginSerializer)
    def post(self, request: Request, user_code: str) -> Response:
        """Refuse: the laptop gets no token."""
        return Response(DeviceLoginSerializer(refuse_login(user_code=user_code)).data)


class DeviceLoginApproveView(OrganizationView):
    """Letting a laptop in. Only here is it known which organization it is about."""

    serializer_class = DeviceLoginSerializer
    queryset = DeviceLogin.objects.none()
    throttle_classes = (UserRateThrottle, CodeThrottle)
    write_role = Role.DEVELOPER

    @extend_schema(request=ApprovalSerializer, responses=DeviceLoginSerializer)
    def post(self, request: Request) -> Response:
        """Approve: the laptop gets a token of this organization, no stronger than oneself."""
        role = self.read(ApprovalSerializer)["role"]
        return self.shown(
            approve_login(actor=self.actor, user_code=self.kwargs["user_code"], role=role)
        )
