"""Addresses of the administrators' pages' data."""

from django.urls import path

from worker.oversight import access, ledger, line, packages, people

urlpatterns = [
    path("api/ledger", ledger.LedgerView.as_view(), name="ledger"),
    path("api/ledger/days", ledger.LedgerDaysView.as_view(), name="ledger-days"),
    path("api/ledger/check", ledger.LedgerCheckView.as_view(), name="ledger-check"),
    path("api/ledger/file", ledger.LedgerFileView.as_view(), name="ledger-file"),
    path("api/ledger/verifier", ledger.VerifierView.as_view(), name="ledger-verifier"),
    path("api/ledger/rows/<int:seq>", ledger.LedgerRowView.as_view(), name="ledger-row"),
    path("api/pack", ledger.PackView.as_view(), name="pack"),
    path("api/access", access.AccessView.as_view(), name="access"),
    path("api/access/file", access.AccessFileView.as_view(), name="access-file"),
    path("api/people", people.PeopleView.as_view(), name="people"),
    path("api/people/<uuid:subject>/approve", people.ApproveView.as_view(), name="approve-person"),
    path("api/people/<uuid:subject>/refuse", people.RefuseView.as_view(), name="refuse-person"),
    path(
        "api/packages/<uuid:package>/approve",
        packages.ApprovePackageView.as_view(),
        name="approve-package",
    ),
    path("api/line", line.LineView.as_view(), name="line"),
    path("api/line/cut", line.CutView.as_view(), name="cut-line"),
    path("api/line/restore", line.RestoreView.as_view(), name="restore-line"),
]
