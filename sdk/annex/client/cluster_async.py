"""The cluster for asyncio, as far as a program that asks predictors needs it.

async with AsyncClusterClient("https://annotate.example.org", token="anw_…") as cluster:
    said = await cluster.annotate(project_id, {"kind": "model", "id": model_id}, ["A text."])
"""

from __future__ import annotations

from collections.abc import Sequence
from types import TracebackType
from typing import Any, Self, TypeVar
from uuid import UUID

import httpx
from pydantic import BaseModel

from annex.client.calls import Call, read
from annex.client.cluster import TIMEOUT, cluster_origin
from annex.client.cluster_predictions import (
    AnnotatedTexts,
    AnyPredictor,
    calls_to_annotate,
    joined,
)
from annex.client.cluster_types import ScriptOwner

A = TypeVar("A", bound=BaseModel)


class AsyncClusterClient:
    """One cluster, as a script of one person sees it. See `annex.client.cluster.ClusterClient`."""

    def __init__(self, base_url: str, token: str) -> None:
        # No redirects: the token goes to the host that was named and to no other.
        self._http = httpx.AsyncClient(
            base_url=cluster_origin(base_url),
            headers={"Accept": "application/json", "Authorization": f"Bearer {token}"},
            timeout=TIMEOUT,
            follow_redirects=False,
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def whoami(self) -> ScriptOwner:
        """Return whose script this is."""
        return await self.send("GET", "/api/script-token", ScriptOwner)

    async def annotate(
        self, project: UUID | str, predictor: AnyPredictor, texts: Sequence[str]
    ) -> AnnotatedTexts:
        """Return what a predictor says of each text. Raises: BadInput for a text."""
        return joined(
            [
                await self.send(call.method, call.path, call.answer, call.body)
                for call in calls_to_annotate(project, predictor, texts)
            ]
        )

    async def send(self, method: str, path: str, answer: type[A], body: Any = None) -> A:
        """Return what an address of the cluster answers, read as `answer`."""
        call: Call[A] = Call(method, path, answer)
        try:
            response = await self._http.request(method, path, json=body)
        except httpx.TransportError as error:
            return read(call, error)
        return read(call, response)
