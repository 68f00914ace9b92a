"""The recipes that every worker has, on the API that customers' own recipes use; one a file.

They run as those do, behind the same fence, in the worker's own environment. What they ask for
stands in `annex.contract.builtin`, so that the control plane knows it too.
"""

from worker.builtin import (
    data_to_spacy,
    evaluate,
    export,
    filter_by_patterns,
    import_,
    merge,
    ner_correct,
    ner_manual,
    ner_model_annotate,
    ner_silver_to_gold,
    ner_teach,
    package,
    predict,
    predict_files,
    stats,
    terms_to_patterns,
    textcat_correct,
    textcat_manual,
    textcat_teach,
    train,
    train_curve,
)

__all__ = [
    "data_to_spacy",
    "evaluate",
    "export",
    "filter_by_patterns",
    "import_",
    "merge",
    "ner_correct",
    "ner_manual",
    "ner_model_annotate",
    "ner_silver_to_gold",
    "ner_teach",
    "package",
    "predict",
    "predict_files",
    "stats",
    "terms_to_patterns",
    "textcat_correct",
    "textcat_manual",
    "textcat_teach",
    "train",
    "train_curve",
]
