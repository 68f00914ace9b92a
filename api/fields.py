"""Serializer fields that several nouns share."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from annex.contract.enums import PredictorKind, Role
from annex.contract.recipes import PredictorRef
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from controlplane.accounts.choices import ROLE_CHOICES

NAME_LENGTH = 200


class RoleField(serializers.ChoiceField):
    """A role, read as the contract's enum."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=ROLE_CHOICES, **kwargs)

    def to_internal_value(self, data: Any) -> Role:
        """Return the contract's role."""
        return Role(super().to_internal_value(data))


class NameField(serializers.CharField):
    """A name that a person types; the control plane sees it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=NAME_LENGTH, **kwargs)


def points(ratio: float | None) -> float | None:
    """Return a ratio of 0 to 1 as points of 100 with two decimals."""
    return None if ratio is None else round(100 * float(ratio), 2)


@extend_schema_field(OpenApiTypes.DOUBLE)
class PointsField(serializers.Field[Any, Any, float | None, Any]):
    """A ratio of 0 to 1, shown as points of 100 with two decimals."""

    def to_representation(self, value: Any) -> float | None:
        """Return points of 100."""
        return points(value)


class PredictorRefSerializer(serializers.Serializer[Any]):
    """`{kind, id}` of rules, of a model, or of both as one."""

    kind = serializers.ChoiceField(choices=[kind.value for kind in PredictorKind])
    id = serializers.UUIDField()

    def to_internal_value(self, data: Any) -> Any:
        """Return the contract's reference."""
        checked = super().to_internal_value(data)
        return PredictorRef(kind=PredictorKind(checked["kind"]), id=checked["id"])


class PredictorSerializer(serializers.Serializer[Any]):
    """`{kind, id, name}`."""

    kind = serializers.CharField()
    id = serializers.UUIDField()
    name = serializers.CharField()


def find(rows: Any, wanted: UUID | None, field: str) -> Any:
    """Return the row an id in a body names, or refuse the field; None stays None."""
    if wanted is None:
        return None
    row = rows.filter(pk=wanted).first()
    if row is None:
        raise serializers.ValidationError({field: "There is no such thing in this project."})
    return row
