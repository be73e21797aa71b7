"""The application over a temporary database, and browsers without a network between."""

from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

from flask import Flask, Response
from flask.testing import FlaskClient
from flask_migrate import upgrade
from sqlalchemy.orm import Session

from benchmarks.measuring import Work, nothing
from tests.pages import Client
from tests.scale import Size, fill
from tests.standing import PASSWORD, TODAY
from tracker import create_app
from tracker.extensions import begin_writing, db

KEY = "a key of the benchmarks, long enough to be taken"


#: A form's address and what is typed in.
Sending = tuple[str, dict[str, str]]


class Site:
    """A plan of 64 actions and 50 measures of 36 months, with an officer who is signed in."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.app = application(folder / "plan", lambda session: fill(session, Size()))
        self.browser = Client(self.app)
        self.browser.sign_in("officer@example.org", PASSWORD)

    def page(self, path: str, before: Callable[[], object] = nothing) -> Work:
        """Return the work of fetching a page."""
        floor = plain_view(self.fetch(path), "text/html")
        return Work(lambda: self.fetch(path), before, lambda: floor.get("/"))

    def fetch(self, path: str) -> bytes:
        """Return a page as it is sent."""
        reply = self.browser.request("GET", path).response
        assert reply.status_code == 200, f"{path}: {reply.status}"
        return reply.data

    def saving(self, sendings: Iterator[Sending]) -> Work:
        """Return the work of sending one form after the other."""
        token, floor = self.browser.token(), plain_view(b"", "text/html")
        path, said = "", {}

        def prepare() -> None:
            nonlocal path, said
            path, typed = next(sendings)
            said = {"csrf_token": token, "submission_key": uuid4().hex, **typed}

        def send() -> None:
            reply = self.browser.request("POST", path, data=said).response
            assert reply.status_code == 303, f"{path}: {reply.status}"

        return Work(send, prepare, lambda: floor.post("/", data=said))


def application(folder: Path, load: Callable[[Session], object]) -> Flask:
    """Return the application over a new database that is filled."""
    folder.mkdir(parents=True)
    settings = {
        "SECRET_KEY": KEY,
        "TODAY": TODAY,
        "SQLALCHEMY_DATABASE_URI": f"sqlite:///{folder / 'benchmarks.sqlite3'}",
    }
    app = create_app(settings, instance_path=folder)
    with app.app_context():
        upgrade()
        begin_writing()
        load(db.session())
        db.session.commit()
    return app


def plain_view(content: bytes, mime_type: str) -> FlaskClient:
    """Return a client of an application with one view, which sends bytes that are ready."""
    app = Flask("plain")
    methods = ["GET", "POST"]
    app.add_url_rule("/", "only", lambda: Response(content, mimetype=mime_type), methods=methods)
    return app.test_client()
