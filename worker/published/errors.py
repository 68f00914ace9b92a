"""What publishing, and running what was published, may be refused for."""

from __future__ import annotations

from common.errors import AnnexError, Conflict, Family, Forbidden, InvalidRequest


class PublishingOff(Forbidden):
    """The cluster takes no packages."""

    code = "package.publishing_off"
    title = "This cluster takes no packages of recipes"
    what_to_do = "Ask the cluster's administrator whether it should; ANNEX_PUBLISHING decides."


class BadWheels(InvalidRequest):
    """The uploaded files are not one package and what it needs."""

    code = "package.bad_wheels"
    title = "These files are not a package of recipes"
    what_to_do = "Upload the package's wheel with the wheels of all that it needs."


class PackageChanged(Conflict):
    """A version is here already with other bytes."""

    code = "package.changed"
    title = "This version was published with other content"
    what_to_do = "Raise the package's version and publish it again."


class UnknownPackage(AnnexError):
    """No such package waits or is installed here."""

    code = "package.unknown"
    family = Family.CUSTOMER
    status = 404
    title = "This cluster has no such package"
    what_to_do = "Look at `python -m worker packages list`."


class AnswerRefused(InvalidRequest):
    """The task's recipe found something wrong with an answer; `detail` is in its words."""

    code = "answer.refused"
    title = "The task's recipe does not accept this answer"
    what_to_do = "Change the answer as it says, and save it again."


class NotInstalled(Conflict):
    """The package that a task's recipe is of is not installed here."""

    code = "recipe.not_installed"
    title = "The package of this task's recipe is not installed on this cluster"
    what_to_do = "Publish the package to this cluster."


class OtherDescription(Conflict):
    """What is installed here describes itself otherwise than what the task was made with."""

    code = "recipe.other_digest"
    title = "This cluster has another package under the same name and version"
    what_to_do = "Publish the package anew under a new version and make the task with that."


class NoSuchRecipe(Conflict):
    """The installed package has no such recipe, or one of the other kind."""

    code = "recipe.unknown"
    title = "The installed package has no such recipe of this kind"
    what_to_do = "Publish a version of the package that has it."


class BadArguments(Conflict):
    """The task's arguments do not fit the fields of the installed recipe."""

    code = "recipe.bad_arguments"
    title = "The task's arguments do not fit its recipe"
    what_to_do = "Correct the arguments in the console."


class ArgumentMissing(Conflict):
    """Something that an argument names is not on this cluster, or not of this project."""

    code = "recipe.missing_resource"
    title = "Something that this task's arguments name is not on this cluster"
    what_to_do = "Look at what the arguments name, and make the task anew with what is there."


class StreamFailed(Conflict):
    """A task's recipe failed while it was asked for more examples, and none are left."""

    code = "recipe.failed"
    title = "This task's recipe has failed"
    what_to_do = "Ask whoever develops the project to look at the failure and try again."


class NotProvided(Conflict):
    """An argument asks for what this version of the worker gives to no recipe."""

    code = "recipe.not_provided"
    title = "This worker does not give endpoints to recipes"
    what_to_do = "Leave the argument out, or upgrade the worker."
