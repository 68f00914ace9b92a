"""`/api/packages/{package}/approve`: let a package that waits be installed."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from common.errors import NotFound
from worker.oversight.base import OversightView, answer
from worker.people.access_log import note_access
from worker.people.administration import check_in_browser
from worker.people.authentication import session_of
from worker.people.models import Session, What
from worker.published.actions import approve_package
from worker.published.api import describe_package
from worker.published.models import Package
from worker.published.shapes import PackageDetail


class ApprovePackageView(OversightView):
    """An approval."""

    @extend_schema(operation_id="approve_package", request=None, responses={200: PackageDetail})
    def post(self, request: Request, package: UUID) -> Response:
        """Let the package be installed. Effects: a row in the access log."""
        check_in_browser()
        return answer(describe_package(_approve(session_of(request), package)))


@transaction.atomic
def _approve(administrator: Session, package_id: UUID) -> Package:
    waiting = Package.objects.filter(id=package_id).first()
    if waiting is None:
        raise NotFound
    approved = approve_package(waiting.name, waiting.version, by=administrator.subject.name)
    note_access(What.PACKAGE_APPROVED, subject=administrator.subject_id, noun=approved.id)
    return approved
