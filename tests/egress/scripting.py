"""A laptop whose scripts somebody lets in on the cluster."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from annex.client.cluster import ClusterClient

from examples.demo.cluster import Cluster


@contextmanager
def script_on(cluster: Cluster, laptop: str) -> Iterator[ClusterClient]:
    """Give the client of a laptop that the person of this session has let in."""
    with ClusterClient(cluster.origin) as nobody:
        waiting = nobody.begin_login(laptop)
        cluster.submit(f"/device/{waiting.user_code}", {"decision": "let-in"})
        login = nobody.wait_for_login(waiting)
    with ClusterClient(cluster.origin, login.token) as script:
        yield script
