"""URLs of the control plane's HTTP edge."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("link/v1/", include("api.link.urls")),
]
