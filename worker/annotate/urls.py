"""Addresses of the annotation app: its API below a task, and the pages that show the shell."""

from django.urls import path

from worker.annotate import comments, views
from worker.annotate.pages import ShellView

TASK = "api/tasks/<uuid:task_id>"
EXAMPLE = f"{TASK}/examples/<uuid:example>"
PAGES = (
    ("", "home"),
    ("t/<uuid:task>", "task-page"),
    ("t/<uuid:task>/examples/<uuid:example>", "example-page"),
    ("data/<uuid:asset>", "data-page"),
    ("rules/<uuid:asset>", "rules-page"),
    ("guidelines/<uuid:asset>", "guidelines-page"),
    ("labels/<uuid:project>", "labels-page"),
    ("models/<uuid:model>", "model-page"),
    ("evaluations/<uuid:evaluation>", "evaluation-page"),
    ("evaluations/<uuid:evaluation>/against/<uuid:other>", "comparison-page"),
    ("try/<uuid:project>", "try-page"),
    ("exports/<uuid:job>", "export-page"),
    ("failures/<uuid:ref>", "failure-page"),
    ("texts/<uuid:project>", "texts-page"),
    ("streams/<uuid:task>", "stream-page"),
    ("packages", "packages-page"),
    ("ledger", "ledger-page"),
    ("access", "access-page"),
    ("people", "people-page"),
    ("line", "line-page"),
)

urlpatterns = [
    path(TASK, views.TaskView.as_view(), name="task"),
    path(f"{TASK}/batch", views.BatchView.as_view(), name="batch"),
    path(f"{TASK}/answers", views.AnswersView.as_view(), name="answers"),
    path(f"{TASK}/answers/<uuid:answer_id>", views.AnswerView.as_view(), name="answer"),
    path(f"{TASK}/history", views.HistoryView.as_view(), name="history"),
    path(EXAMPLE, views.ExampleView.as_view(), name="example"),
    path(f"{EXAMPLE}/comments", comments.CommentsView.as_view(), name="comments"),
    path(f"{EXAMPLE}/comments/<uuid:comment>", comments.CommentView.as_view(), name="comment"),
    path(f"{TASK}/drafts/<uuid:example>", views.DraftView.as_view(), name="draft"),
    path(f"{TASK}/extend", views.ExtendView.as_view(), name="extend"),
    path(f"{TASK}/release", views.ReleaseView.as_view(), name="release"),
    *(path(route, ShellView.as_view(), name=name) for route, name in PAGES),
]
