"""What carries text goes straight to the cluster that holds it, never through the control plane.

cluster = ClusterClient("https://annotate.example.org")
login = cluster.begin_login("my laptop")
print(login.verification_url, login.user_code)
cluster = ClusterClient("https://annotate.example.org", cluster.wait_for_login(login).token)
cluster.push_asset(asset_id, Path("rows.jsonl"), confirm=True)
"""

from __future__ import annotations

import ipaddress
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar
from urllib.parse import urlsplit
from uuid import UUID

import httpx
from pydantic import BaseModel

from annex.client.calls import Call, read
from annex.client.cluster_predictions import (
    AnnotatedTexts,
    AnyPredictor,
    calls_to_annotate,
    joined,
)
from annex.client.cluster_types import (
    ClusterAsset,
    DeviceLogin,
    ExportInfo,
    FailureLog,
    JobLog,
    ModelInfo,
    Polled,
    SavedFile,
    ScriptLogin,
    ScriptOwner,
)
from annex.client.transfers import OnBytes, TransferCut, opened, place_for, save
from annex.errors import BadInput, NotFound, Problem, Unreachable

A = TypeVar("A", bound=BaseModel)
TIMEOUT = httpx.Timeout(60.0, connect=10.0, read=300.0)
"""A large upload is answered when the cluster has stored it."""
ARRIVAL_SECONDS = 15.0
ARRIVAL_STEP_SECONDS = 0.5


class NotPackaged(BadInput):
    """The model has no wheel yet."""

    code = "client.not_packaged"
    title = "This model has not been packaged"
    what_to_do = "Run a package job for it first."


class LoginRanOut(BadInput):
    """Nobody let the laptop in while its code was good."""

    code = "client.login_ran_out"
    title = "Nobody has let this laptop in"
    what_to_do = "Begin again, and open the address within ten minutes."


class ClusterClient:
    """One cluster, as a script of one person sees it.

    Args:   base_url: the cluster's origin; http only on this machine itself.
            token: `anw_…` from a login; without it one can only begin a login.
    Raises: every method Problem (a refusal, with its code), Unreachable, UnexpectedAnswer.
    """

    def __init__(self, base_url: str, token: str | None = None) -> None:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        # No redirects: the token goes to the host that was named and to no other.
        self._http = httpx.Client(
            base_url=cluster_origin(base_url),
            headers={"Accept": "application/json"} | headers,
            timeout=TIMEOUT,
            follow_redirects=False,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def begin_login(self, laptop: str) -> DeviceLogin:
        """Ask to be let in. Args: laptop: what the person is told it is called."""
        return self.send("POST", "/api/device-logins", DeviceLogin, {"laptop": laptop})

    def poll_login(self, login: DeviceLogin) -> ScriptLogin | None:
        """Return the login once somebody has let it in, None while nobody has decided."""
        code = {"device_code": login.device_code}
        polled = self.send("POST", "/api/device-logins/token", Polled, code)
        if polled.token is None:
            return None
        return ScriptLogin.model_validate(polled.model_dump())

    def wait_for_login(
        self, login: DeviceLogin, *, sleep: Callable[[float], None] = time.sleep
    ) -> ScriptLogin:
        """Poll until somebody has decided.

        Raises: LoginRanOut; Problem `device_login.refused`.
        """
        waited = 0.0
        while waited < login.expires_in_seconds:
            pause = float(login.interval_seconds)
            try:
                if done := self.poll_login(login):
                    return done
            except Unreachable:
                pause *= 2
            except Problem as problem:
                if problem.retry_after_seconds is None:
                    raise
                pause += problem.retry_after_seconds
            sleep(pause)
            waited += pause
        raise LoginRanOut()

    def whoami(self) -> ScriptOwner:
        """Return whose script this is."""
        return self.send("GET", "/api/script-token", ScriptOwner)

    def sign_out(self) -> None:
        """End the token."""
        self.end("/api/script-token")

    def asset(self, asset: UUID | str) -> ClusterAsset:
        """Return an asset that was named in the console or with the control plane's client."""
        return self.send("GET", f"/api/assets/{asset}", ClusterAsset)

    def push_asset(
        self,
        asset: UUID | str,
        path: Path,
        *,
        confirm: bool = False,
        hold_back: int = 0,
        may_overlap: bool = False,
        on_bytes: OnBytes | None = None,
    ) -> ClusterAsset:
        """Upload a file as the next version of a data asset.

        Args:   confirm: also have it imported as the cluster guesses it is to be read; otherwise
                somebody looks at it on the Data page first. hold_back: inputs for evaluation.
                may_overlap: spans that share text are no mistake.
        Raises: TransferCut; BadInput when the file cannot be read.
        """
        # Who may not is told before the bytes are sent, not after.
        once_known(lambda: self.asset(asset))
        with opened(path, on_bytes) as file:
            files = {"file": (path.name, file, "application/octet-stream")}
            pushed = self.send("POST", f"/api/assets/{asset}/upload", ClusterAsset, files=files)
        size = path.stat().st_size
        if pushed.file is None or pushed.file.size_bytes != size:
            raise TransferCut(f"{path} has {size:,} bytes, and the cluster has another number.")
        if not confirm:
            return pushed
        guessed = (pushed.plan or {}) | ({"may_overlap": True} if may_overlap else {})
        plan = {"plan": guessed, "hold_back": hold_back}
        return self.send("POST", f"/api/assets/{asset}/confirm", ClusterAsset, plan)

    def export(self, job: UUID | str) -> ExportInfo:
        """Return what an export job wrote."""
        return self.send("GET", f"/api/exports/{job}", ExportInfo)

    def pull_export(
        self,
        job: UUID | str,
        target: Path,
        *,
        overwrite: bool = False,
        on_bytes: OnBytes | None = None,
    ) -> SavedFile:
        """Download what an export job wrote, to a file or into a folder.

        Raises: TransferCut, with nothing kept; BadInput when something lies there.
        """
        info = self.export(job)
        place = place_for(target, info.file_name, overwrite=overwrite)
        with self._stream(f"/api/exports/{job}/file") as response:
            return save(response, place, size_bytes=info.size_bytes, on_bytes=on_bytes)

    def model(self, model: UUID | str) -> ModelInfo:
        """Return a trained model."""
        return self.send("GET", f"/api/models/{model}", ModelInfo)

    def pull_model(
        self,
        model: UUID | str,
        target: Path,
        *,
        overwrite: bool = False,
        on_bytes: OnBytes | None = None,
    ) -> SavedFile:
        """Download a model's wheel, to a file or into a folder; `pip install` takes it.

        Raises: NotPackaged; TransferCut, with nothing kept; BadInput when something lies there.
        """
        wheel = self.model(model).wheel
        if wheel is None:
            raise NotPackaged()
        place = place_for(target, wheel.file_name, overwrite=overwrite)
        with self._stream(f"/api/models/{model}/wheel") as response:
            return save(response, place, size_bytes=wheel.size_bytes, on_bytes=on_bytes)

    def annotate(
        self, project: UUID | str, predictor: AnyPredictor, texts: Sequence[str]
    ) -> AnnotatedTexts:
        """Return what a predictor says of each text; the cluster keeps none.

        Args:   predictor: `{kind, id}`, or a row of the control plane's `predictors.list()`.
        Raises: BadInput for a text; Problem `predictor.missing`.
        """
        return joined(
            [
                self.send(call.method, call.path, call.answer, call.body)
                for call in calls_to_annotate(project, predictor, texts)
            ]
        )

    def job_failure(self, ref: UUID | str) -> FailureLog:
        """Return a failure in full, by the reference that the control plane has of it."""
        return self.send("GET", f"/api/failures/{ref}", FailureLog)

    def job_log(self, job: UUID | str) -> JobLog:
        """Return every try at a job on the cluster, with its failures."""
        return self.send("GET", f"/api/jobs/{job}/log", JobLog)

    def send(
        self, method: str, path: str, answer: type[A], body: Any = None, *, files: Any = None
    ) -> A:
        """Return what an address of the cluster answers, read as `answer`."""
        call: Call[A] = Call(method, path, answer)
        try:
            response = self._http.request(method, path, json=body, files=files)
        except httpx.TransportError as error:
            return read(call, error)
        return read(call, response)

    def end(self, path: str) -> None:
        """Have what is at an address of the cluster deleted."""
        call: Call[None] = Call("DELETE", path, None)
        try:
            response = self._http.delete(path)
        except httpx.TransportError as error:
            return read(call, error)
        return read(call, response)

    @contextmanager
    def _stream(self, path: str) -> Iterator[httpx.Response]:
        # Packed on the way it would not have the size and digest that are announced.
        headers = {"Accept": "*/*", "Accept-Encoding": "identity"}
        try:
            with self._http.stream("GET", path, headers=headers) as response:
                if not response.is_success:
                    response.read()
                    read(Call[Any]("GET", path, None), response)
                yield response
        except httpx.TransportError as error:
            read(Call[Any]("GET", path, None), error)


def once_known(ask: Callable[[], A], *, sleep: Callable[[float], None] = time.sleep) -> A:
    """Ask about what may have been named on the control plane a moment ago, until it has arrived.

    Raises: NotFound when the cluster does not know it after fifteen seconds.
    """
    waited = 0.0
    while True:
        try:
            return ask()
        except NotFound:
            if waited >= ARRIVAL_SECONDS:
                raise
        sleep(ARRIVAL_STEP_SECONDS)
        waited += ARRIVAL_STEP_SECONDS


def cluster_origin(base_url: str) -> str:
    """Return the origin of a cluster's address. Raises: BadInput where no token may go."""
    parts = urlsplit(base_url.strip())
    host = parts.hostname or ""
    if parts.username or parts.query or parts.fragment or parts.path.strip("/") or not host:
        raise BadInput(f"{base_url} is not the address of a cluster, such as https://host.")
    if parts.scheme != "https" and not (parts.scheme == "http" and is_this_machine(host)):
        raise BadInput("A cluster's address begins with https://.")
    return f"{parts.scheme}://{parts.netloc}"


def is_this_machine(host: str) -> bool:
    """Say whether a host is the machine itself, to which nobody else listens."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
