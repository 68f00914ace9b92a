"""Django app of `worker.predictors`."""

from django.apps import AppConfig


class PredictorsConfig(AppConfig):
    """Anything that turns text into annotations."""

    name = "worker.predictors"
    label = "worker_predictors"
