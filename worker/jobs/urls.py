"""Addresses of what became of jobs."""

from django.urls import path

from worker.jobs.api import FailureView, JobLogView

urlpatterns = [
    path("api/failures/<uuid:ref>", FailureView.as_view(), name="failure"),
    path("api/jobs/<uuid:job>/log", JobLogView.as_view(), name="job-log"),
]
