"""Saving a form: what every view does around its one service call and its one commit."""

import hashlib
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager

from flask import abort, flash, redirect, request
from sqlalchemy.exc import IntegrityError
from werkzeug import Response

from tracker import clock
from tracker.domain.errors import Conflict, RuleBroken
from tracker.extensions import db
from tracker.forms.base import Form
from tracker.permissions import load_again
from tracker.services.submissions import first_result, remember_result
from tracker.sessions import current_actor

log = logging.getLogger(__name__)


class Saved:
    """Where a saved form leads; false until :meth:`at` was called and nothing was refused."""

    def __init__(self, form: Form, person_id: int) -> None:
        self._key = _digest(person_id) if form.submission_key.data else ""
        self._person_id = person_id
        self.response: Response | None = None

    def at(self, location: str, message: str) -> None:
        """Say where the person goes next and what they read there. Call before the commit."""
        if self._key:
            remember_result(
                db.session(), self._key, location, person_id=self._person_id, now=clock.real_now()
            )
        flash(message, "success")
        self.response = redirect(location, 303)

    def repeat(self) -> Response | None:
        """Return the first sending's result, ``None`` if this is the first."""
        location = first_result(db.session(), self._key, self._person_id) if self._key else None
        return redirect(location, 303) if location else None


@contextmanager
def saving(form: Form) -> Iterator[Saved]:
    """Run a service and its commit; put what is refused beside the fields.

    A form posted twice is stored once: the repeat is sent where the first one led.
    """
    person_id = current_actor().person_id
    if person_id is None:
        abort(401)
    _log_unknown_fields(form)
    saved = Saved(form, person_id)
    first = saved.repeat()
    if first is not None:
        abort(first)
    try:
        yield saved
    except RuleBroken as broken:
        _take_back(saved)
        form.attach(broken)
    except Conflict as conflict:
        _take_back(saved)
        form.attach_conflict(conflict)
    except IntegrityError:
        _take_back(saved)
        repeated = saved.repeat()
        if repeated is None:
            raise
        abort(repeated)


def _log_unknown_fields(form: Form) -> None:
    """Note fields that this form does not have: they are ignored, and somebody sent them."""
    unknown = sorted(set(request.form) - {field.name for field in form} - {"csrf_token"})
    if unknown:
        log.warning("unknown fields were ignored", extra={"fields": unknown[:20]})


def _take_back(saved: Saved) -> None:
    db.session.rollback()
    # The rollback forgot what was read; the page that shows the error needs it again.
    load_again()
    saved.response = None


def _digest(person_id: int) -> str:
    """Return what tells a repeat: the same person sent the same form with the same contents.

    A form that one went back to and wrote on in is no repeat, nor is another person's key.
    """
    fields = sorted(pair for pair in request.form.items(multi=True) if pair[0] != "csrf_token")
    return hashlib.sha256(json.dumps([person_id, request.path, fields]).encode()).hexdigest()
