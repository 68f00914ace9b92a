"""Addresses of the data of the pages on models and evaluations."""

from django.urls import path

from worker.training.api import ModelView, WheelView
from worker.training.evaluation_api import EvaluationView, MistakesView

urlpatterns = [
    path("api/models/<uuid:model>", ModelView.as_view(), name="model"),
    path("api/models/<uuid:model>/wheel", WheelView.as_view(), name="model-wheel"),
    path("api/evaluations/<uuid:evaluation>", EvaluationView.as_view(), name="evaluation"),
    path(
        "api/evaluations/<uuid:evaluation>/mistakes",
        MistakesView.as_view(),
        name="evaluation-mistakes",
    ),
]
