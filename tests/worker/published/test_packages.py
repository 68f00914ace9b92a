"""Publishing over HTTP: who may, what is taken, and what becomes of it."""

from __future__ import annotations

import json
import shutil
import threading
from pathlib import Path
from typing import Any

import pytest
from annex.contract.enums import Role
from annex.contract.published import RecipePackage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings
from typer.testing import CliRunner

from tests.worker.cast import make_stage, sign_in
from tests.worker.published.conftest import ACTOR, House
from worker.published import environments
from worker.published.actions import install_package, publish_package
from worker.published.environments import environment_of, environments_root
from worker.published.models import Package, Wheel
from worker.store.files import FileMissing, stored_files

POLITE = "polite_recipes"


@pytest.fixture
def dev(db: None) -> Client:
    stage = make_stage()
    return sign_in(stage.person("Dev", Role.DEVELOPER), {stage.project.id: Role.DEVELOPER})


def uploads(house: House, **choice: Any) -> list[SimpleUploadedFile]:
    wheels = house.wheels(POLITE, **choice)
    return [SimpleUploadedFile(wheel.file_name, wheel.stream.read()) for wheel in wheels]


def publish(client: Client, files: list[SimpleUploadedFile], **form: str) -> Any:
    return client.post("/api/packages", {"wheels": files, **form})


def test_wheels_become_an_installed_package(
    dev: Client, house: House, cluster: Settings, tmp_path: Path
) -> None:
    cluster.LOCAL_FOLDER = tmp_path
    published = publish(dev, uploads(house))
    assert published.status_code == 201, published.content
    told = published.json()
    assert (told["name"], told["version"], told["state"]) == (
        "polite-recipes",
        "1.0.0",
        "installing",
    )
    install_package(Package.objects.get().id)
    shown = dev.get(f"/api/packages/{told['id']}").json()
    assert shown["state"] == "installed", shown["log"]
    assert "Successfully installed" in shown["log"]
    assert shown["published_by"] == "Dev"
    description = RecipePackage.model_validate(shown["description"])
    assert [recipe.name for recipe in description.recipes] == ["polite.letters", "polite.replies"]
    assert shown["digest"] == description.digest()
    listed = dev.get("/api/packages").json()["packages"]
    assert [(row["name"], row["state"]) for row in listed] == [("polite-recipes", "installed")]
    assert "wheels" not in listed[0]


def test_the_same_again_is_the_same_and_other_bytes_are_refused(dev: Client, house: House) -> None:
    first = publish(dev, uploads(house))
    again = publish(dev, uploads(house))
    assert (again.status_code, again.json()["id"]) == (200, first.json()["id"])
    fewer = publish(dev, uploads(house, without="polite_words"))
    assert (fewer.status_code, fewer.json()["code"]) == (409, "package.changed")
    assert Package.objects.count() == 1


def test_what_lacks_a_wheel_is_refused_and_may_come_again_whole(
    house: House, db: None, cluster: Settings, tmp_path: Path
) -> None:
    cluster.LOCAL_FOLDER = tmp_path
    lacking, _ = publish_package(house.wheels(POLITE, without="polite_words"), actor=ACTOR)
    install_package(lacking.id)
    lacking.refresh_from_db()
    assert lacking.state == "refused"
    assert "polite-words" in lacking.log
    assert list(environments_root().glob("*/")) == [], "nothing half-made is left"
    keys = list(lacking.wheels.values_list("file_key", flat=True))
    whole, created = publish_package(house.wheels(POLITE), actor=ACTOR)
    assert created
    assert Package.objects.get() == whole
    with pytest.raises(FileMissing):
        stored_files().open(keys[0])


def test_of_two_that_want_an_environment_one_makes_it(
    house: House, db: None, cluster: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cluster.LOCAL_FOLDER = tmp_path
    package = house.publish(POLITE)
    wheels = list(package.wheels.all())
    monkeypatch.setattr(environments, "fetch_wheels", lambda _, house: copy_wheels(wheels, house))
    found: list[environments.Environment] = []
    threads = [
        threading.Thread(target=lambda: found.append(environment_of(package))) for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({environment.folder for environment in found}) == 1
    assert sum(bool(environment.log) for environment in found) == 1
    assert [path.name for path in environments_root().glob("*/")] == [found[0].folder.name]


def copy_wheels(wheels: list[Wheel], house: Path) -> None:
    for wheel in wheels:
        shutil.copyfile(stored_files().path(wheel.file_key), house / wheel.file_name)


def bad_uploads(house: House) -> dict[str, list[SimpleUploadedFile]]:
    whole = uploads(house)
    polite = next(file for file in whole if str(file.name).startswith(POLITE))
    return {
        "no files": [],
        "no recipes": uploads(house, without=POLITE),
        "not a wheel's name": [SimpleUploadedFile("polite.tar.gz", b"x")],
        "not a wheel": [SimpleUploadedFile("polite_recipes-1.0.0-py3-none-any.whl", b"x")],
        "one twice": [polite, polite],
    }


def test_what_is_not_a_package_is_refused(dev: Client, house: House) -> None:
    for why, files in bad_uploads(house).items():
        refused = publish(dev, files)
        assert (refused.status_code, refused.json()["code"]) == (400, "package.bad_wheels"), why
    assert not Package.objects.exists()


def test_more_bytes_than_allowed_are_not_read(
    dev: Client, house: House, settings: Settings
) -> None:
    settings.PACKAGE_BYTES = 10
    assert publish(dev, uploads(house)).json()["code"] == "file.too_large"
    assert not Wheel.objects.exists()


def test_a_cluster_may_take_none(dev: Client, house: House, settings: Settings) -> None:
    settings.PUBLISHING = "off"
    refused = publish(dev, uploads(house))
    assert (refused.status_code, refused.json()["code"]) == (403, "package.publishing_off")


def test_a_cluster_may_ask_its_administrator_first(
    dev: Client, house: House, settings: Settings
) -> None:
    settings.PUBLISHING = "approve"
    assert publish(dev, uploads(house)).json()["state"] == "waiting"
    package = Package.objects.get()
    install_package(package.id)
    package.refresh_from_db()
    assert package.state == "waiting", "no ring installs what nobody has approved"

    from worker.published.cli import app

    run = CliRunner().invoke
    assert json.loads(run(app, ["list", "--json"]).output)["state"] == "waiting"
    assert "polite_words-1.0.0" in run(app, ["show", "polite-recipes", "1.0.0"]).output
    assert run(app, ["approve", "polite-recipes", "2.0.0"]).exit_code != 0
    assert run(app, ["approve", "polite-recipes", "1.0.0"]).exit_code == 0
    install_package(package.id)
    package.refresh_from_db()
    assert package.state == "installed"
    assert package.approved_by
