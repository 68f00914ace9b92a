"""Addresses of the workbench."""

from django.urls import path

from worker.workbench.api import RulesTrialView, TryView

urlpatterns = [
    path("api/projects/<uuid:project>/try", TryView.as_view(), name="try-text"),
    path("api/assets/<uuid:asset>/patterns/trial", RulesTrialView.as_view(), name="try-rules"),
]
