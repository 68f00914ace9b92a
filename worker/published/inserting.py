"""New examples that recipes give, into a dataset."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

import orjson
from django.db import connection
from pydantic import JsonValue

from worker.store.hashes import fold_key
from worker.store.imports.checks import checked_hash, meta_json
from worker.store.models import Dataset


class NewExample(NamedTuple):
    """An example as its row has it; meta and options as JSON."""

    text: str
    digest: bytes
    fold: int
    meta: str
    options: str


def new_example(text: str, meta: Mapping[str, JsonValue], options: list[str]) -> NewExample:
    """Return an example fit to be stored. Raises: RowRefused for what an import would refuse."""
    for option in options:
        checked_hash(option)
    packed = orjson.dumps(options).decode()
    return NewExample(text, checked_hash(text), fold_key(text), meta_json(dict(meta)), packed)


# As an import does: an input that the dataset has is left out, and so is what is like a held-back
# one but for case, digits and spaces.
_INSERT = """
INSERT INTO worker_store_example (dataset_id, text, input_hash, fold_key, meta, options)
SELECT %(dataset)s::uuid, fresh.text, fresh.input_hash, fresh.fold_key, fresh.meta::jsonb,
  ARRAY(SELECT jsonb_array_elements_text(fresh.options::jsonb))
FROM unnest(%(texts)s::text[], %(hashes)s::bytea[], %(folds)s::bigint[], %(metas)s::text[],
    %(options)s::text[])
  WITH ORDINALITY AS fresh (text, input_hash, fold_key, meta, options, place)
WHERE NOT EXISTS (SELECT FROM worker_store_example held
  WHERE held.dataset_id = ANY(%(held_back)s::uuid[]) AND held.fold_key = fresh.fold_key)
ORDER BY fresh.place
ON CONFLICT (dataset_id, input_hash) DO NOTHING
RETURNING input_hash, id
"""


def insert_examples(
    dataset: UUID, held_back: Sequence[UUID], rows: Sequence[NewExample]
) -> list[int | None]:
    """Insert what the dataset does not have yet; return the new ids, None for the others.

    Args: held_back: datasets; what is like one of their examples is left out.
    Effects: locks the dataset against imports until the transaction ends.
    """
    if not rows:
        return []
    # Imports into the same dataset look what is there before they insert.
    list(Dataset.objects.select_for_update(no_key=True).filter(id=dataset))
    columns = ("texts", "hashes", "folds", "metas", "options")
    values = dict(zip(columns, map(list, zip(*rows, strict=True)), strict=True))
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, values | {"dataset": dataset, "held_back": list(held_back)})
        ids = {bytes(digest): int(key) for digest, key in cursor.fetchall()}
    # Of a text that comes twice, the first is the example.
    return [ids.pop(row.digest, None) for row in rows]
