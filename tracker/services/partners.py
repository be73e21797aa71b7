"""Partners: add one, change it, record that it left and that it came back."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.errors import RuleBroken
from tracker.domain.people import PartnerDetails
from tracker.models import Partner
from tracker.services.chain import Change, Subject, append_to_installation
from tracker.services.rows import apply_changes, flush_unique, refuse_stale

_TAKEN = "Another partner has this code or name: enter different ones"


def add_partner(
    session: Session, details: PartnerDetails, *, actor: Actor, now: datetime
) -> Partner:
    """Add a partner; RuleBroken beside the field."""
    values = asdict(details.checked())
    partner = Partner(**values)
    session.add(partner)
    flush_unique(session, _TAKEN, "code")
    _write_down(session, "added", partner, after=values, before=None, actor=actor, now=now)
    return partner


def change_partner(
    session: Session,
    partner: Partner,
    details: PartnerDetails,
    seen_version: int,
    *,
    actor: Actor,
    now: datetime,
) -> Partner:
    """Change a partner.

    :raises Conflict: if somebody saved it since the form was opened.
    :raises RuleBroken: beside the field; a partner cannot be its own ancestor.
    """
    values = asdict(details.checked())
    _refuse_circle(session, partner, details.parent_id)
    refuse_stale(
        partner, seen_version, "this partner", {n: str(getattr(partner, n)) for n in values}
    )
    before, after = apply_changes(partner, values)
    if after:
        flush_unique(session, _TAKEN, "code")
        _write_down(session, "changed", partner, after=after, before=before, actor=actor, now=now)
    return partner


def set_left(
    session: Session, partner: Partner, left_on: date | None, *, actor: Actor, now: datetime
) -> Partner:
    """Record the day a partner left, ``None`` that it is back; its past work stays."""
    before, after = apply_changes(partner, {"left_on": left_on})
    if after:
        verb = "recorded as left" if left_on else "recorded as back"
        _write_down(session, verb, partner, after=after, before=before, actor=actor, now=now)
    return partner


def _refuse_circle(session: Session, partner: Partner, parent_id: int | None) -> None:
    parents = {
        row.id: row.parent_id for row in session.execute(select(Partner.id, Partner.parent_id))
    }
    while parent_id is not None:
        if parent_id == partner.id:
            raise RuleBroken("A partner cannot be part of itself: choose another one", "parent_id")
        parent_id = parents.get(parent_id)


def _write_down(
    session: Session,
    verb: str,
    partner: Partner,
    *,
    after: dict[str, Any],
    before: dict[str, Any] | None,
    actor: Actor,
    now: datetime,
) -> None:
    change = Change(verb, Subject("partner", partner.id, partner.name), after, before)
    append_to_installation(session, change, actor=actor, now=now)
