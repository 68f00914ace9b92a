"""From the staging table into the datasets: one transaction, so that all of it shows or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from worker.store.answers import IMPORT_ANNOTATOR
from worker.store.models import Dataset, Example, ImportRun


@dataclass(frozen=True)
class Target:
    """Where a run's rows go. `hold_back` counts the inputs still to be held back from the file."""

    run: ImportRun
    dataset: UUID
    evaluation_dataset: UUID | None
    hold_back: int

    @property
    def parameters(self) -> dict[str, UUID | str | int | None]:
        """Parameters of the statements below."""
        return {
            "run": self.run.id,
            "dataset": self.dataset,
            "evaluation": self.evaluation_dataset,
            "hold_back": self.hold_back,
            # One file is always split alike, whatever happened to earlier runs.
            "seed": str(self.run.asset_id),
            "annotator": IMPORT_ANNOTATOR,
        }


# The planner needs to know nothing of texts and spans, which take longest to sample.
ANALYZE = "ANALYZE import_stage (line, input_hash, fold_key, verdict)"
# An answered copy of an input is kept rather than an unanswered one.
DROP_REPEATED = """
WITH repeated AS (
    SELECT input_hash FROM import_stage GROUP BY input_hash HAVING count(*) > 1
), ranked AS (
    SELECT line, row_number() OVER (PARTITION BY input_hash ORDER BY verdict IS NULL, line) AS place
    FROM import_stage JOIN repeated USING (input_hash)
)
DELETE FROM import_stage USING ranked WHERE import_stage.line = ranked.line AND place > 1
"""
DROP_PRESENT = """
DELETE FROM import_stage USING worker_store_example present
WHERE present.dataset_id = %(dataset)s AND present.input_hash = import_stage.input_hash
"""
DROP_NEAR_HELD_BACK = """
DELETE FROM import_stage USING worker_store_example held
WHERE held.dataset_id = %(evaluation)s AND held.fold_key = import_stage.fold_key
"""
# Near-duplicates go to one side together: whole groups in a seeded order while they fit, and single
# inputs for what is left. A group that training already has cannot be held back any more.
HOLD_BACK = """
WITH groups AS (
    SELECT fold_key, count(*) AS size, md5(%(seed)s || fold_key::text) AS draw
    FROM import_stage
    WHERE NOT EXISTS (
        SELECT FROM worker_store_example present
        WHERE present.dataset_id = %(dataset)s AND present.fold_key = import_stage.fold_key
    )
    GROUP BY fold_key
), drawn AS (
    SELECT fold_key, size, draw, sum(size) OVER (ORDER BY draw, fold_key) AS reached FROM groups
), whole AS (
    SELECT fold_key, size FROM drawn WHERE reached <= %(hold_back)s
), single AS (
    SELECT fold_key FROM drawn WHERE reached > %(hold_back)s AND size = 1
    ORDER BY draw LIMIT %(hold_back)s - (SELECT coalesce(sum(size), 0) FROM whole)
)
UPDATE import_stage SET held = true
WHERE fold_key IN (SELECT fold_key FROM whole UNION ALL SELECT fold_key FROM single)
"""
# One statement, so that the new examples need not be looked for among all that there are.
INSERT = """
WITH fresh AS (
    INSERT INTO worker_store_example (dataset_id, import_run_id, text, input_hash, fold_key, meta)
    SELECT CASE WHEN held THEN %(evaluation)s::uuid ELSE %(dataset)s::uuid END,
           %(run)s, text, input_hash, fold_key, meta
    FROM import_stage ORDER BY line
    RETURNING id, uid, input_hash
), answered AS (
    INSERT INTO worker_store_answer
        (id, example_id, task_id, annotator, verdict, spans, choices, relations, flagged, note,
         version, working_ms, answered_at)
    -- A digest of the example's random id: drawing one more takes eight times as long.
    SELECT md5(fresh.uid::text)::uuid, fresh.id, NULL, %(annotator)s, verdict, spans, choices,
           relations, false, '', 1, 0, now()
    FROM import_stage JOIN fresh USING (input_hash) WHERE verdict IS NOT NULL
)
SELECT count(*) FROM fresh
"""


def publish(target: Target) -> int:
    """Move the staged rows into their datasets; call it inside a transaction.

    Returns:  how many examples are new. Repeats within the file, inputs the dataset has already and
              near-duplicates of held-back ones are left out.
    Effects:  locks both datasets against other imports until the transaction ends.
    """
    _lock_datasets(target)
    with connection.cursor() as cursor:
        cursor.execute(ANALYZE)
        for statement in _statements(target):
            cursor.execute(statement, target.parameters)
        cursor.execute(INSERT, target.parameters)
        added: int = cursor.fetchone()[0]
    return added


def still_to_hold_back(asset_id: UUID, wanted: int, evaluation_dataset: UUID | None) -> int:
    """Return how many inputs are missing from the asset's held-back set."""
    if evaluation_dataset is None or wanted == 0:
        return 0
    held = Example.objects.filter(
        dataset_id=evaluation_dataset, import_run__asset_id=asset_id
    ).count()
    return max(0, wanted - held)


def _statements(target: Target) -> list[str]:
    statements = [DROP_REPEATED, DROP_PRESENT]
    if target.evaluation_dataset is not None:
        statements.append(DROP_NEAR_HELD_BACK)
    if target.hold_back:
        statements.append(HOLD_BACK)
    return statements


def _lock_datasets(target: Target) -> None:
    ids = [target.dataset, target.evaluation_dataset or target.dataset]
    list(Dataset.objects.select_for_update(no_key=True).filter(id__in=ids).order_by("id"))
