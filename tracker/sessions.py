"""Who is signed in: the session cookie, its limits, and the person behind it.

The cookie holds an id and the person's session version; a version that has moved on ends
the session at once, wherever it is open.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask, g, has_request_context, session
from flask_login import UserMixin, current_user, login_user, logout_user
from sqlalchemy import bindparam, select, true
from sqlalchemy.exc import SQLAlchemyError

from tracker import clock
from tracker.domain.actors import SYSTEM, Actor
from tracker.domain.vocabulary import Role
from tracker.extensions import db, login_manager
from tracker.models import Installation, Partner, Person

#: Longest pause before one has to sign in again; whole length of a session.
IDLE = {
    Role.ADMINISTRATOR: timedelta(minutes=30),
    Role.OFFICER: timedelta(minutes=30),
    Role.LEAD: timedelta(hours=8),
    Role.BOARD_MEMBER: timedelta(hours=8),
}
LONGEST = timedelta(hours=20)


@dataclass(frozen=True, slots=True)
class InstallationHead:
    """The installation as every page needs it."""

    name: str
    is_demonstration: bool
    ledger_seq: int
    ledger_hash: str


@dataclass(frozen=True)
class SignedIn(UserMixin):
    """The signed-in person, read with their partner and the installation in one query."""

    id: int
    name: str
    email: str
    role: Role
    partner_id: int | None
    partner_name: str
    is_cleared: bool
    session_version: int

    def get_id(self) -> str:
        """Return what the session cookie holds."""
        return f"{self.id}.{self.session_version}"

    @property
    def role_label(self) -> str:
        """The role in words."""
        return self.role.value.replace("_", " ").capitalize()

    @property
    def actor(self) -> Actor:
        """The person as rules and the ledger know them."""
        return Actor(self.id, self.name, self.role, self.partner_id, self.is_cleared)


def init_app(app: Flask) -> None:
    """Tell Flask-Login how to find a person."""
    login_manager.user_loader(_load)
    app.permanent_session_lifetime = LONGEST


def begin(person: Person) -> None:
    """Start a new session for a person who has just proved who they are."""
    session.clear()
    session.permanent = True
    moment = clock.real_now().timestamp()
    session["began"], session["seen"] = moment, moment
    login_user(_signed_in(person.id))


def end() -> None:
    """Forget the session in this browser; other browsers end by the session version."""
    logout_user()
    session.clear()


def do_without_database() -> None:
    """Let the rest of this request ask the database for nobody: its error page must stand."""
    with suppress(SQLAlchemyError):
        db.session.rollback()
    g.installation = None
    g.is_without_database = True


def current_actor() -> Actor:
    """Return who acts in this request; the system where no person is signed in."""
    person = current_person()
    return person.actor if person else SYSTEM


def current_person() -> SignedIn | None:
    """Return the signed-in person, ``None`` for the public."""
    if not has_request_context() or g.get("is_without_database", False):
        return None
    if not current_user.is_authenticated:
        return None
    person: SignedIn = current_user._get_current_object()  # noqa: SLF001 - the proxied person itself
    return person


def installation() -> InstallationHead | None:
    """Return the installation, ``None`` before it is set up. Read at most once a request.

    An error page must stand without a database: then it is ``None`` as well.
    """
    if "installation" not in g:
        g.installation = None
        with suppress(SQLAlchemyError):
            row = db.session.execute(select(*_INSTALLATION)).one_or_none()
            g.installation = InstallationHead(*row) if row else None
    head: InstallationHead | None = g.installation
    return head


_INSTALLATION = (
    Installation.name,
    Installation.is_demonstration,
    Installation.ledger_seq,
    Installation.ledger_hash,
)
_SIGNED_IN = (
    select(
        Person.id,
        Person.name,
        Person.email,
        Person.role,
        Person.partner_id,
        Partner.short_name,
        Person.is_cleared,
        Person.session_version,
        *(column.label(f"installation_{column.key}") for column in _INSTALLATION),
    )
    .select_from(Person)
    .join(Installation, true())
    .outerjoin(Partner, Partner.id == Person.partner_id)
    .where(Person.id == bindparam("id"), Person.is_disabled.is_(False))
)


def _load(identity: str) -> SignedIn | None:
    person_id, _, version = identity.partition(".")
    if not (person_id.isdigit() and version.isdigit()) or len(person_id) > 9:
        return None
    person = _signed_in(int(person_id))
    if person is None or person.session_version != int(version) or _has_run_out(person.role):
        return None
    session["seen"] = clock.real_now().timestamp()
    return person


def _signed_in(person_id: int) -> SignedIn | None:
    row: Any = db.session.execute(_SIGNED_IN, {"id": person_id}).one_or_none()
    if row is None:
        return None
    g.installation = InstallationHead(*row[8:])
    return SignedIn(*row[:5], row.short_name or "", *row[6:8])


def _has_run_out(role: Role) -> bool:
    now = clock.real_now()
    began, seen = _moment("began"), _moment("seen")
    return now - began > LONGEST or now - seen > IDLE[role]


def _moment(name: str) -> datetime:
    return datetime.fromtimestamp(float(session.get(name, 0)), UTC)
