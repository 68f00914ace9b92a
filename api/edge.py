"""The first of three tenancy locks: the organization and the actor are resolved here, once.

A view under `/organizations/{organization}` declares a serializer, an empty class-level queryset,
the roles that may read and write, and a queryset that starts at the organization. Its handler
runs in one transaction of that organization; a refusal rolls the transaction back.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar
from uuid import UUID

from annex.contract.enums import Role
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from rest_framework import mixins
from rest_framework.generics import GenericAPIView
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from api.authentication import AUTHENTICATION, TokenCredential, person_of
from api.idempotency import answer_once
from api.pagination import NewestFirst
from controlplane.accounts.actors import Actor, require_role
from controlplane.accounts.models import Membership
from controlplane.lib.errors import NotFound
from controlplane.lib.lookups import organization_by_slug
from controlplane.lib.tenancy import tenant
from controlplane.projects.access import access_project
from controlplane.projects.models import Project

Handler = Callable[..., Response]
READING = frozenset({"GET", "HEAD", "OPTIONS"})


class OrganizationView(GenericAPIView[Any]):
    """Base of every view of an organization's things. Handlers find the actor in `self.actor`."""

    authentication_classes = AUTHENTICATION
    permission_classes = (IsAuthenticated,)
    pagination_class = NewestFirst
    read_role: ClassVar[Role] = Role.ANNOTATOR
    write_role: ClassVar[Role] = Role.DEVELOPER
    shows_secret: ClassVar[bool] = False
    """A write whose answer shows a secret is never replayed for an Idempotency-Key."""

    actor: Actor

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Do what DRF does, with the handler inside the organization's transaction.

        DRF turns exceptions into answers, which would commit what a refusal must undo; so the
        transaction ends before that.
        """
        self.args, self.kwargs = args, kwargs
        request.body  # noqa: B018 - kept for the digest before a parser reads the stream away
        drf_request = self.initialize_request(request, *args, **kwargs)
        self.request = drf_request
        self.headers = self.default_response_headers
        try:
            self.initial(drf_request, *args, **kwargs)
            response = self._answer_in_tenant(drf_request)
        except Exception as raised:
            response = self.handle_exception(raised)
        self.response = self.finalize_response(drf_request, response, *args, **kwargs)
        return self.response

    def _answer_in_tenant(self, request: Request) -> Response:
        organization_id = organization_by_slug(self.kwargs["organization"])
        if organization_id is None:
            raise NotFound
        method = (request.method or "").lower()
        handler = getattr(self, method, None)
        if handler is None or method not in self.http_method_names:
            handler = self.http_method_not_allowed
        with tenant(organization_id):
            self.actor = actor_of_request(request, organization_id)
            require_role(self.actor, self._needed_role(request))
            return answer_once(
                request,
                lambda: handler(request),
                actor=self.actor,
                shows_secret=self.shows_secret,
            )

    def _needed_role(self, request: Request) -> Role:
        return self.read_role if request.method in READING else self.write_role

    def shown(self, row: Any, *, status: int = 200, many: bool = False) -> Response:
        """Answer with a row through the view's serializer."""
        return Response(self.get_serializer(row, many=many).data, status=status)

    def read(self, serializer_class: type[BaseSerializer[Any]], **kwargs: Any) -> dict[str, Any]:
        """Return the checked body of the request. Raises: a refusal that names the fields."""
        serializer = serializer_class(data=self.request.data, **kwargs)
        serializer.is_valid(raise_exception=True)
        checked: dict[str, Any] = serializer.validated_data
        return checked


class ListView(mixins.ListModelMixin, OrganizationView):
    """A paginated list; subclasses say `get_queryset`."""

    def get(self, request: Request) -> Response:
        """List, newest first."""
        return self.list(request)


class ProjectView(OrganizationView):
    """Base of every view below a project. Annotators may read only where a view says so."""

    read_role = Role.REVIEWER

    @property
    def project(self) -> Project:
        """The project of the path, if the actor may see it. Raises: NotFound."""
        return access_project(self.actor, self.kwargs["project"])


class ProjectListView(mixins.ListModelMixin, ProjectView):
    """A paginated list below a project."""

    def get(self, request: Request) -> Response:
        """List, newest first."""
        return self.list(request)


def actor_of_request(request: Request, organization_id: UUID) -> Actor:
    """Return who acts in the active organization. Raises: NotFound for whoever is not in it."""
    if isinstance(request.auth, TokenCredential):
        if request.auth.actor.organization.id != organization_id:
            raise NotFound
        return request.auth.actor
    membership = (
        Membership.objects.select_related("organization", "user")
        .filter(user=person_of(request))
        .first()
    )
    if membership is None:
        raise NotFound
    return Actor(
        organization=membership.organization,
        user=membership.user,
        role=membership.contract_role,
    )
