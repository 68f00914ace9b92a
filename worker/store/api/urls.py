"""Addresses of the Data, rules, guidelines, labels and exports pages' data."""

from django.urls import path

from worker.store.api import assets, definitions, exports, growth, roots, rules

ASSET = "api/assets/<uuid:asset>"
LABELS = "api/projects/<uuid:project>/labels"

urlpatterns = [
    path(ASSET, assets.AssetView.as_view(), name="asset"),
    path(f"{ASSET}/upload", assets.UploadView.as_view(), name="asset-upload"),
    path(f"{ASSET}/pick", assets.PickView.as_view(), name="asset-pick"),
    path(f"{ASSET}/preview", assets.PreviewView.as_view(), name="asset-preview"),
    path(f"{ASSET}/confirm", assets.ConfirmView.as_view(), name="asset-confirm"),
    path(f"{ASSET}/growth", growth.GrowthView.as_view(), name="asset-growth"),
    path(f"{ASSET}/problems", assets.ProblemsView.as_view(), name="asset-problems"),
    path(f"{ASSET}/patterns", rules.PatternsView.as_view(), name="asset-patterns"),
    path(f"{ASSET}/guidelines", rules.GuidelinesView.as_view(), name="asset-guidelines"),
    path(LABELS, definitions.DefinitionsView.as_view(), name="definitions"),
    path(f"{LABELS}/<uuid:label>", definitions.DefinitionView.as_view(), name="definition"),
    path("api/roots/<slug:root>/files", roots.RootFilesView.as_view(), name="root-files"),
    path("api/roots/<slug:root>/matches", roots.RootMatchesView.as_view(), name="root-matches"),
    path("api/exports/<uuid:job>", exports.ExportView.as_view(), name="export"),
    path("api/exports/<uuid:job>/file", exports.ExportFileView.as_view(), name="export-file"),
]
