"""How Python's names become a form's titles and the wire's identifiers."""

from __future__ import annotations

import re

from annex.contract import fields as f
from annex.recipes.arguments import Asset, Dataset, Endpoint, Label, Model, Secret

RESOURCES: dict[type, f.Resource] = {
    Dataset: f.Resource.DATASET,
    Asset: f.Resource.ASSET,
    Model: f.Resource.MODEL,
    Endpoint: f.Resource.ENDPOINT,
    Secret: f.Resource.SECRET,
    Label: f.Resource.LABEL,
}


def title_from(name: str) -> str:
    """Return `MaxLength` or `max_length` as `Max length`."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower().split("_")
    return " ".join(word for word in words if word).capitalize()


def identifier_from(name: str) -> str:
    """Return `MaxLength` as `max_length`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
