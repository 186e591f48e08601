"""One file that holds everything: the database, the uploads, and their checksums.

SQLite is copied with `VACUUM INTO` (a plain copy of the file misses acknowledged rows),
PostgreSQL with `pg_dump` in its custom format.
"""

import hashlib
import io
import os
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import inspect

from lna.config import settings
from lna.core.db import db

SQLITE, POSTGRESQL, SUMS = "lna.sqlite3", "lna.pgdump", "SHA256SUMS"


class Unusable(Exception):
    """The backup cannot be restored; the message says why."""


def write(file: Path) -> None:
    """Write a consistent copy of the moment this began; other work goes on meanwhile."""
    with tempfile.TemporaryDirectory(dir=settings().data_dir) as folder:
        copy = _copy_database(Path(folder))
        uploads = settings().data_dir / "uploads"
        members = {copy.name: copy}
        members |= {
            f"uploads/{path.relative_to(uploads)}": path
            for path in sorted(uploads.rglob("*"))
            if path.is_file()
        }
        sums = "".join(f"{_sum(path)}  {name}\n" for name, path in members.items()).encode()
        with _opened(file) as out, tarfile.open(fileobj=out, mode="w") as tar:
            for name, path in members.items():
                tar.add(path, name)
            entry = tarfile.TarInfo(SUMS)
            entry.size = len(sums)
            tar.addfile(entry, io.BytesIO(sums))


def _opened(file: Path) -> BinaryIO:
    """The file to write to, for its owner alone: everything about everybody is in it."""
    number = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.fchmod(number, 0o600)
    return os.fdopen(number, "wb")


def restore(file: Path) -> None:
    """Restore into an empty database; raises `Unusable` for a damaged file or a full database."""
    if inspect(db.engine).has_table("user"):
        raise Unusable("This database is not empty. Restore into a new LNA_DATA_DIR or database.")
    with tempfile.TemporaryDirectory(dir=settings().data_dir) as folder:
        try:
            with tarfile.open(file) as tar:
                tar.extractall(folder, filter="data")
        except (tarfile.TarError, OSError) as error:
            raise Unusable(f"{file} is not a backup of LNA: {error}") from error
        _verify(Path(folder))
        _restore_database(Path(folder))
        for path in sorted((Path(folder) / "uploads").rglob("*")):
            if path.is_file():
                target = settings().data_dir / path.relative_to(folder)
                target.parent.mkdir(parents=True, exist_ok=True)
                path.replace(target)


def _copy_database(folder: Path) -> Path:
    if db.engine.dialect.name == "sqlite":
        copy = folder / SQLITE
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.connection.execute("VACUUM INTO ?", (str(copy),))
        return copy
    copy = folder / POSTGRESQL
    _run("pg_dump", "--format=custom", f"--file={copy}", f"--dbname={_address()}")
    return copy


def _restore_database(folder: Path) -> None:
    if db.engine.dialect.name == "sqlite":
        if not (folder / SQLITE).exists():
            raise Unusable("This backup is of PostgreSQL: set LNA_DATABASE_URL to one.")
        db.engine.dispose()
        target = Path(db.engine.url.database or "")
        for ending in "", "-wal", "-shm":
            target.with_name(target.name + ending).unlink(missing_ok=True)
        (folder / SQLITE).replace(target)
        return
    if not (folder / POSTGRESQL).exists():
        raise Unusable("This backup is of SQLite: unset LNA_DATABASE_URL.")
    _run("pg_restore", "--no-owner", f"--dbname={_address()}", str(folder / POSTGRESQL))


def _address() -> str:
    return db.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)


def _run(*command: str) -> None:
    try:
        subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - fixed
    except FileNotFoundError as error:
        raise Unusable(f"{command[0]} is not installed; it comes with PostgreSQL.") from error
    except subprocess.CalledProcessError as error:
        raise Unusable(f"{command[0]}: {error.stderr.strip()}") from error


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _verify(folder: Path) -> None:
    sums = folder / SUMS
    if not sums.exists():
        raise Unusable("The file holds no checksums; it is not a backup of LNA.")
    for line in sums.read_text().splitlines():
        expected, _, name = line.partition("  ")
        path = folder / name
        if not path.is_file() or _sum(path) != expected:
            raise Unusable(f"{name} in the backup is damaged or missing.")
