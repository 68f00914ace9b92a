"""Django app of `worker.training`."""

from django.apps import AppConfig


class TrainingConfig(AppConfig):
    """Train, evaluate, curve and package."""

    name = "worker.training"
    label = "worker_training"
