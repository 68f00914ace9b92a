"""A client of the control plane's REST API, synchronous and asynchronous.

    with Client("https://annex.example.org", token="anx_…") as client:
        acme = client.organization("acme")
        for project in acme.projects.list():
            print(project.title, project.counts.answered)
        job = acme.project(project.id).jobs.start("train.v1", {"name": "small", "datasets": [...]})

`AsyncClient` has the same nouns and verbs. Errors are those of `annex.errors`.
"""

from annex.client.calls import Call, Retries
from annex.client.clients import AsyncClient, Client

__all__ = ["AsyncClient", "Call", "Client", "Retries"]
