"""Django app of `controlplane.accounts`."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Users, organizations, memberships, invitations and API tokens."""

    name = "controlplane.accounts"
    label = "accounts"
