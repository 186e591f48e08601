"""LNA. Read `create_app`: it is the table of contents."""

import hashlib
from pathlib import Path

import click
from flask import Blueprint, Flask
from flask.cli import FlaskGroup
from werkzeug.middleware.proxy_fix import ProxyFix

from lna.accounts.cli import user
from lna.accounts.views import bp as accounts
from lna.activities.views import bp as activities
from lna.calendars import cli as calendar
from lna.calendars.views import bp as calendars
from lna.config import Settings
from lna.core import (
    access,
    addresses,
    compression,
    db,
    errors,
    files,
    i18n,
    limits,
    log,
    markdown,
    security,
)
from lna.core import cli as operating
from lna.core.extensions import csrf, login_manager
from lna.core.front import Front
from lna.home import cli as setting_up
from lna.home.views import bp as home
from lna.library import cli as bringing_in
from lna.library.views import bp as library
from lna.partners.views import bp as partners
from lna.registrations.views import bp as registrations
from lna.themes.views import bp as themes

FEATURES: tuple[Blueprint, ...] = (
    *(accounts, themes, partners, library, activities, registrations, calendars, home),
)
COMMANDS = (
    user,
    *operating.COMMANDS,
    *calendar.COMMANDS,
    *setting_up.COMMANDS,
    *bringing_in.COMMANDS,
)
ROOT = Path(__file__).parent.parent


def create_app(settings: Settings | None = None, **config: object) -> Flask:
    """The application, ready to serve; settings come from the environment unless given."""
    settings = settings or Settings.from_environment()
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    app = Flask(__name__, template_folder=ROOT / "templates", static_folder=ROOT / "static")
    app.config.from_mapping(
        SECRET_KEY=settings.key(),
        TRUSTED_HOSTS=settings.hosts,
        MAX_CONTENT_LENGTH=settings.max_request,
        MAX_FORM_MEMORY_SIZE=settings.max_request,
        MAX_FORM_PARTS=200,
        SESSION_COOKIE_NAME="__Host-session" if settings.secure else "session",
        SESSION_COOKIE_SECURE=settings.secure,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,
    )
    app.config.from_mapping(config)
    app.extensions["lna_settings"] = settings
    app.extensions["lna_caches"] = {}
    app.extensions["lna_build"] = build()
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True

    limits.init_app(app)
    for extension in csrf, login_manager:
        extension.init_app(app)
    app.after_request_funcs[None].remove(login_manager._update_remember_cookie)  # there is none
    addresses.init_app(app)
    log.init_app(app)
    db.init_app(app, settings)
    i18n.init_app(app, settings)
    for feature in FEATURES:
        app.register_blueprint(feature)
    for command in COMMANDS:
        app.cli.add_command(command)
    for mechanism in access, files, compression, security, errors:
        mechanism.init_app(app)
    app.jinja_env.filters["markdown"] = markdown.render
    app.jinja_env.globals["site_name"] = settings.site_name
    app.wsgi_app = Front(app)  # type: ignore[method-assign]
    if settings.proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, settings.proxies, settings.proxies, settings.proxies
        )
    return app


def build() -> str:
    """A name for this program as it is on disk: validators change when it does."""
    newest = hashlib.sha256()
    for folder in "lna", "templates", "static":
        for file in sorted((ROOT / folder).rglob("*.*")):
            if file.suffix in {".py", ".html", ".css", ".js", ".mo"}:
                newest.update(f"{file.name} {file.stat().st_mtime_ns}".encode())
    return newest.hexdigest()[:12]


@click.group(cls=FlaskGroup, create_app=create_app, add_default_commands=False)
def cli() -> None:
    """The Learning & Alliance application: serve it, set it up, look after it."""
