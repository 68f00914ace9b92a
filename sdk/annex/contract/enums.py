"""Closed vocabularies of the wire. Members are never renamed or reused; retire them in place."""

from __future__ import annotations

from enum import StrEnum


class JobState(StrEnum):
    """Where a job stands. The last three are terminal and never change."""

    QUEUED = "queued"
    OFFERED = "offered"
    HELD = "held"
    RUNNING = "running"
    LOST = "lost"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def is_terminal(self) -> bool:
        """Whether a job in this state is over."""
        return self in TERMINAL_STATES


TERMINAL_STATES = frozenset({JobState.SUCCEEDED, JobState.FAILED, JobState.CANCELLED})


class LeaseClass(StrEnum):
    """What happens when the control plane falls silent: strict work stops, sticky work goes on."""

    STRICT = "strict"
    STICKY = "sticky"


class JobRecipe(StrEnum):
    """The batch recipes compiled into the worker; PUBLISHED stands for a customer's own."""

    IMPORT = "import.v1"
    EXPORT = "export.v1"
    PREDICT = "predict.v1"
    PREDICT_FILES = "predict-files.v1"
    EVALUATE = "evaluate.v1"
    TRAIN = "train.v1"
    TRAIN_CURVE = "train-curve.v1"
    PRETRAIN = "pretrain.v1"
    PACKAGE = "package.v1"
    PUBLISHED = "published.v1"


class TaskRecipe(StrEnum):
    """The annotation recipes compiled into the worker; PUBLISHED stands for a customer's own."""

    NER_MANUAL = "ner.manual.v1"
    TEXTCAT_MANUAL = "textcat.manual.v1"
    PUBLISHED = "published.v1"


class Stage(StrEnum):
    """Which part of a job is at work, or failed."""

    STARTING = "starting"
    RUNNING = "running"
    READING = "reading"
    CHECKING = "checking"
    COPYING = "copying"
    PREDICTING = "predicting"
    TRAINING = "training"
    EVALUATING = "evaluating"
    PACKAGING = "packaging"
    WRITING = "writing"
    FINISHING = "finishing"


class FailureCode(StrEnum):
    """Why a job failed, as far as the control plane may know. The traceback stays under `ref`."""

    BAD_ROWS = "import.bad_rows"
    SOURCE_MISSING = "import.source_missing"
    SOURCE_REWRITTEN = "import.source_rewritten"
    UNREADABLE_FORMAT = "import.unreadable_format"
    UNREGISTERED_LABELS = "import.unregistered_labels"
    NO_EXAMPLES = "dataset.no_examples"
    EVALUATION_OVERLAP = "train.evaluation_overlap"
    NOT_ENOUGH_ANSWERS = "train.not_enough_answers"
    BAD_PATTERNS = "predictor.bad_patterns"
    OUTPUT_MISSING = "predict.output_missing"
    PREDICTOR_MISSING = "predictor.missing"
    MODEL_TOO_LARGE = "package.model_too_large"
    RECIPE_REFUSED = "recipe.refused"
    RECIPE_FAILED = "recipe.failed"
    REFUSED_OPERATION = "job.refused_operation"
    BAD_ARGUMENTS = "job.bad_arguments"
    STORAGE_UNREACHABLE = "storage.unreachable"
    STORAGE_REFUSED = "storage.refused"
    FILE_CHANGED = "storage.file_changed"
    OUT_OF_MEMORY = "job.out_of_memory"
    OUT_OF_DISK = "job.out_of_disk"
    TIMED_OUT = "job.timed_out"
    CRASHED = "job.crashed"
    INTERNAL = "job.internal"


class Family(StrEnum):
    """Whose fault it is: the customer's input, ours, or a passing fault worth a retry."""

    CUSTOMER = "customer"
    OURS = "ours"
    TRANSIENT = "transient"


class Verdict(StrEnum):
    """What an annotator decided about an example."""

    ACCEPT = "accept"
    REJECT = "reject"
    IGNORE = "ignore"


class Role(StrEnum):
    """A person's role in an organization, strongest first."""

    OWNER = "owner"
    ADMIN = "admin"
    DEVELOPER = "developer"
    REVIEWER = "reviewer"
    ANNOTATOR = "annotator"


class AssetKind(StrEnum):
    """What an asset is."""

    DATA = "data"
    PATTERNS = "patterns"
    GUIDELINES = "guidelines"


class AssetState(StrEnum):
    """How far an asset is; only a ready one can be used."""

    EMPTY = "empty"
    UPLOADED = "uploaded"
    READY = "ready"


class DatasetRole(StrEnum):
    """`evaluation` datasets are frozen: nothing in them may be trained on."""

    TRAINING = "training"
    EVALUATION = "evaluation"


class TaskState(StrEnum):
    """Whether a task serves examples."""

    OPEN = "open"
    PAUSED = "paused"
    CLOSED = "closed"


class PredictorKind(StrEnum):
    """What kind of thing predicts. COMBINED: rules and a model as one; the rules decide."""

    RULES = "rules"
    MODEL = "model"
    COMBINED = "combined"


class Says(StrEnum):
    """What a predictor says of texts, by the name that it has in an answer.

    Parts of a text, how parts are related, or labels for the whole.
    """

    SPANS = "spans"
    RELATIONS = "relations"
    CHOICES = "choices"


class Component(StrEnum):
    """What a model learns to do, by the name of spaCy's component.

    A text has exactly one label under `textcat`, any number under `textcat_multilabel`. Marks may
    overlap under `spancat`. Under `tagger` a mark is a token and its label the token's tag, under
    `senter` a mark is a sentence. Under `parser` relations join tokens to the token that each hangs
    from. `tok2vec` predicts nothing: it is what others start from.
    """

    NER = "ner"
    SPANCAT = "spancat"
    TAGGER = "tagger"
    SENTER = "senter"
    PARSER = "parser"
    TEXTCAT = "textcat"
    TEXTCAT_MULTILABEL = "textcat_multilabel"
    TOK2VEC = "tok2vec"

    @property
    def says(self) -> Says:
        """What it says of a text."""
        if self is Component.PARSER:
            return Says.RELATIONS
        return Says.SPANS if self in SPAN_COMPONENTS else Says.CHOICES

    @property
    def marks_spans(self) -> bool:
        """Whether it marks parts of a text."""
        return self.says is Says.SPANS

    @property
    def is_partial(self) -> bool:
        """Whether an answer says nothing of what it leaves unmarked."""
        return self in (Component.TAGGER, Component.SENTER, Component.PARSER)

    @property
    def predicts(self) -> bool:
        """Whether it says something of texts."""
        return self is not Component.TOK2VEC


SPAN_COMPONENTS = frozenset({Component.NER, Component.SPANCAT, Component.TAGGER, Component.SENTER})


class ExportFormat(StrEnum):
    """How exported answers are written."""

    JSONL = "jsonl"
    PARQUET = "parquet"
    CONLL = "conll"
    SPACY = "spacy"


class LabelChangeKind(StrEnum):
    """How a label change alters answers that are already given."""

    MERGE = "merge"
    SPLIT = "split"
    DELETE = "delete"


class LabelChangeStep(StrEnum):
    """What a cluster does with a label change: count what it would touch, make it, take it back."""

    COUNT = "count"
    APPLY = "apply"
    UNDO = "undo"


class PredictedFormat(StrEnum):
    """How the annotations of whole files are written."""

    JSONL = "jsonl"
    PARQUET = "parquet"


class LoginOutcome(StrEnum):
    """How a login on the cluster ended."""

    ADMITTED = "admitted"
    WAITING_FOR_APPROVAL = "waiting_for_approval"
    REFUSED = "refused"
    UNLOCKED_LOCALLY = "unlocked_locally"
    SIGNED_OUT = "signed_out"


class CommandOutcome(StrEnum):
    """What became of a command."""

    APPLIED = "applied"
    UNSUPPORTED = "unsupported"
    REFUSED = "refused"
