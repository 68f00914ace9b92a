"""Addresses of the models page's data."""

from django.urls import path

from worker.training.api import ModelView, WheelView

urlpatterns = [
    path("api/models/<uuid:model>", ModelView.as_view(), name="model"),
    path("api/models/<uuid:model>/wheel", WheelView.as_view(), name="model-wheel"),
]
