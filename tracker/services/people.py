"""Accounts: add people, change what they may do, set passwords, sign in and out.

Whatever changes what a person may do counts their session version up, which ends every
session they have.
"""

import hashlib
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.errors import DomainError, NotPermitted, RuleBroken
from tracker.domain.people import PersonDetails, check_password
from tracker.domain.texts import has_forbidden
from tracker.domain.vocabulary import Role
from tracker.models import Person, SignInFailure
from tracker.services.chain import Change, Subject, append_to_installation
from tracker.services.rows import apply_changes, flush_unique, refuse_stale

#: argon2id with the parameters of the OWASP cheat sheet: 19 MiB, two passes, one lane.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
#: What an unknown account is checked against, so that it takes as long as a known one.
_NOBODY = _HASHER.hash("an account that does not exist")
#: Wrong guesses for one account within the window before further ones are refused.
GUESSES = 10
WINDOW = timedelta(minutes=5)
_ADDRESS_TAKEN = "Somebody has an account with this address already"
#: Fields of a person that the ledger writes down.
_WRITTEN = ("email", "name", "role", "partner_id", "is_cleared", "is_disabled")


class TooManyGuesses(DomainError):
    """The account is closed to guesses for a few minutes."""


def add_person(
    session: Session, details: PersonDetails, password: str = "", *, actor: Actor, now: datetime
) -> Person:
    """Create an account; without a password nobody can sign in with it yet.

    :raises RuleBroken: beside the field.
    :raises NotPermitted: an officer may invite leads only.
    """
    if actor.role is Role.OFFICER and details.role is not Role.LEAD:
        raise NotPermitted("Officers invite leads; administrators make the other accounts")
    person = Person(**asdict(details.checked()), session_version=1)
    if password:
        person.password_hash = _hash(password, person)
    session.add(person)
    flush_unique(session, _ADDRESS_TAKEN, "email")
    after = {name: getattr(person, name) for name in _WRITTEN}
    _write_down(session, "added", person, after=after, before=None, actor=actor, now=now)
    return person


def change_person(
    session: Session,
    person: Person,
    details: PersonDetails,
    seen_version: int,
    *,
    actor: Actor,
    now: datetime,
) -> Person:
    """Change an account; a new role, partner or clearance ends the person's sessions.

    :raises RuleBroken: a person's own role, or the last administrator's, or beside a field.
    :raises Conflict: if somebody saved it since the form was opened.
    """
    values = asdict(details.checked())
    if details.role is not person.role:
        _refuse_role_change(session, person, actor)
    refuse_stale(person, seen_version, "this account", {n: str(getattr(person, n)) for n in values})
    before, after = apply_changes(person, values)
    if {"role", "partner_id", "is_cleared"} & after.keys():
        person.session_version += 1
    if after:
        flush_unique(session, _ADDRESS_TAKEN, "email")
        _write_down(session, "changed", person, after=after, before=before, actor=actor, now=now)
    return person


def set_disabled(
    session: Session, person: Person, is_disabled: bool, *, actor: Actor, now: datetime
) -> Person:
    """Close an account, or open it again; closing ends its sessions.

    :raises RuleBroken: for one's own account and for the last administrator.
    """
    if is_disabled and actor.person_id == person.id:
        raise RuleBroken("Nobody closes their own account: ask another administrator")
    if is_disabled:
        _refuse_role_change(session, person, actor)
    before, after = apply_changes(person, {"is_disabled": is_disabled})
    if after:
        person.session_version += 1
        verb = "disabled" if is_disabled else "enabled"
        _write_down(session, verb, person, after=after, before=before, actor=actor, now=now)
    return person


def set_password(
    session: Session, person: Person, password: str, *, actor: Actor, now: datetime
) -> None:
    """Set a password and end the person's sessions; the ledger says that, never what.

    :raises RuleBroken: beside "password".
    """
    person.password_hash = _hash(password, person)
    person.session_version += 1
    _write_down(
        session,
        "set the password of",
        person,
        after={"password": "changed"},
        before=None,
        actor=actor,
        now=now,
    )


def change_own_password(
    session: Session, person: Person, current: str, password: str, *, actor: Actor, now: datetime
) -> None:
    """Change one's own password, given the present one.

    :raises RuleBroken: beside "current" or "password".
    """
    if not is_password_of(person, current):
        raise RuleBroken("This is not your present password", "current")
    set_password(session, person, password, actor=actor, now=now)


def sign_in(session: Session, email: str, password: str, *, now: datetime) -> Person | None:
    """Return the person whose password this is, ``None`` for any other pair.

    Known and unknown accounts take the same time. A wrong guess is kept for the window.

    :param now: the true time; no demonstration clock.
    :raises TooManyGuesses: from the eleventh wrong guess within five minutes.
    """
    address = email.strip().lower()
    account = hashlib.sha256(address.encode("utf-8", "replace")).hexdigest()
    if _guesses(session, account, now) >= GUESSES:
        raise TooManyGuesses
    person = None
    if not has_forbidden(address):
        person = session.scalar(select(Person).where(Person.email == address))
    known = person if person is not None and not person.is_disabled else None
    if is_password_of(known, password) and known is not None:
        session.execute(delete(SignInFailure).where(SignInFailure.account_hash == account))
        return known
    session.add(SignInFailure(account_hash=account, failed_at=now))
    return None


def end_sessions(session: Session, person: Person) -> None:
    """End every session that a person has; signing out does."""
    person.session_version += 1
    session.flush()


def is_password_of(person: Person | None, password: str) -> bool:
    """Whether the password is the person's; takes as long for nobody."""
    stored = person.password_hash if person is not None else ""
    try:
        return _HASHER.verify(stored or _NOBODY, password[:1000]) and bool(stored)
    except (VerificationError, InvalidHashError, UnicodeEncodeError):
        return False


def _hash(password: str, person: Person) -> str:
    own_words = (person.name, person.email, person.email.partition("@")[0])
    return _HASHER.hash(check_password(password, own_words=own_words))


def _guesses(session: Session, account: str, now: datetime) -> int:
    since = now - WINDOW
    session.execute(delete(SignInFailure).where(SignInFailure.failed_at < since))
    query = (
        select(func.count()).select_from(SignInFailure).where(SignInFailure.account_hash == account)
    )
    return session.scalar(query) or 0


def _refuse_role_change(session: Session, person: Person, actor: Actor) -> None:
    if actor.person_id == person.id:
        raise RuleBroken("Nobody changes their own role: ask another administrator", "role")
    if person.role is not Role.ADMINISTRATOR:
        return
    query = select(func.count()).where(
        Person.role == Role.ADMINISTRATOR, Person.is_disabled.is_(False), Person.id != person.id
    )
    if not session.scalar(query):
        raise RuleBroken("This is the last administrator: make another one first", "role")


def _write_down(
    session: Session,
    verb: str,
    person: Person,
    *,
    after: dict[str, Any],
    before: dict[str, Any] | None,
    actor: Actor,
    now: datetime,
) -> None:
    change = Change(verb, Subject("person", person.id, person.name), after, before)
    append_to_installation(session, change, actor=actor, now=now)
