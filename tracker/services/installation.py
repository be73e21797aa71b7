"""The installation itself: set it up once, and say whom it serves."""

from datetime import datetime

from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.errors import RuleBroken
from tracker.domain.texts import checked
from tracker.models import Installation
from tracker.services.chain import Change, Subject, append_to_installation


def set_up_installation(
    session: Session, name: str, *, is_demonstration: bool, actor: Actor, now: datetime
) -> Installation:
    """Create the one row that names the partnership.

    :raises RuleBroken: if it is there already, or beside "name".
    """
    if session.get(Installation, 1) is not None:
        raise RuleBroken("This installation is set up already")
    trimmed = checked(name, "name", label="the partnership's name", longest=200)
    installation = Installation(id=1, name=trimmed, is_demonstration=is_demonstration)
    session.add(installation)
    session.flush()
    after = {"name": trimmed, "is_demonstration": is_demonstration}
    _write_down(session, "set up", trimmed, after=after, before={}, actor=actor, now=now)
    return installation


def rename_installation(
    session: Session, installation: Installation, name: str, *, actor: Actor, now: datetime
) -> None:
    """Change the partnership's name; RuleBroken beside "name"."""
    trimmed = checked(name, "name", label="the partnership's name", longest=200)
    if trimmed == installation.name:
        return
    before, installation.name = installation.name, trimmed
    _write_down(
        session,
        "renamed",
        trimmed,
        after={"name": trimmed},
        before={"name": before},
        actor=actor,
        now=now,
    )


def _write_down(
    session: Session,
    verb: str,
    title: str,
    *,
    after: dict[str, object],
    before: dict[str, object],
    actor: Actor,
    now: datetime,
) -> None:
    change = Change(verb, Subject("installation", 1, title), after, before)
    append_to_installation(session, change, actor=actor, now=now)
