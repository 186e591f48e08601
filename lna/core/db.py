"""The database: one Base, one session, UTC everywhere, and transactions that mean it.

A unit of work that may write begins IMMEDIATE on SQLite, so what it reads stays true until
it commits; requests with a safe method only read.
"""

from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any

from flask import Flask, has_request_context, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON, Connection, DateTime, Dialect, Enum, Insert, MetaData, event, insert
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Engine
from sqlalchemy.orm import DeclarativeBase, registry
from sqlalchemy.types import TypeDecorator

from lna.config import Settings
from lna.core.multilingual import Multilingual, MultilingualType
from lna.core.turns import await_turn, take_turns

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}

SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",  # an acknowledged registration survives a power cut
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=5000",
    "PRAGMA secure_delete=ON",
    "PRAGMA recursive_triggers=ON",
    "PRAGMA mmap_size=268435456",
)


class UtcDateTime(TypeDecorator[datetime]):
    """Aware datetimes in, aware UTC datetimes out, whatever the database does."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError(f"naive datetime: {value!r}")
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


def _values(kind: type[StrEnum]) -> list[str]:
    return [member.value for member in kind]


Choice = Enum(StrEnum, native_enum=False, length=32, values_callable=_values)
"""A closed list is stored as the plain text of its value: a new value needs no migration."""
Json = JSON().with_variant(JSONB(), "postgresql")


class Base(DeclarativeBase):
    registry = registry(
        metadata=MetaData(
            naming_convention={
                "ix": "ix_%(column_0_N_label)s",
                "uq": "uq_%(table_name)s_%(column_0_N_name)s",
                "ck": "ck_%(table_name)s_%(constraint_name)s",
                "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
                "pk": "pk_%(table_name)s",
            }
        ),
        type_annotation_map={
            datetime: UtcDateTime,
            StrEnum: Choice,
            Multilingual: MultilingualType,
            dict[str, Any]: Json,
            list[str]: Json,
            list[dict[str, Any]]: Json,
        },
    )


db = SQLAlchemy(model_class=Base, disable_autonaming=True)

if TYPE_CHECKING:
    Model = Base  # Flask-SQLAlchemy copies Base into db.Model; mypy cannot follow it there
else:
    Model = db.Model


def insert_row(model: type[Base], **values: Any) -> int:
    """Write one new row at once, past the unit of work; its id. For what many do together."""
    written = db.session.connection().execute(_insert(model), values)
    return int((written.inserted_primary_key or [0])[0])


@cache
def _insert(model: type[Base]) -> Insert:
    return insert(model)


def engine_options(settings: Settings) -> dict[str, Any]:
    """How connections are made and kept, for the database named in the settings."""
    safe = {"hide_parameters": True}  # errors are logged, and parameters are people's data
    if settings.sqlalchemy_url.startswith("sqlite"):
        return safe | {"connect_args": {"timeout": 5, "check_same_thread": False}}
    timeouts = "-c lock_timeout=10000 -c statement_timeout=60000 -c timezone=UTC"
    kept = {"pool_pre_ping": True, "pool_size": 10}
    return safe | kept | {"connect_args": {"options": timeouts}}


def init_app(app: Flask, settings: Settings) -> None:
    """Give the application its engine; on SQLite take over BEGIN from the driver."""
    app.config["SQLALCHEMY_DATABASE_URI"] = settings.sqlalchemy_url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(settings)
    db.init_app(app)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            _take_over_begin(db.engine)


def _take_over_begin(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def prepare(connection: Any, record: Any) -> None:
        connection.isolation_level = None  # the driver would begin late, and DEFERRED
        for pragma in SQLITE_PRAGMAS:
            connection.execute(pragma)

    turns = take_turns(engine)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        mode = connection.get_execution_options().get("sqlite_begin") or default_begin()
        if turns and mode == "IMMEDIATE":
            await_turn(turns, connection)
        connection.exec_driver_sql(f"BEGIN {mode}")


def only_read() -> None:
    """Go on in a transaction that lets others write, in a request that turned out not to.

    What was begun is given up: finding out who is signed in has begun one.
    """
    db.session.rollback()
    db.session.connection(execution_options={"sqlite_begin": "DEFERRED"})


def default_begin() -> str:
    """IMMEDIATE unless a request with a safe method is being answered."""
    reading = has_request_context() and request.method in SAFE_METHODS
    return "DEFERRED" if reading else "IMMEDIATE"
