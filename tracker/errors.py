"""What each error becomes: one table from the error to its HTTP status and its page.

Every error page says what happened, that nothing was lost, and where to go; what was typed
into a form that could not be saved is shown so that it can be copied.
"""

import logging
from dataclasses import dataclass

from flask import Flask, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError, InternalError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException, SecurityError

from tracker import sessions
from tracker.domain.errors import NotPermitted
from tracker.extensions import db

log = logging.getLogger(__name__)
#: Fields of a form that are never shown again.
SECRETS = ("password", "again", "current", "csrf_token", "submission_key", "version", "next")


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """What a page says; ``keeps`` is whether what was typed is shown."""

    title: str
    text: str
    keeps: bool = False


PAGES: dict[int, ErrorPage] = {
    400: ErrorPage(
        "This request could not be read",
        "The form or address was not complete. Nothing was saved.",
        keeps=True,
    ),
    401: ErrorPage(
        "You have been signed out",
        "Nothing was saved. Sign in again in a new tab, then go back and send the form again.",
        keeps=True,
    ),
    403: ErrorPage(
        "You may see this, but not do it",
        "Your role does not include this. Ask an officer of the partnership if it should.",
    ),
    404: ErrorPage(
        "There is no such page",
        "The address may be mistyped, or the page is not open to you. Nothing was changed.",
    ),
    405: ErrorPage("This address cannot be used like that", "Nothing was changed."),
    409: ErrorPage(
        "Somebody else was faster",
        "It was changed while you were writing. Nothing of theirs was overwritten.",
        keeps=True,
    ),
    413: ErrorPage(
        "That is too much at once", "At most 10 MB can be sent in one go. Nothing was saved."
    ),
    429: ErrorPage(
        "Too many attempts", "Wait five minutes, then try again. Nothing else is affected."
    ),
    500: ErrorPage(
        "Something went wrong on our side",
        "Nothing was saved, and what was there before is unharmed. The error has been logged.",
        keeps=True,
    ),
    503: ErrorPage(
        "Nothing could be saved or read just now",
        "The database is busy or away. Nothing was saved. Try again in a minute.",
        keeps=True,
    ),
}


def init_app(app: Flask) -> None:
    """Register a handler for each kind of error."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(NotPermitted, lambda _error: show(403))
    app.register_error_handler(OperationalError, _database)
    app.register_error_handler(PoolTimeout, _database)
    app.register_error_handler(DBAPIError, _database)
    app.register_error_handler(Exception, _unexpected)


def show(status: int) -> ResponseReturnValue:
    """Return the error page of a status."""
    page = PAGES.get(status, PAGES[500])
    kept = _typed() if page.keeps and request.method == "POST" else []
    return render_template("errors/show.html", page=page, kept=kept), status


def _http(error: HTTPException) -> ResponseReturnValue:
    status = error.code or 500
    # Under a host name that is not ours no page can be built: nothing knows its addresses.
    if status < 400 or isinstance(error, SecurityError):
        return error.get_response()
    return show(status)


def _csrf(_error: CSRFError) -> ResponseReturnValue:
    return show(401 if not request.cookies else 400)


def _database(error: Exception) -> ResponseReturnValue:
    log.error("database failed", exc_info=error)
    sessions.do_without_database()
    # PostgreSQL calls a write while it is read-only an internal error.
    if isinstance(error, OperationalError | InternalError | PoolTimeout):
        return show(503)
    return show(500)


def _unexpected(error: Exception) -> ResponseReturnValue:
    log.error("unexpected error", exc_info=error)
    db.session.rollback()
    return show(500)


def _typed() -> list[tuple[str, str]]:
    """Return what was typed, field by field, without secrets."""
    return [
        (name.replace("_", " ").capitalize(), value)
        for name, value in request.form.items(multi=True)
        if name not in SECRETS and value.strip()
    ]
