"""What can be wrong with a predictor."""

from __future__ import annotations

from common.errors import Family, InvalidRequest, NotFound


class BadPatterns(InvalidRequest):
    """A line of a patterns file cannot be used; `line` is 1-based."""

    code = "predictor.bad_patterns"
    title = "The rules cannot be read"
    what_to_do = "Correct the line, for example against the examples beside the editor."


class PredictorMissing(NotFound):
    """No such rules or model lie on this cluster, or they are not ready."""

    code = "predictor.missing"
    family = Family.CUSTOMER
    title = "The predictor is not on this cluster"
    what_to_do = "Choose another, or make its rules ready on the cluster's Rules page."
