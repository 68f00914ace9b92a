"""How a person likes to work: keys, density, size of the text, colours, language, swipes."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from worker.people.models import Preferences

MAX_KEYS = 64

ActionName = Annotated[str, Field(pattern=r"^[a-z][a-z-]{0,31}$")]
KeyName = Annotated[str, Field(min_length=1, max_length=24, pattern=r"^[^\x00]*$")]


class PreferencesShape(BaseModel):
    """`keymap`: what differs from the app's own keys, action to key. `system`: as the browser."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    keymap: Annotated[dict[ActionName, KeyName], Field(max_length=MAX_KEYS)] = {}
    density: Literal["comfortable", "compact"] = "comfortable"
    text_size: Literal["small", "medium", "large", "largest"] = "medium"
    theme: Literal["system", "light", "dark"] = "system"
    language: Literal["system", "en", "de"] = "system"
    swipe: Literal["on", "off"] = "on"


def preferences_of(subject_id: UUID) -> PreferencesShape:
    """Return what a person chose; the defaults for one who never did."""
    stored = Preferences.objects.filter(subject_id=subject_id).first()
    try:
        return PreferencesShape.model_validate(stored.chosen if stored else {})
    except ValidationError:
        # Written by another version of the app: a wrong colour must not keep anybody out.
        return PreferencesShape()


def save_preferences(subject_id: UUID, chosen: PreferencesShape) -> None:
    """Keep what a person chose in the place of what they chose before."""
    Preferences.objects.update_or_create(
        subject_id=subject_id, defaults={"chosen": chosen.model_dump(mode="json")}
    )
