"""Addresses of the data of the pages on models and evaluations."""

from django.urls import path

from worker.training.api import ModelView, WheelView
from worker.training.comparison_api import ComparisonView, RivalsView
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
    path(
        "api/evaluations/<uuid:evaluation>/rivals", RivalsView.as_view(), name="evaluation-rivals"
    ),
    path(
        "api/evaluations/<uuid:evaluation>/against/<uuid:other>",
        ComparisonView.as_view(),
        name="evaluation-against",
    ),
]
