"""URLs of the control plane's HTTP edge."""

from django.urls import URLPattern, URLResolver, include, path, re_path

from api.authorize import AuthorizeView
from api.console import ConsoleView
from api.schema import SchemaView

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/schema", SchemaView.as_view(), name="schema"),
    path("api/v1/", include("api.v1.urls")),
    path("link/v1/", include("api.link.urls")),
    path("authorize", AuthorizeView.as_view(), name="authorize"),
    path("_allauth/", include("allauth.headless.urls")),
    # Addresses of scripts and files get a 404 problem rather than a page.
    re_path(
        r"^(?!api/|link/|_allauth/|assets/|static/)(?P<path>.*)$",
        ConsoleView.as_view(),
        name="console",
    ),
]
