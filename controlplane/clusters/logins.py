"""Sign the token with which a member enters a cluster. The cluster checks it offline.

Source: docs/protocol.md section 7, step 2. The subject is pairwise: two clusters cannot tell
that they know the same person.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Mapping
from uuid import UUID

from annex.contract.enums import Role
from joserfc import jwt

from controlplane.accounts.models import User
from controlplane.accounts.subjects import subject_of
from controlplane.clusters.keys import login_key
from controlplane.clusters.models import Cluster

TYPE = "annex-login+jwt"
ALGORITHM = "Ed25519"
LIFE_SECONDS = 60


def sign_login(*, cluster: Cluster, user: User, roles: Mapping[UUID, Role], nonce: str) -> str:
    """Return a login token for one browser, valid for a minute on one cluster and origin.

    Args: roles: by project, of those projects that live on the cluster.   nonce: the browser's own.
    """
    key, now = login_key(), int(time.time())
    subject = subject_of(organization=cluster.organization, cluster_id=cluster.id, user=user)
    claims = {
        "aud": str(cluster.id),
        "azp": cluster.origin,
        "sub": str(subject),
        "name": user.name or user.email,
        "simulated": user.simulated,
        "roles": {str(project): role.value for project, role in roles.items()},
        "nonce": nonce,
        "jti": str(uuid.uuid4()),
        "iat": now,
        "exp": now + LIFE_SECONDS,
    }
    header = {"alg": ALGORITHM, "typ": TYPE, "kid": key.key_id}
    return jwt.encode(header, claims, key.to_jwk(), algorithms=[ALGORITHM])
