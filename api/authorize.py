"""`GET /authorize`: the control plane's half of the login hop to a cluster.

The token leaves in a form post, never in an address, and only to the origin that the cluster's
administrator registered: nothing in the request chooses where it goes.
"""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from annex.contract.enums import Role
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views import View

from common.errors import AnnexError, InvalidRequest, NotFound
from controlplane.accounts.actors import Actor
from controlplane.accounts.models import Membership, User
from controlplane.clusters.logins import sign_login
from controlplane.clusters.models import Cluster, ClusterState
from controlplane.lib.lookups import organizations_of_user
from controlplane.lib.tenancy import tenant
from controlplane.projects.models import Project

MIN_NONCE_CHARACTERS = 16
MAX_NONCE_CHARACTERS = 100


class AuthorizeView(View):
    """Send a signed-in member to a cluster with a login token; sign in first who is not."""

    http_method_names = ("get",)

    def get(self, request: HttpRequest) -> HttpResponse:
        """Answer with a page that posts the token, or one that says why not."""
        if not isinstance(request.user, User):
            return HttpResponseRedirect(f"/sign-in?{urlencode({'next': request.get_full_path()})}")
        try:
            return _hand_over(request, request.user)
        except AnnexError as error:
            context = {"error": error}
            return render(request, "api/authorize_refused.html", context, status=error.status)


def _hand_over(request: HttpRequest, user: User) -> HttpResponse:
    cluster_id = _read_cluster(request)
    state, nonce = _read_opaque(request, "state"), _read_opaque(request, "nonce")
    for organization_id in organizations_of_user(user.id):
        with tenant(organization_id):
            cluster = Cluster.objects.filter(id=cluster_id, state=ClusterState.ACTIVE).first()
            if cluster is not None:
                actor = _actor(user)
                roles = roles_on(actor, cluster)
                token = sign_login(cluster=cluster, user=user, roles=roles, nonce=nonce)
                return _post_page(request, cluster, token, state)
    raise NotFound("There is no such cluster in an organization of yours.")


def _post_page(request: HttpRequest, cluster: Cluster, token: str, state: str) -> HttpResponse:
    context = {"origin": cluster.origin, "name": cluster.name, "token": token, "state": state}
    response = render(request, "api/authorize.html", context)
    response["Content-Security-Policy"] = (
        "default-src 'none'; script-src 'self'; style-src 'self'; base-uri 'none'; "
        f"frame-ancestors 'none'; form-action {cluster.origin}"
    )
    # Without a referrer a browser sends `Origin: null`, which the cluster must refuse.
    response["Referrer-Policy"] = "strict-origin"
    return response


def roles_on(actor: Actor, cluster: Cluster) -> dict[UUID, Role]:
    """Return the actor's role in each project of the cluster that they may enter."""
    projects = Project.objects.visible_to(actor).filter(cluster=cluster)
    return dict.fromkeys(projects.values_list("id", flat=True), actor.role)


def _actor(user: User) -> Actor:
    membership = Membership.objects.select_related("organization", "user").filter(user=user).first()
    if membership is None:
        raise NotFound
    return Actor(membership.organization, membership.user, membership.contract_role)


def _read_cluster(request: HttpRequest) -> UUID:
    try:
        return UUID(request.GET.get("cluster", ""))
    except ValueError:
        raise InvalidRequest("The cluster's id is missing.", field="cluster") from None


def _read_opaque(request: HttpRequest, name: str) -> str:
    """Return a value that the cluster's worker made and will compare with its own."""
    value = request.GET.get(name, "")
    if (
        not MIN_NONCE_CHARACTERS <= len(value) <= MAX_NONCE_CHARACTERS
        or not value.isascii()
        or not value.isprintable()
    ):
        raise InvalidRequest("The sign-in was not begun by a cluster.", field=name)
    return value
