"""What the API answers, noun by noun.

Immutable; a field that a newer server adds is ignored. Vocabularies such as states and roles are
strings, equal to the members of `annex.contract.enums`, so that a new member breaks no script. A
test compares each class with the OpenAPI document, field by field.
"""

from __future__ import annotations

from annex.client.types.base import Answer, Page
from annex.client.types.board import (
    Baseline,
    Board,
    BoardRow,
    BoardSet,
    CurvePoint,
    Evaluation,
    LabelScores,
    Model,
)
from annex.client.types.clusters import Cluster, Health, JoinToken
from annex.client.types.jobs import Job, JobFailure, JobProgress
from annex.client.types.people import (
    Audit,
    DeviceToken,
    Invitation,
    Me,
    Member,
    MyMembership,
    NewDeviceLogin,
    NewToken,
    Organization,
    Token,
)
from annex.client.types.projects import (
    Asset,
    Counts,
    Dataset,
    Label,
    LabelChange,
    Project,
    ProjectMember,
    Scheme,
    Secret,
    Setup,
)
from annex.client.types.tasks import (
    Annotator,
    Predictor,
    PredictorRef,
    Progress,
    Task,
    TaskFigure,
    TaskPackage,
)

__all__ = [
    "Annotator",
    "Answer",
    "Asset",
    "Audit",
    "Baseline",
    "Board",
    "BoardRow",
    "BoardSet",
    "Cluster",
    "Counts",
    "CurvePoint",
    "Dataset",
    "DeviceToken",
    "Evaluation",
    "Health",
    "Invitation",
    "Job",
    "JobFailure",
    "JobProgress",
    "JoinToken",
    "Label",
    "LabelChange",
    "LabelScores",
    "Me",
    "Member",
    "Model",
    "MyMembership",
    "NewDeviceLogin",
    "NewToken",
    "Organization",
    "Page",
    "Predictor",
    "PredictorRef",
    "Progress",
    "Project",
    "ProjectMember",
    "Scheme",
    "Secret",
    "Setup",
    "Task",
    "TaskFigure",
    "TaskPackage",
    "Token",
]
