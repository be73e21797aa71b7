"""What the tests share: a migrated database, standing people, and clients signed in as them.

Each worker prepares one database by the migrations and copies it for every test, on SQLite
or, with ``--database=postgresql``, on an embedded PostgreSQL.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from flask import Flask
from hypothesis import settings
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.databases import Databases, choose
from tests.pages import Client
from tests.standing import TODAY, Standing, populate
from tracker import create_app
from tracker.extensions import db
from tracker.models import Person

KEY = "a key of the tests, long enough to be taken"

# A machine that is busy is slow and not wrong; no test of ours holds a time.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Say on which database the suite runs."""
    parser.addoption("--database", choices=["sqlite", "postgresql"], default="sqlite")


@pytest.fixture(scope="session")
def databases(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Databases]:
    """Databases of this worker: templates that are made once, and copies of them."""
    # In memory where the machine can: every commit waits for its disk.
    memory = Path("/dev/shm")
    folder = memory if os.access(memory, os.W_OK) else tmp_path_factory.mktemp("databases")
    with TemporaryDirectory(dir=folder, ignore_cleanup_errors=True) as own:
        chosen = choose(request.config.getoption("--database"), Path(own))
        yield chosen
        chosen.close()


@pytest.fixture(scope="session")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The instance folder of this worker."""
    return tmp_path_factory.mktemp("instance")


@pytest.fixture(scope="session")
def worker_app(databases: Databases, instance: Path) -> Iterator[Flask]:
    """One application a worker; its database is exchanged before each test."""
    settings = {
        "TESTING": True,
        "SECRET_KEY": KEY,
        "TODAY": TODAY,
        "SQLALCHEMY_DATABASE_URI": databases.url,
    }
    app = create_app(settings, instance_path=instance)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def empty_app(worker_app: Flask, databases: Databases) -> Flask:
    """The application over a migrated database without any row."""
    return _over(worker_app, databases, "empty", lambda: None)


@pytest.fixture
def app(worker_app: Flask, databases: Databases) -> Flask:
    """The application over a small plan with the standing people."""
    return _over(worker_app, databases, "standing", lambda: populate(db.session()))


def _over(app: Flask, databases: Databases, name: str, fill: Callable[[], Any]) -> Flask:
    # No context stays pushed: requests would share it, and with it the session and `g`.
    databases.put(app, name, fill)
    return app


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """A session of the test's own, apart from those of the requests it makes."""
    with app.app_context():
        engine = db.engine
    with Session(engine, expire_on_commit=False) as own:
        yield own


@pytest.fixture
def standing(session: Session) -> Standing:
    """The rows of the standing plan and people."""
    return Standing.of(session)


def _client(app: Flask, email: str) -> Client:
    """A browser in which a standing person is signed in, without the time a password takes."""
    with app.app_context(), Session(db.engine) as own:
        person = own.scalars(select(Person).where(Person.email == email)).one()
        identity = f"{person.id}.{person.session_version}"
    client = Client(app)
    client.resume(identity)
    return client


@pytest.fixture
def public(app: Flask) -> Client:
    """A browser in which nobody is signed in."""
    return Client(app)


@pytest.fixture
def officer(app: Flask) -> Client:
    """An officer of the Community Safety Team."""
    return _client(app, "officer@example.org")


@pytest.fixture
def lead(app: Flask) -> Client:
    """A lead of the police, who leads the standing action and owns the standing measure."""
    return _client(app, "lead@example.org")


@pytest.fixture
def other_lead(app: Flask) -> Client:
    """A lead of the fire brigade, who leads neither."""
    return _client(app, "other.lead@example.org")


@pytest.fixture
def board_member(app: Flask) -> Client:
    """The chair of the board, cleared for sensitive items."""
    return _client(app, "chair@example.org")


@pytest.fixture
def outsider(app: Flask) -> Client:
    """A board member who is neither chair nor cleared."""
    return _client(app, "member@example.org")


@pytest.fixture
def administrator(app: Flask) -> Client:
    """The administrator."""
    return _client(app, "administrator@example.org")
