from __future__ import annotations

import pytest

from common.mail import django_mail


def test_smtp_upgrades_by_default() -> None:
    mail = django_mail("smtp://ada:p%40ss@mail.example.org")
    assert (mail.host, mail.port, mail.user, mail.password) == (
        "mail.example.org",
        587,
        "ada",
        "p@ss",
    )
    assert (mail.use_tls, mail.use_ssl) == (True, False)


def test_smtps_speaks_tls_from_the_start() -> None:
    mail = django_mail("smtps://mail.example.org")
    assert (mail.port, mail.use_tls, mail.use_ssl) == (465, False, True)


def test_the_upgrade_can_be_switched_off() -> None:
    assert django_mail("smtp://localhost:25?starttls=no").use_tls is False


def test_mail_into_a_folder() -> None:
    assert django_mail("file:///tmp/mail").folder == "/tmp/mail"


def test_another_scheme_is_refused() -> None:
    with pytest.raises(ValueError, match="expected console"):
        django_mail("imap://x")
