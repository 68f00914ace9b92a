"""What can be wrong with a predictor."""

from __future__ import annotations

from common.errors import Family, NotFound


class PredictorMissing(NotFound):
    """No such rules or model lie on this cluster, or they are not ready."""

    code = "predictor.missing"
    family = Family.CUSTOMER
    title = "The predictor is not on this cluster"
    what_to_do = "Choose another, or make its rules ready on the cluster's Rules page."
