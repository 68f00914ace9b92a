"""Addresses of the workbench."""

from django.urls import path

from worker.workbench.api import AnnotateTextsView, RulesTrialView, TryView

urlpatterns = [
    path("api/projects/<uuid:project>/try", TryView.as_view(), name="try-text"),
    path(
        "api/projects/<uuid:project>/annotate",
        AnnotateTextsView.as_view(),
        name="annotate-texts",
    ),
    path("api/assets/<uuid:asset>/patterns/trial", RulesTrialView.as_view(), name="try-rules"),
]
