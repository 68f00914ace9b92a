"""`/api/assets/{asset}` and what a developer does with it on the Data page."""

from __future__ import annotations

from typing import BinaryIO, cast
from uuid import UUID

from annex.contract.enums import AssetKind, AssetState
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from drf_spectacular.utils import extend_schema
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from common.errors import InvalidRequest
from worker.people.access_log import note_access
from worker.people.authentication import caller_of
from worker.people.models import What
from worker.people.scripts.authentication import ScriptView
from worker.people.scripts.policy import ScriptUse
from worker.store.api import shapes
from worker.store.api.base import StoreView, access_asset, answer, note_read, read_body
from worker.store.assets import (
    confirm_asset,
    labels_by_name,
    pick_file,
    pick_files,
    preview_asset,
    receive_upload,
)
from worker.store.files import FileTooLarge
from worker.store.formats.rows import RowProblem
from worker.store.imports.runs import present_run
from worker.store.models import Asset, BadRow, ImportRun
from worker.store.plans import Plan
from worker.store.preview import Preview, PreviewRow

MULTIPART_BYTES = 64 * 1024
"""What the form around an upload may add to it."""

UPLOAD = {
    "multipart/form-data": {
        "type": "object",
        "properties": {"file": {"type": "string", "format": "binary"}},
        "required": ["file"],
    }
}


class AssetView(ScriptView):
    """One asset as the Data page shows it."""

    script_uses = {"get": ScriptUse.WORK}

    @extend_schema(operation_id="asset", responses={200: shapes.AssetDetail})
    def get(self, request: Request, asset: UUID) -> Response:
        """Show the asset."""
        return answer(describe_asset(access_asset(request, asset)))


class UploadView(ScriptView):
    """A file from the laptop."""

    parser_classes = (MultiPartParser,)
    script_uses = {"post": ScriptUse.WORK}

    @extend_schema(operation_id="upload_asset", request=UPLOAD, responses={200: shapes.AssetDetail})
    def post(self, request: Request, asset: UUID) -> Response:
        """Store the file as the asset's next version, with a guess of its plan.

        Effects: one row in the cluster's access log.
        """
        found = access_asset(request, asset, AssetKind.DATA)
        upload = uploaded_file(request)
        receive_upload(found, cast(BinaryIO, upload), upload.name or "")
        caller = caller_of(request)
        note_access(
            What.DATA_UPLOADED,
            subject=caller.subject_id,
            noun=found.id,
            by_script=caller.by_script,
        )
        return answer(describe_asset(found))


class PickView(StoreView):
    """A file that lies on the cluster already, or many."""

    @extend_schema(
        operation_id="pick_file",
        request=shapes.PickBody,
        responses={200: shapes.AssetDetail},
    )
    def post(self, request: Request, asset: UUID) -> Response:
        """Point the asset at the file, or at all files that match the pattern."""
        found = access_asset(request, asset, AssetKind.DATA)
        body = read_body(request, shapes.PickBody)
        if body.pattern is not None:
            pick_files(found, body.root, body.pattern)
        else:
            pick_file(found, body.root, body.path or "")
        return answer(describe_asset(found))


class PreviewView(StoreView):
    """The first rows under a plan."""

    @extend_schema(
        operation_id="preview_asset",
        request=shapes.PreviewBody,
        responses={200: shapes.PreviewDetail},
    )
    def post(self, request: Request, asset: UUID) -> Response:
        """Show twenty rows, the labels found and what is wrong."""
        found = access_asset(request, asset, AssetKind.DATA)
        plan = read_body(request, shapes.PreviewBody).plan
        preview = preview_asset(found, plan)
        note_read(request, What.DATA_PREVIEWED, found, count=len(preview.rows))
        return answer(describe_preview(preview, plan, found.project_id))


class ConfirmView(ScriptView):
    """The plan as it shall be."""

    script_uses = {"post": ScriptUse.WORK}

    @extend_schema(
        operation_id="confirm_asset",
        request=shapes.ConfirmBody,
        responses={200: shapes.AssetDetail},
    )
    def post(self, request: Request, asset: UUID) -> Response:
        """Make the asset ready; the control plane then starts its import."""
        found = access_asset(request, asset, AssetKind.DATA)
        body = read_body(request, shapes.ConfirmBody)
        confirm_asset(found, body.plan, body.hold_back)
        return answer(describe_asset(found))


class ProblemsView(StoreView):
    """Bad rows by line."""

    @extend_schema(operation_id="asset_problems", responses={200: shapes.BadRowsDetail})
    def get(self, request: Request, asset: UUID) -> Response:
        """List the bad rows of the last import."""
        run = last_run(access_asset(request, asset))
        rows = BadRow.objects.filter(import_run=run) if run else BadRow.objects.none()
        listed = [describe_problem(row) for row in rows]
        return answer(shapes.BadRowsDetail(total=run.bad_rows if run else 0, listed=listed))


def uploaded_file(request: Request) -> UploadedFile[bytes]:
    """Return the upload. Raises: FileTooLarge before the body is read; InvalidRequest."""
    limit = settings.UPLOAD_LIMIT_BYTES
    if int(request.META.get("CONTENT_LENGTH") or 0) > limit + MULTIPART_BYTES:
        raise FileTooLarge(f"It has more than {limit:,} bytes.", field="file")
    upload = request.FILES.get("file")
    if upload is None:
        raise InvalidRequest("A form field named file is needed.", field="file")
    return cast("UploadedFile[bytes]", upload)


def last_run(asset: Asset) -> ImportRun | None:
    """Return the asset's latest import run."""
    return asset.import_runs.order_by("-started_at").first()


def describe_asset(asset: Asset) -> shapes.AssetDetail:
    """Return the asset as the API shows it."""
    run, present = last_run(asset), present_run(asset)
    return shapes.AssetDetail(
        id=asset.id,
        name=asset.name,
        kind=AssetKind(asset.kind),
        state=AssetState(asset.state),
        version=asset.version,
        project=asset.project_id,
        file=describe_file(asset),
        plan=Plan.model_validate(asset.plan) if asset.plan else None,
        hold_back=asset.hold_back,
        max_hold_back=asset.rows,
        roots=sorted(settings.ROOTS),
        problems_count=run.bad_rows if run else 0,
        import_state=shapes.ImportState(present.state) if present else None,
    )


def describe_file(asset: Asset) -> shapes.AssetFile | None:
    """Return what is known of the asset's file, or None without one."""
    if not asset.file_key:
        return None
    return shapes.AssetFile(
        name=asset.file_name,
        root=asset.root or None,
        files=asset.file_count,
        size_bytes=asset.size_bytes,
        rows=asset.rows,
        format=asset.plan["format"] if asset.plan else None,
    )


def describe_preview(preview: Preview, plan: Plan, project_id: UUID) -> shapes.PreviewDetail:
    """Return the preview as the API shows it; labels by falling count."""
    registered = labels_by_name(project_id)
    return shapes.PreviewDetail(
        columns=preview.columns,
        rows=[describe_line(row) for row in preview.rows],
        labels_found=[
            shapes.LabelFound(name=name, count=count, registered=name in registered)
            for name, count in preview.labels.most_common(200)
        ],
        problems=[describe_problem(problem) for problem in preview.problems],
        problems_found=[
            shapes.ProblemsFound(code=code, count=count)
            for code, count in preview.problem_codes.most_common()
        ],
        format=plan.format,
        scanned_rows=preview.scanned,
        total_rows=preview.total_rows,
    )


def describe_problem(problem: RowProblem | BadRow) -> shapes.BadRowDetail:
    """Return a bad row as the API shows it."""
    return shapes.BadRowDetail(
        file=problem.file, line=problem.line, code=problem.code, message=problem.message
    )


def describe_line(shown: PreviewRow) -> shapes.PreviewLine:
    """Return one record of the preview; the text is null where the plan finds none."""
    row = shown.row
    return shapes.PreviewLine(
        file=shown.file,
        line=shown.line,
        cells=shown.cells,
        text=shown.shown_text,
        spans=[
            shapes.PreviewSpan(start=span.start, end=span.end, label=span.label)
            for span in (row.spans or () if row else ())
        ],
        choices=(row.choices or []) if row else [],
        answer=row.verdict if row else None,
        problem=shown.problem,
    )
