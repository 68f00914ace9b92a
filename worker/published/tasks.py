"""Doorbells. Each carries an id and may be lost, repeated or late: the rows decide."""

from __future__ import annotations

from uuid import UUID

from celery import shared_task

from worker.published.actions import install_package
from worker.published.drawing import top_up
from worker.published.environments import remove_abandoned_environments
from worker.published.figures import tell_figures
from worker.published.process import remove_abandoned_scratch
from worker.published.sweeping import packages_to_install, streams_to_draw


@shared_task(name="worker.published.install_package")
def install_package_task(package_id: str) -> None:
    """Install a package."""
    install_package(UUID(package_id))


@shared_task(name="worker.published.top_up")
def top_up_task(task_id: str) -> None:
    """Draw a task's next examples; rings again while the queue is still low."""
    if top_up(UUID(task_id)):
        top_up_task.delay(task_id)


@shared_task(name="worker.published.sweep", acks_late=False)
def sweep_task() -> None:
    """Ring again for what waits, tell figures, and clear up after processes that were killed."""
    for package_id in packages_to_install():
        install_package_task.delay(str(package_id))
    for task_id in streams_to_draw():
        top_up_task.delay(str(task_id))
    tell_figures()
    remove_abandoned_scratch()
    remove_abandoned_environments()
