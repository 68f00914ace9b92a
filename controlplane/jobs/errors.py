"""Errors of jobs."""

from __future__ import annotations

from controlplane.lib.errors import Conflict, InvalidRequest


class JobTaken(Conflict):
    """The job does not carry the epoch any more: claimed, cancelled or finished meanwhile."""

    code = "job.taken"
    title = "This job is no longer on offer"


class StaleEpoch(Conflict):
    """Somebody speaks for an attempt that is over."""

    code = "job.stale_epoch"
    title = "This attempt of the job is over"


class JobOver(Conflict):
    """A finished job cannot be changed."""

    code = "job.over"
    title = "This job has already ended"
    what_to_do = "Start a new job."


class JobNotSilent(Conflict):
    """Only a job whose cluster has fallen silent may be started again by hand."""

    code = "job.not_silent"
    title = "This job is still at work"
    what_to_do = "Cancel it first if it should not go on."


class ArgumentsInvalid(InvalidRequest):
    """The arguments do not fit the recipe."""

    code = "job.arguments_invalid"
    title = "The arguments do not fit the recipe"
