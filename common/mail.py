"""Read a mail URL into Django's settings."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

BACKENDS = {
    "console": "django.core.mail.backends.console.EmailBackend",
    "memory": "django.core.mail.backends.locmem.EmailBackend",
    "file": "django.core.mail.backends.filebased.EmailBackend",
    "smtp": "django.core.mail.backends.smtp.EmailBackend",
    "smtps": "django.core.mail.backends.smtp.EmailBackend",
}


@dataclass(frozen=True)
class MailSettings:
    """Where mail goes. `smtp` upgrades with STARTTLS, `smtps` speaks TLS from the start."""

    backend: str
    host: str = ""
    port: int = 0
    user: str = ""
    password: str = ""
    use_tls: bool = False
    use_ssl: bool = False
    folder: str | None = None


def django_mail(url: str) -> MailSettings:
    """Parse console://, memory://, file:///folder, smtp[s]://user:password@host:port.

    Raises: ValueError for another scheme. `smtp://…?starttls=no` switches the upgrade off.
    """
    parts = urlsplit(url)
    if parts.scheme not in BACKENDS:
        raise ValueError("expected console://, file:///folder or smtp(s)://host:port")
    is_smtp, is_tls = parts.scheme.startswith("smtp"), parts.scheme == "smtps"
    return MailSettings(
        backend=BACKENDS[parts.scheme],
        host=parts.hostname or "",
        port=parts.port or (465 if is_tls else 587),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        use_tls=is_smtp and not is_tls and "starttls=no" not in parts.query,
        use_ssl=is_tls,
        folder=parts.path if parts.scheme == "file" else None,
    )
