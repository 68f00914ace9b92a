"""Addresses of packages, texts and streams."""

from django.urls import path

from worker.published import api, secret_api, task_api

urlpatterns = [
    path("api/packages", api.PackagesView.as_view(), name="packages"),
    path("api/packages/<uuid:package>", api.PackageView.as_view(), name="package"),
    path("api/projects/<uuid:project>/texts", task_api.TextsView.as_view(), name="texts"),
    path(
        "api/projects/<uuid:project>/secrets/<uuid:secret>",
        secret_api.SecretView.as_view(),
        name="secret",
    ),
    path("api/tasks/<uuid:task>/stream", task_api.StreamView.as_view(), name="stream"),
]
