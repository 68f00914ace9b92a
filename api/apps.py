"""Django app of the HTTP edge."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Serializers, views and the generated OpenAPI document; no models."""

    name = "api"
    label = "api"
