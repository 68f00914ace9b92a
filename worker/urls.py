"""URLs of the worker: pages, the annotation API and the data API."""

from django.urls import URLPattern, URLResolver, include, path

from worker.store.api.schema import SchemaView

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("worker.people.urls")),
    path("", include("worker.people.scripts.urls")),
    path("", include("worker.annotate.urls")),
    path("", include("worker.store.api.urls")),
    path("", include("worker.training.urls")),
    path("", include("worker.workbench.urls")),
    path("", include("worker.jobs.urls")),
    path("", include("worker.published.urls")),
    path("", include("worker.oversight.urls")),
    path("api/schema", SchemaView.as_view(), name="schema"),
]

handler404 = "common.problems.not_found_view"
handler500 = "common.problems.server_error_view"
