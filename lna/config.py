"""Settings: every one typed, with a safe default, read from `LNA_<NAME>` in the environment."""

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from flask import current_app


class SettingError(ValueError):
    """A setting that cannot be used; the message names it and says what it takes."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What an operator may change. Sizes are bytes, durations seconds unless the name says days."""

    data_dir: Path = Path("var")
    """Where the SQLite file, uploads and the secret key live."""
    database_url: str = ""
    """SQLAlchemy address; empty means SQLite in `data_dir`."""
    base_url: str = "http://127.0.0.1:8000"
    """How people reach the site; links in letters and calendars begin with it."""
    trusted_hosts: tuple[str, ...] = ()
    """Host names besides the one of `base_url` under which requests are answered."""
    secret_key: str = ""
    """Signs cookies; empty means one is made on first run in `data_dir`, mode 0600."""
    proxies: int = 0
    """How many reverse proxies in front may be believed about client address and scheme."""
    site_name: str = "Learning & Alliance"
    """The name in the header, in letters and in calendars."""
    contact_email: str = ""
    """Whom people may write to; shown on the privacy page and in letters."""
    languages: tuple[str, ...] = ("en", "km", "lo", "my", "vi", "th", "fr")
    """Languages of pages and letters, the first one is the default."""
    smtp_host: str = ""
    """Mail server; empty means letters wait visibly in the outbox."""
    smtp_port: int = 587
    smtp_user: str = ""
    smtp_password: str = ""
    smtp_security: str = "starttls"
    """`starttls`, `tls` or `none`."""
    mail_from: str = ""
    """The sending address of letters; needed with `smtp_host`."""
    second_factor_required: bool = False
    """Facilitators, coordinators, PIU managers and administrators need a second factor."""
    session_idle_hours: int = 12
    session_days: int = 14
    approval_limit_usd: int = 10_000
    """Activities above this amount can be approved by the PIU manager only."""
    max_request: int = 2 * 1024 * 1024
    max_upload: int = 25 * 1024 * 1024
    letter_days: int = 30
    """After so many days the text of a sent letter is deleted."""
    audit_months: int = 24
    metrics_addresses: tuple[str, ...] = ("127.0.0.1", "::1")
    """Client addresses that may read /metrics."""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """The settings of this process; an unusable value raises `SettingError`."""
        given = {}
        for field in fields(cls):
            name = f"LNA_{field.name.upper()}"
            if name in environment:
                given[field.name] = _parsed(name, environment[name], field.default)
        return cls(**given)

    @property
    def sqlalchemy_url(self) -> str:
        if not self.database_url:
            return f"sqlite:///{(self.data_dir / 'lna.sqlite3').resolve()}"
        if self.database_url.startswith(("postgres://", "postgresql://")):
            return "postgresql+psycopg://" + self.database_url.split("://", 1)[1]
        return self.database_url

    @property
    def hosts(self) -> list[str]:
        own = self.base_url.split("://", 1)[-1].split("/", 1)[0].rsplit(":", 1)[0]
        return [own, *self.trusted_hosts, "127.0.0.1", "localhost"]

    def address(self, path: str) -> str:
        """A path of this site as the whole address that letters and calendars carry."""
        return self.base_url.rstrip("/") + path

    @property
    def secure(self) -> bool:
        return self.base_url.startswith("https://")

    def key(self) -> str:
        """The secret key, made and kept with mode 0600 the first time it is asked for."""
        if self.secret_key:
            return self.secret_key
        path = self.data_dir / "secret_key"
        if not path.exists():
            self.data_dir.mkdir(parents=True, exist_ok=True)
            fresh = path.with_name(f".secret_key.{os.getpid()}")
            file = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(file, "w") as new:
                new.write(secrets.token_hex(32))
            with suppress(FileExistsError):  # another process was first: its key is the key
                os.link(fresh, path)
            fresh.unlink()
        return path.read_text()


def settings() -> Settings:
    """The settings of the running application."""
    found: Settings = current_app.extensions["lna_settings"]
    return found


def _parsed(name: str, text: str, default: Any) -> Any:
    try:
        if isinstance(default, bool):
            return {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}[
                text.lower()
            ]
        if isinstance(default, int):
            return int(text)
        if isinstance(default, tuple):
            return tuple(part.strip() for part in text.split(",") if part.strip())
        return Path(text) if isinstance(default, Path) else text
    except (KeyError, ValueError) as error:
        kind = "yes or no" if isinstance(default, bool) else "a whole number"
        raise SettingError(f"{name}={text!r}: this setting takes {kind}.") from error
