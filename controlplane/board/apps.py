"""Django app of `controlplane.board`."""

from django.apps import AppConfig


class BoardConfig(AppConfig):
    """Models, evaluations and learning curves."""

    name = "controlplane.board"
    label = "board"
