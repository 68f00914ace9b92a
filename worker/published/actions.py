"""Publishing: wheels in, an installed and described package out."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID, uuid4

from annex.contract.published import RecipePackage
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from pydantic import ValidationError

from common.database.locks import only_one
from worker.published.environments import (
    LOG_CHARACTERS,
    Environment,
    InstallFailed,
    environment_of,
    run_fenced,
)
from worker.published.errors import PackageChanged, PublishingOff, UnknownPackage
from worker.published.following import follow_package
from worker.published.models import Package, Wheel
from worker.published.process import Scratch, recipe_limits
from worker.published.ringing import ring_install
from worker.published.wheels import ReadWheel, digest_of_wheels, package_among
from worker.store.files import stored_files


def publish_package(
    wheels: Sequence[ReadWheel], *, actor: UUID, name: str | None = None
) -> tuple[Package, bool]:
    """Take a package in, to be installed at once or after an administrator has approved it.

    Args:     name: which of the wheels is the package, where several of them have recipes.
    Returns:  the package, and whether it is new; the same wheels again are the same package.
    Effects:  what could not be installed may be published anew, with other wheels too.
    Raises:   PublishingOff, BadWheels, PackageChanged (all customer).
    """
    if settings.PUBLISHING == "off":
        raise PublishingOff
    name, version = package_among(wheels, name)
    digest = digest_of_wheels((wheel.file_name, wheel.sha256) for wheel in wheels)
    present = Package.objects.filter(name=name, version=version).first()
    if present and present.digest == digest:
        _try_again(present)
        return present, False
    if present and present.state != Package.State.REFUSED:
        raise PackageChanged
    package = Package(name=name, version=version, digest=digest, published_by=actor)
    package.state = _first_state()
    _store(package, wheels, in_place_of=present)
    return package, True


def approve_package(name: str, version: str, *, by: str) -> Package:
    """Let a waiting package be installed. Raises: UnknownPackage (customer)."""
    with transaction.atomic():
        waiting = Package.objects.select_for_update().filter(
            name=name, version=version, state=Package.State.WAITING
        )
        package = waiting.first()
        if package is None:
            raise UnknownPackage
        package.state = Package.State.INSTALLING
        package.approved_by, package.approved_at = by[:64], timezone.now()
        package.save(update_fields=["state", "approved_by", "approved_at"])
        ring_install(package.id)
    return package


def install_package(package_id: UUID) -> None:
    """Install and describe a package that is to be. Effects: tasks that name it follow.

    Nothing happens when another process is at it, or it is not to be installed: a late ring.
    """
    with only_one("package", package_id) as is_mine:
        waiting = Package.objects.filter(id=package_id, state=Package.State.INSTALLING)
        package = waiting.first() if is_mine else None
        if package is not None:
            _install(package)


def _install(package: Package) -> None:
    try:
        environment = environment_of(package)
        described, said = describe(package, environment)
    except InstallFailed as failed:
        _settle(package, Package.State.REFUSED, failed.log)
        return
    package.description = described.model_dump(mode="json")
    package.description_digest = described.digest()
    _settle(package, Package.State.INSTALLED, environment.log + said)


def describe(package: Package, environment: Environment) -> tuple[RecipePackage, str]:
    """Return what the installed package says of its recipes, and what else it printed.

    Raises: InstallFailed.
    """
    python = str(environment.folder / "bin" / "python")
    scratch = Scratch()
    try:
        said = run_fenced(
            [python, "-I", "-m", "annex.recipes.describe", package.name],
            folder=scratch.folder,
            readable=[environment.folder],
            limits=recipe_limits(),
        )
    finally:
        scratch.remove()
    rest, _, last = said.rstrip().rpartition("\n")
    try:
        described = RecipePackage.model_validate_json(last)
    except ValidationError:
        raise InstallFailed(f"{said}\nThis is not a description of recipes.") from None
    if (described.name, described.version) != (package.name, package.version):
        raise InstallFailed(f"{said}\nThe description is of another package.")
    return described, rest


def _first_state() -> Package.State:
    is_approved = settings.PUBLISHING == "allowed"
    return Package.State.INSTALLING if is_approved else Package.State.WAITING


def _try_again(package: Package) -> None:
    refused = Package.objects.filter(id=package.id, state=Package.State.REFUSED)
    if refused.update(state=_first_state()):
        package.refresh_from_db()
    ring_install(package.id)


def _store(package: Package, wheels: Sequence[ReadWheel], *, in_place_of: Package | None) -> None:
    """Store files first and rows after, so that no row is without its file."""
    rows = []
    for wheel in wheels:
        key = f"packages/{uuid4()}.whl"
        written = stored_files().put(key, wheel.stream, max_bytes=settings.PACKAGE_BYTES)
        row = Wheel(package=package, file_name=wheel.file_name, file_key=key)
        row.size_bytes, row.sha256 = written.size_bytes, written.sha256
        rows.append(row)
    former = list(in_place_of.wheels.values_list("file_key", flat=True)) if in_place_of else []
    try:
        with transaction.atomic():
            if in_place_of:
                in_place_of.delete()
            package.save(force_insert=True)
            Wheel.objects.bulk_create(rows)
            ring_install(package.id)
    except IntegrityError:
        former = [row.file_key for row in rows]
        raise PackageChanged("Somebody published this version at the same time.") from None
    finally:
        for key in former:
            stored_files().delete(key)


def _settle(package: Package, state: Package.State, log: str) -> None:
    package.state, package.log = state, log[-LOG_CHARACTERS:].replace("\0", "")
    package.settled_at = timezone.now()
    fields = ["state", "log", "settled_at", "description", "description_digest"]
    with transaction.atomic():
        package.save(update_fields=fields)
        follow_package(package)
