"""`/api/device-logins`: a laptop asks to be let in. `/api/script-token`: what it then has."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Annotated, ClassVar
from uuid import UUID

from django.conf import settings
from drf_spectacular.utils import extend_schema
from pydantic import BaseModel, ConfigDict, Field
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from worker.people.errors import ScriptSignedOut
from worker.people.models import ScriptToken
from worker.people.scripts import bounds
from worker.people.scripts.authentication import ScriptAuthentication
from worker.people.scripts.device_logins import (
    INTERVAL,
    LIFE,
    begin_device_login,
    poll_device_login,
)
from worker.people.scripts.policy import ScriptUse
from worker.people.scripts.tokens import end_script_token


class Body(BaseModel):
    """A request's body; an unknown field is an error."""

    model_config = ConfigDict(extra="forbid")


class DeviceLoginBody(Body):
    """What the laptop is called. The person sees it, so it is one line of ordinary characters."""

    laptop: Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[\w .,:'()@-]+$")]


class DeviceLoginDetail(BaseModel):
    """A login that waits: the laptop shows `user_code` and opens `verification_url`."""

    device_code: str
    user_code: str
    verification_url: str
    interval_seconds: int
    expires_in_seconds: int


class PollBody(Body):
    """The code that only the laptop has."""

    device_code: Annotated[str, Field(min_length=1, max_length=64)]


class PollState(StrEnum):
    """Whether somebody has decided."""

    WAITING = "waiting"
    LET_IN = "let_in"


class PollDetail(BaseModel):
    """`token` and the rest are null while nobody has decided; it is told this once."""

    state: PollState
    token: str | None = None
    subject: UUID | None = None
    name: str | None = None
    expires_at: datetime | None = None


class ScriptTokenDetail(BaseModel):
    """Whose script this is, and until when."""

    subject: UUID
    name: str
    laptop: str
    expires_at: datetime


class DeviceLoginsView(APIView):
    """A laptop that asks to be let in. It says no secret and learns nothing of anybody."""

    authentication_classes = ()

    @extend_schema(
        operation_id="begin_device_login",
        request=DeviceLoginBody,
        responses={201: DeviceLoginDetail},
        auth=[],
    )
    def post(self, request: Request) -> Response:
        """Begin a login, good for ten minutes."""
        laptop = DeviceLoginBody.model_validate(request.data).laptop
        bounds.spend(bounds.ASKED, request.META.get("REMOTE_ADDR", ""))
        login, device_code = begin_device_login(laptop)
        detail = DeviceLoginDetail(
            device_code=device_code,
            user_code=login.user_code,
            verification_url=f"{settings.WORKER_ORIGIN}/device/{login.user_code}",
            interval_seconds=int(INTERVAL.total_seconds()),
            expires_in_seconds=int(LIFE.total_seconds()),
        )
        return Response(detail.model_dump(mode="json"), status=201)


class DeviceLoginTokenView(APIView):
    """What became of it."""

    authentication_classes = ()

    @extend_schema(
        operation_id="poll_device_login",
        request=PollBody,
        responses={200: PollDetail},
        auth=[],
    )
    def post(self, request: Request) -> Response:
        """Fetch the token, once. Effects: the login is audited; a row in the access log."""
        made = poll_device_login(PollBody.model_validate(request.data).device_code)
        detail = PollDetail(state=PollState.WAITING)
        if made is not None:
            detail = PollDetail(
                state=PollState.LET_IN,
                token=made.secret,
                subject=made.token.subject_id,
                name=made.token.subject.name,
                expires_at=made.token.expires_at,
            )
        return Response(detail.model_dump(mode="json"))


class ScriptTokenView(APIView):
    """The script's own login; to a browser it is not there."""

    authentication_classes = (ScriptAuthentication,)
    script_uses: ClassVar[Mapping[str, ScriptUse]] = {
        "get": ScriptUse.WORK,
        "delete": ScriptUse.WORK,
    }

    @extend_schema(operation_id="script_token", responses={200: ScriptTokenDetail})
    def get(self, request: Request) -> Response:
        """Say who is signed in."""
        token = own_token(request)
        detail = ScriptTokenDetail(
            subject=token.subject_id,
            name=token.subject.name,
            laptop=token.laptop,
            expires_at=token.expires_at,
        )
        return Response(detail.model_dump(mode="json"))

    @extend_schema(operation_id="end_script_token", responses={204: None})
    def delete(self, request: Request) -> Response:
        """Sign the script out. Effects: audited; a row in the access log."""
        token = own_token(request)
        end_script_token(token.subject_id, token.id)
        return Response(status=204)


def own_token(request: Request) -> ScriptToken:
    """Return the script token of the request. Raises: ScriptSignedOut without one."""
    if not isinstance(request.auth, ScriptToken):
        raise ScriptSignedOut()
    return request.auth
