"""`/api/assets/{asset}/growth`: what was added to an asset's files, and importing it."""

from __future__ import annotations

from uuid import UUID

from annex.contract.enums import AssetKind
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from worker.store.api import shapes
from worker.store.api.assets import describe_asset
from worker.store.api.base import StoreView, access_asset, answer, read_body
from worker.store.assets import count_rows, growth_of, import_again
from worker.store.growth import Change, Growth
from worker.store.plans import Plan

SHOWN_FILES = 20


class GrowthView(StoreView):
    """What is new since the last import."""

    @extend_schema(operation_id="asset_growth", responses={200: shapes.GrowthDetail})
    def get(self, request: Request, asset: UUID) -> Response:
        """Look at the files, and count the rows that are new."""
        found = access_asset(request, asset, AssetKind.DATA)
        growth = growth_of(found)
        plan = Plan.model_validate(found.plan)
        return answer(describe_growth(growth, count_rows(growth.source, plan)))

    @extend_schema(
        operation_id="import_again",
        request=shapes.ImportAgainBody,
        responses={200: shapes.AssetDetail},
    )
    def post(self, request: Request, asset: UUID) -> Response:
        """Import what is new; the control plane then starts the import."""
        found = access_asset(request, asset, AssetKind.DATA)
        import_again(found, whole=read_body(request, shapes.ImportAgainBody).whole)
        return answer(describe_asset(found))


def describe_growth(growth: Growth, rows: int) -> shapes.GrowthDetail:
    """Return the growth as the API shows it."""
    return shapes.GrowthDetail(
        rows=rows,
        size_bytes=growth.new_bytes,
        new_files=growth.counts[Change.NEW],
        grown_files=growth.counts[Change.GROWN],
        rewritten_files=growth.counts[Change.REWRITTEN],
        rewritten=growth.rewritten[:SHOWN_FILES],
    )
