"""URLs of the worker: pages, the annotation API and the data API."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("worker.people.urls")),
]

handler404 = "common.problems.not_found_view"
handler500 = "common.problems.server_error_view"
