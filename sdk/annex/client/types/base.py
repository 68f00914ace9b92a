"""What every answer of the API is made on."""

from __future__ import annotations

from typing import Generic, TypeVar

from pydantic import BaseModel, ConfigDict

T = TypeVar("T")


class Answer(BaseModel):
    """Base of every answer."""

    model_config = ConfigDict(frozen=True, extra="ignore", protected_namespaces=())


class Page(Answer, Generic[T]):
    """One page of a list; `next` is the address of the following one."""

    results: list[T]
    next: str | None = None
