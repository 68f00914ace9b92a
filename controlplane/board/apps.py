"""Django app of `controlplane.board`."""

from importlib import import_module

from django.apps import AppConfig


class BoardConfig(AppConfig):
    """Models, evaluations and learning curves."""

    name = "controlplane.board"
    label = "board"

    def ready(self) -> None:
        """Register the event handlers."""
        # It registers what clusters' events do here.
        import_module("controlplane.board.events")
