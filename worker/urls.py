"""URLs of the worker: pages, the annotation API and the data API."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []

handler404 = "common.problems.not_found_view"
handler500 = "common.problems.server_error_view"
