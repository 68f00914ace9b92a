"""`/api/assets/{asset}/patterns` and `…/guidelines`: what people write on the cluster itself."""

from __future__ import annotations

from uuid import UUID

from annex.contract.enums import AssetKind
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from common.errors import InvalidRequest
from worker.people.models import What
from worker.store.api import shapes
from worker.store.api.base import StoreView, access_asset, answer, note_read, read_body
from worker.store.assets import labels_by_name
from worker.store.guidelines import read_guidelines, write_guidelines
from worker.store.models import Asset
from worker.store.pattern_checks import Pattern, parse_patterns
from worker.store.patterns import patterns_text, read_patterns, write_patterns


class PatternsView(StoreView):
    """The rules of a patterns asset."""

    @extend_schema(operation_id="patterns", responses={200: shapes.PatternsDetail})
    def get(self, request: Request, asset: UUID) -> Response:
        """Show the patterns, also as the text of a JSONL file."""
        found = access_asset(request, asset, AssetKind.PATTERNS)
        note_read(request, What.RULES_READ, found)
        return answer(describe_patterns(found))

    @extend_schema(
        operation_id="write_patterns",
        request=shapes.PatternsBody,
        responses={200: shapes.PatternsDetail},
    )
    def put(self, request: Request, asset: UUID) -> Response:
        """Check every pattern and store them all, or none."""
        found = access_asset(request, asset, AssetKind.PATTERNS)
        write_patterns(found, patterns_in(read_body(request, shapes.PatternsBody)))
        return answer(describe_patterns(found))


class GuidelinesView(StoreView):
    """The guidelines of a task."""

    @extend_schema(operation_id="guidelines", responses={200: shapes.GuidelinesDetail})
    def get(self, request: Request, asset: UUID) -> Response:
        """Show the guidelines."""
        return answer(describe_guidelines(access_asset(request, asset, AssetKind.GUIDELINES)))

    @extend_schema(
        operation_id="write_guidelines",
        request=shapes.GuidelinesBody,
        responses={200: shapes.GuidelinesDetail},
    )
    def put(self, request: Request, asset: UUID) -> Response:
        """Store the guidelines as their next version."""
        found = access_asset(request, asset, AssetKind.GUIDELINES)
        write_guidelines(found, read_body(request, shapes.GuidelinesBody).markdown)
        return answer(describe_guidelines(found))


def patterns_in(body: shapes.PatternsBody) -> dict[int, Pattern]:
    """Return a body's patterns by line. Raises: InvalidRequest unless it has exactly one form."""
    if (body.patterns is None) == (body.text is None):
        raise InvalidRequest("Send either patterns or text.", field="patterns")
    if body.patterns is None:
        return parse_patterns(body.text or "")
    return dict(enumerate(body.patterns, start=1))


def describe_patterns(asset: Asset) -> shapes.PatternsDetail:
    """Return the asset's patterns in both forms."""
    patterns = read_patterns(asset)
    return shapes.PatternsDetail(
        patterns=patterns,
        text=patterns_text(patterns).decode(),
        version=asset.version,
        labels=list(labels_by_name(asset.project_id)),
    )


def describe_guidelines(asset: Asset) -> shapes.GuidelinesDetail:
    """Return the asset's guidelines with their version."""
    return shapes.GuidelinesDetail(markdown=read_guidelines(asset), version=asset.version)
