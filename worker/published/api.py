"""`/api/packages`: what developers publish to this cluster, and what became of it."""

from __future__ import annotations

from typing import BinaryIO, cast
from uuid import UUID

from django.conf import settings
from drf_spectacular.utils import extend_schema
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from common.errors import NotFound
from worker.people.access_log import note_access
from worker.people.models import Subject, What
from worker.people.scripts.authentication import ScriptView
from worker.people.scripts.policy import ScriptUse
from worker.published import shapes
from worker.published.access import may_approve, require_publisher
from worker.published.actions import publish_package
from worker.published.models import Package
from worker.published.wheels import ReadWheel, read_wheel
from worker.store.api.base import answer
from worker.store.files import FileTooLarge

MULTIPART_BYTES = 256 * 1024
"""What the form around the wheels may add to them."""

UPLOAD = {
    "multipart/form-data": {
        "type": "object",
        "properties": {
            "wheels": {"type": "array", "items": {"type": "string", "format": "binary"}},
            "name": {"type": "string"},
        },
        "required": ["wheels"],
    }
}


class PackagesView(ScriptView):
    """The packages of this cluster."""

    parser_classes = (MultiPartParser,)
    script_uses = {"get": ScriptUse.WORK, "post": ScriptUse.WORK}

    @extend_schema(operation_id="packages", responses={200: shapes.PackagesDetail})
    def get(self, request: Request) -> Response:
        """List the packages, the newest first."""
        caller = require_publisher(request)
        found = list(Package.objects.order_by("-published_at"))
        names = _names_of(found)
        summaries = [shapes.PackageSummary(**_summary(package, names)) for package in found]
        may = may_approve(caller) and settings.ADMINISTRATION_IN_BROWSER
        return answer(shapes.PackagesDetail(packages=summaries, may_approve=may))

    @extend_schema(
        operation_id="publish_package",
        request=UPLOAD,
        responses={200: shapes.PackageDetail, 201: shapes.PackageDetail},
    )
    def post(self, request: Request) -> Response:
        """Take wheels in, to be installed. The same wheels again are 200 and the same package."""
        actor = require_publisher(request).subject_id
        wheels = uploaded_wheels(request)
        name = request.POST.get("name") or None
        package, created = publish_package(wheels, actor=actor, name=name)
        if created:
            note_access(What.PACKAGE_PUBLISHED, subject=actor, noun=package.id)
        return answer(describe_package(package), status=201 if created else 200)


class PackageView(ScriptView):
    """One package."""

    script_uses = {"get": ScriptUse.WORK}

    @extend_schema(operation_id="package", responses={200: shapes.PackageDetail})
    def get(self, request: Request, package: UUID) -> Response:
        """Show a package with its recipes, its wheels and its log."""
        require_publisher(request)
        found = Package.objects.filter(id=package).first()
        if found is None:
            raise NotFound
        return answer(describe_package(found))


def uploaded_wheels(request: Request) -> list[ReadWheel]:
    """Return the uploaded wheels. Raises: FileTooLarge before the body is read; BadWheels."""
    limit = settings.PACKAGE_BYTES
    if int(request.META.get("CONTENT_LENGTH") or 0) > limit + MULTIPART_BYTES:
        raise FileTooLarge(f"It has more than {limit:,} bytes.", field="wheels")
    files = request.FILES.getlist("wheels")
    return [read_wheel(file.name or "", cast(BinaryIO, file)) for file in files]


def describe_package(package: Package) -> shapes.PackageDetail:
    """Return the package as the API shows it."""
    return shapes.PackageDetail.model_validate(
        _summary(package, _names_of([package]))
        | {
            "description": package.description,
            "wheels": [
                shapes.WheelDetail(file_name=w.file_name, size_bytes=w.size_bytes, sha256=w.sha256)
                for w in package.wheels.order_by("file_name")
            ],
            "log": package.log,
        }
    )


def _summary(package: Package, names: dict[UUID, str]) -> dict[str, object]:
    return {
        "id": package.id,
        "name": package.name,
        "version": package.version,
        "state": Package.State(package.state),
        "digest": package.description_digest or None,
        "published_by": names.get(package.published_by, ""),
        "published_at": package.published_at,
        "approved_by": package.approved_by or None,
        "approved_at": package.approved_at,
    }


def _names_of(packages: list[Package]) -> dict[UUID, str]:
    people = Subject.objects.filter(id__in={package.published_by for package in packages})
    return dict(people.values_list("id", "name"))
