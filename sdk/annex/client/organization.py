"""An organization's own nouns: people, tokens, clusters, projects, the audit log, and one job."""

from __future__ import annotations

from datetime import datetime
from typing import Generic
from uuid import UUID

from annex.client import types
from annex.client.calls import Call
from annex.client.nouns import UNSET, Mode, Noun, Sender, endpoint, given, listing
from annex.client.project import ProjectScope
from annex.client.recipes import Packages, Recipes


class Organizations(Noun[Mode]):
    """The organizations of whoever the token acts for; an API token has one."""

    @listing
    def list(self) -> Call[types.Page[types.Organization]]:
        """List them."""
        return Call("GET", "/organizations", types.Page[types.Organization])


class Members(Noun[Mode]):
    """The people in the organization."""

    @listing
    def list(self) -> Call[types.Page[types.Member]]:
        """List members, who joined last first."""
        return Call("GET", f"{self._base}/members", types.Page[types.Member])

    @endpoint
    def show(self, member: UUID | str) -> Call[types.Member]:
        """Return a member."""
        return Call("GET", f"{self._base}/members/{member}", types.Member)

    @endpoint
    def change_role(self, member: UUID | str, role: str) -> Call[types.Member]:
        """Give a member another role."""
        return Call("PATCH", f"{self._base}/members/{member}", types.Member, body={"role": role})

    @endpoint
    def remove(self, member: UUID | str) -> Call[None]:
        """End a membership; the person's tokens and their sessions on clusters end too."""
        return Call("DELETE", f"{self._base}/members/{member}", None)


class Invitations(Noun[Mode]):
    """Invitations that are still open."""

    @listing
    def list(self) -> Call[types.Page[types.Invitation]]:
        """List open invitations, newest first."""
        return Call("GET", f"{self._base}/invitations", types.Page[types.Invitation])

    @endpoint
    def show(self, invitation: UUID | str) -> Call[types.Invitation]:
        """Return an open invitation."""
        return Call("GET", f"{self._base}/invitations/{invitation}", types.Invitation)

    @endpoint
    def send(self, email: str, role: str) -> Call[types.Invitation]:
        """Invite an address by mail."""
        body = {"email": email, "role": role}
        return Call("POST", f"{self._base}/invitations", types.Invitation, body=body)

    @endpoint
    def withdraw(self, invitation: UUID | str) -> Call[None]:
        """Withdraw an invitation: its link stops working."""
        return Call("DELETE", f"{self._base}/invitations/{invitation}", None)


class Tokens(Noun[Mode]):
    """API tokens: one's own, for admins all."""

    @listing
    def list(self) -> Call[types.Page[types.Token]]:
        """List tokens, newest first."""
        return Call("GET", f"{self._base}/tokens", types.Page[types.Token])

    @endpoint
    def show(self, token: UUID | str) -> Call[types.Token]:
        """Return a token, without its secret."""
        return Call("GET", f"{self._base}/tokens/{token}", types.Token)

    @endpoint
    def create(
        self, name: str, role: str, expires_at: datetime | None = None
    ) -> Call[types.NewToken]:
        """Make a token; the answer holds its secret, this once."""
        body = {"name": name, "role": role, "expires_at": expires_at}
        return Call("POST", f"{self._base}/tokens", types.NewToken, body=body)

    @endpoint
    def revoke(self, token: UUID | str) -> Call[None]:
        """Revoke a token: it stops working at once."""
        return Call("DELETE", f"{self._base}/tokens/{token}", None)


class Clusters(Noun[Mode]):
    """Clusters, without revoked ones."""

    @listing
    def list(self) -> Call[types.Page[types.Cluster]]:
        """List clusters, newest first."""
        return Call("GET", f"{self._base}/clusters", types.Page[types.Cluster])

    @endpoint
    def show(self, cluster: UUID | str) -> Call[types.Cluster]:
        """Return a cluster with its health."""
        return Call("GET", f"{self._base}/clusters/{cluster}", types.Cluster)

    @endpoint
    def create(self, name: str, origin: str) -> Call[types.Cluster]:
        """Announce a cluster. Args: origin: where people's browsers reach it."""
        body = {"name": name, "origin": origin}
        return Call("POST", f"{self._base}/clusters", types.Cluster, body=body)

    @endpoint
    def change(
        self, cluster: UUID | str, *, name: str = UNSET, origin: str = UNSET
    ) -> Call[types.Cluster]:
        """Change a cluster's name or origin."""
        body = given(name=name, origin=origin)
        return Call("PATCH", f"{self._base}/clusters/{cluster}", types.Cluster, body=body)

    @endpoint
    def revoke(self, cluster: UUID | str) -> Call[None]:
        """Cut the line for good; what lies on the cluster stays there."""
        return Call("DELETE", f"{self._base}/clusters/{cluster}", None)

    @endpoint
    def join_token(self, cluster: UUID | str) -> Call[types.JoinToken]:
        """Make the one-time token that a worker joins with, and the line to paste."""
        return Call("POST", f"{self._base}/clusters/{cluster}/join-token", types.JoinToken)

    @endpoint
    def confirm(self, cluster: UUID | str, fingerprint: str) -> Call[types.Cluster]:
        """Confirm the fingerprint that the cluster's terminal shows."""
        body = {"fingerprint": fingerprint}
        return Call("POST", f"{self._base}/clusters/{cluster}/confirm", types.Cluster, body=body)


class Projects(Noun[Mode]):
    """The projects that one may see."""

    @listing
    def list(self) -> Call[types.Page[types.Project]]:
        """List projects, newest first."""
        return Call("GET", f"{self._base}/projects", types.Page[types.Project])

    @endpoint
    def show(self, project: UUID | str) -> Call[types.Project]:
        """Return a project with its counts."""
        return Call("GET", f"{self._base}/projects/{project}", types.Project)

    @endpoint
    def create(
        self, title: str, cluster: UUID | str, *, target_f: float | None = UNSET
    ) -> Call[types.Project]:
        """Make a project on a cluster. Args: target_f: points of 100."""
        body = given(title=title, cluster=cluster, target_f=target_f)
        return Call("POST", f"{self._base}/projects", types.Project, body=body)

    @endpoint
    def change(
        self, project: UUID | str, *, title: str = UNSET, target_f: float | None = UNSET
    ) -> Call[types.Project]:
        """Change the title or the target."""
        body = given(title=title, target_f=target_f)
        return Call("PATCH", f"{self._base}/projects/{project}", types.Project, body=body)

    @endpoint
    def delete(self, project: UUID | str) -> Call[None]:
        """Forget the project here; what lies on its cluster stays there."""
        return Call("DELETE", f"{self._base}/projects/{project}", None)


class OneJob(Noun[Mode]):
    """A job by its id, whichever project it belongs to."""

    @endpoint
    def show(self, job: UUID | str) -> Call[types.Job]:
        """Return a job with its progress."""
        return Call("GET", f"{self._base}/jobs/{job}", types.Job)

    @endpoint
    def cancel(self, job: UUID | str) -> Call[types.Job]:
        """Cancel it: at once where nobody works on it, else as soon as the cluster stops."""
        return Call("POST", f"{self._base}/jobs/{job}/cancel", types.Job)

    @endpoint
    def restart(self, job: UUID | str) -> Call[types.Job]:
        """Queue a job that has fallen silent again."""
        return Call("POST", f"{self._base}/jobs/{job}/restart", types.Job)


class AuditLog(Noun[Mode]):
    """Who did what."""

    @listing
    def list(self) -> Call[types.Page[types.Audit]]:
        """List acts, newest first."""
        return Call("GET", f"{self._base}/audit", types.Page[types.Audit])


class OrganizationScope(Generic[Mode]):
    """One organization's nouns; `project(id)` leads to those of a project."""

    def __init__(self, sender: Sender, slug: str) -> None:
        self.slug = slug
        self._sender = sender
        self._base = base = f"/organizations/{slug}"
        self.members: Members[Mode] = Members(sender, base)
        self.invitations: Invitations[Mode] = Invitations(sender, base)
        self.tokens: Tokens[Mode] = Tokens(sender, base)
        self.clusters: Clusters[Mode] = Clusters(sender, base)
        self.projects: Projects[Mode] = Projects(sender, base)
        self.jobs: OneJob[Mode] = OneJob(sender, base)
        self.recipes: Recipes[Mode] = Recipes(sender, base)
        self.packages: Packages[Mode] = Packages(sender, base)
        self.audit: AuditLog[Mode] = AuditLog(sender, base)

    def project(self, project: UUID | str) -> ProjectScope[Mode]:
        """Return the nouns of one project; nothing is asked yet."""
        return ProjectScope(self._sender, f"{self._base}/projects/{project}")

    def __repr__(self) -> str:
        return f"OrganizationScope({self.slug!r})"
