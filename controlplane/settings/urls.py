"""Root URLs of the control plane. All HTTP is in `api`; this page only hands over."""

from django.urls import include, path

urlpatterns = [path("", include("api.urls"))]

handler404 = "common.problems.not_found_view"
handler500 = "common.problems.server_error_view"
