"""Errors of the control plane that belong to no one noun."""

from __future__ import annotations

from common.errors import AnnexError, Conflict, Family, Forbidden, InvalidRequest, NotFound

__all__ = [
    "Conflict",
    "Forbidden",
    "InvalidRequest",
    "NameTaken",
    "NotFound",
    "TenantMissing",
    "TenantMixed",
]


class TenantMissing(AnnexError):
    """A tenant's rows were asked for while no organization was active: a defect of ours."""

    code = "tenancy.missing"
    family = Family.OURS


class TenantMixed(AnnexError):
    """Code that acts for one organization tried to act for another one: a defect of ours."""

    code = "tenancy.mixed"
    family = Family.OURS


class NameTaken(Conflict):
    """Another thing of this kind already carries the name."""

    code = "resource.name_taken"
    title = "This name is already in use"
    what_to_do = "Choose another name."
