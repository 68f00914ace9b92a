"""Recipes: a typed Python function that becomes a form, a command line and a validated API."""

from annex.contract.published import View
from annex.recipes.arguments import (
    Asset,
    Dataset,
    Endpoint,
    Ge,
    Gt,
    Label,
    Le,
    Len,
    Lt,
    Model,
    Of,
    Pattern,
    Secret,
    Text,
)
from annex.recipes.components import Answer, Example, Job, Relation, Resume, Span, Stream, Task
from annex.recipes.registry import job_recipe, task_recipe

__all__ = [
    "Answer",
    "Asset",
    "Dataset",
    "Endpoint",
    "Example",
    "Ge",
    "Gt",
    "Job",
    "Label",
    "Le",
    "Len",
    "Lt",
    "Model",
    "Of",
    "Pattern",
    "Relation",
    "Resume",
    "Secret",
    "Span",
    "Stream",
    "Task",
    "Text",
    "View",
    "job_recipe",
    "task_recipe",
]
