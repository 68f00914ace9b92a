"""Addresses of the failures page's data."""

from django.urls import path

from worker.jobs.api import FailureView

urlpatterns = [path("api/failures/<uuid:ref>", FailureView.as_view(), name="failure")]
