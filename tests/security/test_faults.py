"""The database locked, read-only, full or away: nothing is lost, and everything goes on after."""

import sqlite3
import time
from contextlib import contextmanager

import pytest
from sqlalchemy import create_engine, event, func, select, text

from tracker import create_app
from tracker.extensions import POSTGRESQL_TURN, begin_writing, db
from tracker.models import ProgressUpdate
from tracker.security import SECURITY_HEADERS

TYPED = {"state": "in_progress", "confidence": "high", "happened": "An evening of words."}


@pytest.fixture
def path(standing):
    return f"/actions/{standing.action.id}/updates/new"


@pytest.fixture
def is_sqlite(session):
    return session.get_bind().dialect.name == "sqlite"


def count(session):
    session.rollback()
    return session.scalar(select(func.count()).select_from(ProgressUpdate))


@contextmanager
def another_writer(session):
    """Hold the lock that writers take, as a long import would."""
    engine = create_engine(session.get_bind().url)
    with engine.connect().execution_options(is_writing=True) as connection:
        connection.execute(text("SELECT 1"))
        if engine.dialect.name == "postgresql":
            connection.execute(POSTGRESQL_TURN[1])
        yield
        connection.rollback()
    engine.dispose()


def check_nothing_was_saved(page):
    assert page.status == 503
    assert "Nothing was saved" in page.text
    assert "An evening of words." in page.text
    assert page.tree.xpath("//h1")
    assert SECURITY_HEADERS.items() <= dict(page.response.headers).items()


def test_a_locked_database_says_so_within_six_seconds_and_recovers(lead, session, path):
    fields = {**lead.hidden(path), **TYPED}
    session.rollback()
    with another_writer(session):
        began = time.monotonic()
        page = lead.request("POST", path, data=fields)
        assert time.monotonic() - began < 6
        check_nothing_was_saved(page)
        assert lead.get("/dashboard").status == 200
    assert count(session) == 0
    assert lead.request("POST", path, data=fields).status == 303
    assert count(session) == 1


def test_a_database_that_cannot_be_written_says_so_and_recovers(
    app, lead, session, path, is_sqlite
):
    fields = {**lead.hidden(path), **TYPED}
    session.rollback()
    with read_only(app, is_sqlite):
        check_nothing_was_saved(lead.request("POST", path, data=fields))
        assert lead.get("/dashboard").status == 200
    assert lead.request("POST", path, data=fields).status == 303
    assert count(session) == 1


@contextmanager
def read_only(app, is_sqlite):
    """Let every new connection refuse to write."""
    statement = "PRAGMA query_only = ON" if is_sqlite else "SET default_transaction_read_only = on"

    def forbid(connection, _record):
        connection.execute(statement)
        if not is_sqlite:
            connection.commit()

    with new_connections(app, forbid):
        yield


@contextmanager
def new_connections(app, set_up):
    with app.app_context():
        engine = db.engine
    engine.dispose()
    event.listen(engine, "connect", set_up)
    try:
        yield
    finally:
        event.remove(engine, "connect", set_up)
        engine.dispose()


def test_a_full_disk_says_so_and_recovers(app, lead, session, path, is_sqlite):
    if not is_sqlite:
        pytest.skip("a server's disk is not ours to fill")
    fields = {**lead.hidden(path), **TYPED, "next_steps": "x" * 4999}
    session.rollback()

    def fill_up(connection, _record):
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")

    with new_connections(app, fill_up):
        check_nothing_was_saved(lead.request("POST", path, data=fields))
        assert lead.get("/dashboard").status == 200
    assert lead.request("POST", path, data=fields).status == 303


def test_a_database_that_is_away_is_told_in_the_house_style(instance):
    url = "postgresql+psycopg://nobody@127.0.0.1:1/nothing?connect_timeout=2"
    settings = {"TESTING": True, "SQLALCHEMY_DATABASE_URI": url, "PROPAGATE_EXCEPTIONS": False}
    client = create_app(settings, instance_path=instance).test_client()
    assert client.get("/health").status_code == 200
    ready = client.get("/ready")
    assert ready.status_code == 503
    page = client.get("/sign-in")
    assert page.status_code in (200, 503)
    assert SECURITY_HEADERS.items() <= dict(page.headers).items()


def test_an_error_of_ours_tells_no_secret_of_the_code(app, lead, monkeypatch):
    def fail(*_arguments):
        raise ZeroDivisionError("a detail of the code")

    monkeypatch.setitem(app.view_functions, "plans.index", fail)
    page = lead.request("GET", "/plans")
    assert (page.status, page.title) == (500, "Something went wrong on our side")
    assert "detail of the code" not in page.body
    assert SECURITY_HEADERS.items() <= dict(page.response.headers).items()


def test_no_password_is_shown_again_by_an_error_page(app, administrator, standing, monkeypatch):
    path = f"/people/{standing.people['Member'].id}/password"
    hidden = administrator.hidden(path)

    def fail(**_arguments):
        raise ZeroDivisionError

    monkeypatch.setitem(app.view_functions, "people.password", fail)
    typed = {"password": "copper thursday bicycle", "again": "copper thursday bicycle"}
    page = administrator.request("POST", path, data={**hidden, **typed})
    assert page.status == 500
    assert "copper" not in page.body


def test_every_connection_survives_a_power_cut(app, is_sqlite):
    if not is_sqlite:
        pytest.skip("the settings say it to PostgreSQL")
    with app.app_context():
        engine = db.engine
    with engine.connect() as one, engine.connect() as other:
        for connection in (one, other):
            told = {
                name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
                for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
            }
            assert told == {
                "journal_mode": "wal",
                "synchronous": 2,
                "foreign_keys": 1,
                "busy_timeout": 5000,
            }


def test_a_writing_transaction_takes_its_lock_before_it_reads(app, session, is_sqlite):
    session.rollback()
    with app.app_context():
        begin_writing()
        if is_sqlite:
            other = sqlite3.connect(db.engine.url.database, timeout=0)
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                other.execute("BEGIN IMMEDIATE")
            other.close()
        else:
            asked = text("SELECT pg_try_advisory_xact_lock(20170315)")
            assert session.scalar(asked) is False
            session.rollback()
        db.session.rollback()
