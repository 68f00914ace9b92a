"""A control plane's login key, in the test's hands: what a compromised one could sign."""

from __future__ import annotations

import base64
import time
import uuid
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from joserfc import jwt
from joserfc.jwk import OKPKey

from worker.link.models import LinkState

CONSOLE = "http://localhost:8000"


@dataclass
class ControlPlane:
    """The enrolled cluster's counterpart."""

    cluster: uuid.UUID
    key: OKPKey
    key_id: str = "login-1"

    def token(self, nonce: str, *, header: dict[str, Any] | None = None, **changes: Any) -> str:
        """Sign a login token; keyword arguments replace claims."""
        now = int(time.time())
        claims = {
            "aud": str(self.cluster),
            "azp": settings.WORKER_ORIGIN,
            "sub": str(uuid.uuid4()),
            "name": "Ada",
            "roles": {},
            "nonce": nonce,
            "jti": str(uuid.uuid4()),
            "iat": now,
            "exp": now + 60,
        } | changes
        top = {"alg": "Ed25519", "typ": "annex-login+jwt", "kid": self.key_id} | (header or {})
        return jwt.encode(top, claims, self.key, algorithms=[top["alg"]])


def enrol() -> ControlPlane:
    """Pin a fresh login key, as enrolment does."""
    key = OKPKey.generate_key("Ed25519")
    cluster = uuid.uuid4()
    raw = key.raw_value.public_key() if hasattr(key.raw_value, "public_key") else key.raw_value
    public = base64.urlsafe_b64encode(raw.public_bytes_raw()).rstrip(b"=").decode()
    LinkState.objects.update_or_create(
        id=1,
        defaults={
            "control_plane": CONSOLE,
            "console_origin": CONSOLE,
            "cluster": cluster,
            "public_key": public,
            "login_key": public,
            "login_key_id": "login-1",
        },
    )
    return ControlPlane(cluster, key)
