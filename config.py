"""Every setting, its default, and one line of why."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

HERE = Path(__file__).resolve().parent


class BadSetting(ValueError):
    """A setting that cannot be used, said in one sentence with its remedy."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What one running Crosswalk was told, from `CROSSWALK_*` environment variables."""

    instance: Path
    """Folder for the database, keys and backups: the one place that must be kept."""
    database_url: str
    """SQLite file by default; `postgresql+psycopg://…` beyond one machine."""
    secret_key: str = field(repr=False)
    """Signs cookies; made once and kept in the instance folder if not given."""
    queue_url: str = field(default="", repr=False)
    """Tells workers of jobs: a file in the instance folder, or `postgresql://…`, `redis://…`."""
    mail_url: str = field(default="", repr=False)
    """`smtp://user:password@host:587` (STARTTLS) or `smtps://…`; without it no mail is sent."""
    public_url: str = "http://127.0.0.1:8000"
    """Where people reach us: links in mail, QR codes and calendars never trust Host."""
    trusted_hosts: tuple[str, ...] = ()
    """Host names we answer to; empty means the public address and this machine."""
    proxy_hops: int = 0
    """Reverse proxies in front of us whose X-Forwarded-* may be believed."""
    port: int = 8000
    """Where `manage.py run` listens."""
    time_zone: str = "America/Chicago"
    """Clock of a new district; each district may choose its own."""
    max_upload_mb: int = 20
    """Largest file anybody may send."""
    testing: bool = False
    """Set by the tests only."""

    @property
    def sqlite(self) -> bool:
        """Whether one file holds everything."""
        return self.database_url.startswith("sqlite")

    @property
    def https(self) -> bool:
        """Whether people reach us over TLS, so that cookies may be marked secure."""
        return self.public_url.startswith("https://")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Read `CROSSWALK_*`; make and keep a secret key where none is given."""
        given = os.environ if environment is None else environment

        def get(name: str, default: str) -> str:
            return given.get(f"CROSSWALK_{name}", "").strip() or default

        instance = Path(get("INSTANCE", str(HERE / "instance"))).expanduser().resolve()
        instance.mkdir(parents=True, exist_ok=True)
        port = _number("PORT", get("PORT", "8000"))
        return cls(
            instance=instance,
            database_url=_database(get("DATABASE_URL", f"sqlite:///{instance / 'crosswalk.db'}")),
            secret_key=get("SECRET_KEY", "") or _kept_secret(instance / "secret_key"),
            queue_url=_queue(get("QUEUE_URL", f"sqlite:///{instance / 'queue.db'}")),
            mail_url=_mail(get("MAIL_URL", "")),
            public_url=get("PUBLIC_URL", f"http://127.0.0.1:{port}").rstrip("/"),
            trusted_hosts=tuple(h for h in get("TRUSTED_HOSTS", "").replace(",", " ").split() if h),
            proxy_hops=_number("PROXY_HOPS", get("PROXY_HOPS", "0")),
            port=port,
            time_zone=get("TIME_ZONE", "America/Chicago"),
            max_upload_mb=_number("MAX_UPLOAD_MB", get("MAX_UPLOAD_MB", "20")),
        )


def _number(name: str, value: str) -> int:
    if not value.isascii() or not value.isdigit():
        raise BadSetting(f"CROSSWALK_{name} is “{value}”: write a whole number, 0 or more.")
    return int(value)


def _database(url: str) -> str:
    if url.startswith(("postgres://", "postgresql://")):
        # the form hosting companies hand out; we speak to PostgreSQL through psycopg 3
        return "postgresql+psycopg://" + url.split("://", 1)[1]
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise BadSetting(
            "CROSSWALK_DATABASE_URL must start with sqlite:/// or postgresql+psycopg://."
        )
    return url


def _queue(url: str) -> str:
    if url.startswith(("postgres://", "postgresql://", "postgresql+psycopg://")):
        return "postgresql://" + url.split("://", 1)[1]
    if not url.startswith(("sqlite:///", "redis://", "rediss://")):
        raise BadSetting(
            "CROSSWALK_QUEUE_URL must start with sqlite:///, postgresql:// or redis://."
        )
    return url


def _mail(url: str) -> str:
    parts = urlsplit(url)
    try:
        known = parts.scheme in ("smtp", "smtps") and parts.hostname and parts.port != 0
    except ValueError:  # a port that is none
        known = False
    if url and not known:
        raise BadSetting(
            "CROSSWALK_MAIL_URL must look like smtp://user:password@host:587 or smtps://host."
        )
    return url


def _kept_secret(path: Path) -> str:
    """One key per instance, readable by its owner only, made by whoever comes first."""
    try:
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return path.read_text().strip()
