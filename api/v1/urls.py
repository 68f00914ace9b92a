"""URLs of the REST API. Every name is declared, with who may do what, in tests/isolation."""

from django.urls import URLPattern, path

from api.v1.assets import AssetsView, AssetView
from api.v1.audit import AuditView
from api.v1.board import BoardView
from api.v1.clusters import ClustersView, ClusterView, ConfirmView, JoinTokenView
from api.v1.datasets import DatasetsView
from api.v1.device_logins import (
    DeviceLoginApproveView,
    DeviceLoginRefuseView,
    DeviceLoginsView,
    DeviceLoginView,
    DeviceTokenView,
)
from api.v1.evaluations import EvaluationsView
from api.v1.invitations import (
    InvitationAcceptView,
    InvitationPreviewView,
    InvitationsView,
    InvitationView,
)
from api.v1.jobs import JobCancelView, JobRestartView, JobsView, JobView
from api.v1.label_changes import (
    LabelChangeApplyView,
    LabelChangesView,
    LabelChangeUndoView,
    LabelChangeView,
)
from api.v1.labels import LabelsView
from api.v1.me import MeView
from api.v1.members import MembersView, MemberView
from api.v1.models import ModelsView, ModelView
from api.v1.organizations import OrganizationsView
from api.v1.packages import PackagesView
from api.v1.predictors import PredictorsView
from api.v1.project_members import ProjectMembersView, ProjectMemberView
from api.v1.projects import OneProjectView, ProjectsView
from api.v1.recipes import RecipesView
from api.v1.secrets import SecretsView, SecretView
from api.v1.tasks import TasksView, TaskView
from api.v1.tokens import TokensView, TokenView

ORGANIZATION = "organizations/<slug:organization>"
PROJECT = f"{ORGANIZATION}/projects/<uuid:project>"

urlpatterns: list[URLPattern] = [
    path("me", MeView.as_view(), name="me"),
    path("organizations", OrganizationsView.as_view(), name="organizations"),
    path("invitations/<str:token>", InvitationPreviewView.as_view(), name="invitation-preview"),
    path(
        "invitations/<str:token>/accept", InvitationAcceptView.as_view(), name="invitation-accept"
    ),
    path("device-logins", DeviceLoginsView.as_view(), name="device-logins"),
    path("device-logins/token", DeviceTokenView.as_view(), name="device-login-token"),
    path("device-logins/<str:user_code>", DeviceLoginView.as_view(), name="device-login"),
    path(
        "device-logins/<str:user_code>/refuse",
        DeviceLoginRefuseView.as_view(),
        name="device-login-refuse",
    ),
    path(
        f"{ORGANIZATION}/device-logins/<str:user_code>/approve",
        DeviceLoginApproveView.as_view(),
        name="device-login-approve",
    ),
    path(f"{ORGANIZATION}/members", MembersView.as_view(), name="members"),
    path(f"{ORGANIZATION}/members/<uuid:member>", MemberView.as_view(), name="member"),
    path(f"{ORGANIZATION}/invitations", InvitationsView.as_view(), name="invitations"),
    path(
        f"{ORGANIZATION}/invitations/<uuid:invitation>",
        InvitationView.as_view(),
        name="invitation",
    ),
    path(f"{ORGANIZATION}/tokens", TokensView.as_view(), name="tokens"),
    path(f"{ORGANIZATION}/tokens/<uuid:token>", TokenView.as_view(), name="token"),
    path(f"{ORGANIZATION}/clusters", ClustersView.as_view(), name="clusters"),
    path(f"{ORGANIZATION}/clusters/<uuid:cluster>", ClusterView.as_view(), name="cluster"),
    path(
        f"{ORGANIZATION}/clusters/<uuid:cluster>/join-token",
        JoinTokenView.as_view(),
        name="cluster-join-token",
    ),
    path(
        f"{ORGANIZATION}/clusters/<uuid:cluster>/confirm",
        ConfirmView.as_view(),
        name="cluster-confirm",
    ),
    path(
        f"{ORGANIZATION}/clusters/<uuid:cluster>/packages", PackagesView.as_view(), name="packages"
    ),
    path(f"{ORGANIZATION}/recipes", RecipesView.as_view(), name="recipes"),
    path(f"{ORGANIZATION}/projects", ProjectsView.as_view(), name="projects"),
    path(PROJECT, OneProjectView.as_view(), name="project"),
    path(f"{PROJECT}/members", ProjectMembersView.as_view(), name="project-members"),
    path(f"{PROJECT}/members/<uuid:member>", ProjectMemberView.as_view(), name="project-member"),
    path(f"{PROJECT}/labels", LabelsView.as_view(), name="labels"),
    path(f"{PROJECT}/label-changes", LabelChangesView.as_view(), name="label-changes"),
    path(f"{PROJECT}/label-changes/<uuid:change>", LabelChangeView.as_view(), name="label-change"),
    path(
        f"{PROJECT}/label-changes/<uuid:change>/apply",
        LabelChangeApplyView.as_view(),
        name="label-change-apply",
    ),
    path(
        f"{PROJECT}/label-changes/<uuid:change>/undo",
        LabelChangeUndoView.as_view(),
        name="label-change-undo",
    ),
    path(f"{PROJECT}/assets", AssetsView.as_view(), name="assets"),
    path(f"{PROJECT}/assets/<uuid:asset>", AssetView.as_view(), name="asset"),
    path(f"{PROJECT}/datasets", DatasetsView.as_view(), name="datasets"),
    path(f"{PROJECT}/secrets", SecretsView.as_view(), name="secrets"),
    path(f"{PROJECT}/secrets/<uuid:secret>", SecretView.as_view(), name="secret"),
    path(f"{PROJECT}/tasks", TasksView.as_view(), name="tasks"),
    path(f"{PROJECT}/tasks/<uuid:task>", TaskView.as_view(), name="task"),
    path(f"{PROJECT}/jobs", JobsView.as_view(), name="jobs"),
    path(f"{ORGANIZATION}/jobs/<uuid:job>", JobView.as_view(), name="job"),
    path(f"{ORGANIZATION}/jobs/<uuid:job>/cancel", JobCancelView.as_view(), name="job-cancel"),
    path(f"{ORGANIZATION}/jobs/<uuid:job>/restart", JobRestartView.as_view(), name="job-restart"),
    path(f"{PROJECT}/predictors", PredictorsView.as_view(), name="predictors"),
    path(f"{PROJECT}/models", ModelsView.as_view(), name="models"),
    path(f"{PROJECT}/models/<uuid:model>", ModelView.as_view(), name="model"),
    path(f"{PROJECT}/evaluations", EvaluationsView.as_view(), name="evaluations"),
    path(f"{PROJECT}/board", BoardView.as_view(), name="board"),
    path(f"{ORGANIZATION}/audit", AuditView.as_view(), name="audit"),
]
