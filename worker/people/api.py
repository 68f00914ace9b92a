"""`/api/session`, `/api/preferences` and `/api/logout`."""

from __future__ import annotations

from uuid import UUID

from annex.contract.enums import Role
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from pydantic import BaseModel
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from worker.people.access import is_administrator, projects_for, tasks_for
from worker.people.actions import sign_out
from worker.people.authentication import SessionAuthentication, session_of
from worker.people.models import Session
from worker.people.preferences import PreferencesShape, preferences_of, save_preferences
from worker.people.sessions import drop_session_cookie


class SessionProject(BaseModel):
    """A project that the person may enter here."""

    id: UUID
    title: str
    role: Role


class SessionTask(BaseModel):
    """A task that the person may work on. `has_stream`: a published recipe gives its examples."""

    id: UUID
    title: str
    project: UUID
    has_stream: bool


class SessionState(BaseModel):
    """Who is signed in.

    `administrator`: of this cluster, which opens its ledger, access log, people and line. The
    session ends in `idle_seconds` when nothing is done, in `expires_in_seconds` at the latest.
    """

    subject: UUID
    name: str
    csrf_token: str
    simulated: bool
    administrator: bool
    idle_seconds: int
    expires_in_seconds: int
    projects: list[SessionProject]
    tasks: list[SessionTask]


class SessionView(APIView):
    """Say who is signed in; asking does not keep the session alive."""

    authentication_classes = (SessionAuthentication,)
    is_passive = True

    @extend_schema(operation_id="session", responses={200: SessionState})
    def get(self, request: Request) -> Response:
        """Describe the session."""
        return Response(describe_session(session_of(request)).model_dump(mode="json"))


class PreferencesView(APIView):
    """How the person likes to work."""

    authentication_classes = (SessionAuthentication,)

    @extend_schema(operation_id="preferences", responses={200: PreferencesShape})
    def get(self, request: Request) -> Response:
        """Return what the person chose, or the defaults."""
        chosen = preferences_of(session_of(request).subject_id)
        return Response(chosen.model_dump(mode="json"))

    @extend_schema(
        operation_id="save_preferences",
        request=PreferencesShape,
        responses={200: PreferencesShape},
    )
    def put(self, request: Request) -> Response:
        """Keep what the person chose, as a whole."""
        chosen = PreferencesShape.model_validate(request.data)
        save_preferences(session_of(request).subject_id, chosen)
        return Response(chosen.model_dump(mode="json"))


class LogoutView(APIView):
    """End the session. The app empties the browser's stores itself, and text is never cached.

    `Clear-Site-Data` would say the same, but Chromium holds back the answer until it has emptied
    its disk cache, for a minute and more (crbug.com/40233601), and nobody knows they are out.
    """

    authentication_classes = (SessionAuthentication,)

    @extend_schema(operation_id="logout", request=None, responses={204: None})
    def post(self, request: Request) -> Response:
        """Sign out."""
        sign_out(session_of(request))
        response = Response(status=204)
        drop_session_cookie(response)
        return response


def describe_session(session: Session) -> SessionState:
    """Return the session with the projects and tasks it opens."""
    now = timezone.now()
    return SessionState(
        subject=session.subject_id,
        name=session.subject.name,
        csrf_token=session.csrf,
        simulated=session.subject.simulated,
        administrator=is_administrator(session.subject),
        idle_seconds=int((session.ends_at - now).total_seconds()),
        expires_in_seconds=int((session.expires_at - now).total_seconds()),
        projects=[
            SessionProject(id=project.id, title=project.title, role=role)
            for project, role in projects_for(session)
        ],
        tasks=[
            SessionTask(
                id=task.id,
                title=task.title,
                project=task.project_id,
                has_stream=task.is_published,
            )
            for task in tasks_for(session)
        ],
    )
