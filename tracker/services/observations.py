"""Recording what a measure was: log a value for a period, correct one that is stored."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.errors import Conflict, RuleBroken
from tracker.domain.observations import NUMBERS, ObservationEntry, check_observation
from tracker.domain.periods import local_date
from tracker.domain.texts import checked
from tracker.domain.vocabulary import ItemKind, Role, Unit
from tracker.models import Measure, Observation
from tracker.services.chain import Change, Subject, append_to_plan
from tracker.services.items import is_archived
from tracker.services.plans import refuse_closed
from tracker.services.rows import flush_unique

_NEWEST = (
    select(Observation)
    .where(
        Observation.measure_id == bindparam("measure"),
        Observation.period_start == bindparam("start"),
    )
    .order_by(Observation.version.desc())
    .limit(1)
)


def newest_version(
    session: Session, measure_id: int, entry: ObservationEntry
) -> Observation | None:
    """Return the newest stored version of the entry's period, ``None`` if there is none."""
    return session.scalar(_NEWEST, {"measure": measure_id, "start": entry.period.start})


def record_observation(
    session: Session, measure: Measure, entry: ObservationEntry, *, actor: Actor, now: datetime
) -> Observation:
    """Record the first version of a period's value. Five statements.

    :raises RuleBroken: beside the field: the period is not over, has a value already, the
        value does not fit the measure's unit.
    """
    refuse_closed(measure.objective.priority.plan)
    if is_archived(measure):
        raise RuleBroken("This measure is archived: restore it before you log a value")
    checked_entry = check_observation(entry, measure.unit, local_date(now), per=measure.per)
    if newest_version(session, measure.id, entry) is not None:
        raise RuleBroken(_taken(entry), "period")
    return _store(session, measure, checked_entry, None, actor=actor, now=now)


def correct_observation(
    session: Session,
    measure: Measure,
    entry: ObservationEntry,
    seen_version: int,
    *,
    actor: Actor,
    now: datetime,
) -> Observation:
    """Record the next version of a period that has a value, with the reason for the change.

    :param seen_version: the version that the person saw when the form was opened.
    :raises Conflict: if a newer version was stored meanwhile.
    :raises RuleBroken: beside the field; "change_reason" where the reason is missing, "value"
        where nothing would change.
    """
    refuse_closed(measure.objective.priority.plan)
    checked_entry = check_observation(entry, measure.unit, local_date(now), per=measure.per)
    checked(entry.change_reason, "change_reason", label="why the value changes", longest=500)
    newest = newest_version(session, measure.id, entry)
    if newest is None:
        raise RuleBroken(f"No value is stored for {entry.period.label} yet: log it", "period")
    if newest.version != seen_version:
        raise Conflict(
            f"The value for {entry.period.label} was changed meanwhile. Yours is kept below.",
            {**as_typed(newest), "state": newest.state},
            newest.version,
        )
    if is_stored(newest, checked_entry):
        raise RuleBroken("This is the value that is stored already", "value")
    return _store(session, measure, checked_entry, newest, actor=actor, now=now)


def is_stored(row: Observation, entry: ObservationEntry) -> bool:
    """Whether a version holds what an entry says already; the entry's value is worked out."""
    return row.state is entry.state and all(
        getattr(row, name) == getattr(entry, name) for name in NUMBERS
    )


def as_typed(row: Observation) -> dict[str, str]:
    """Return a version's numbers as a person would type them: a value that is worked out is not."""
    typed = {name: getattr(row, name) for name in NUMBERS}
    if row.numerator is not None:
        typed["value"] = None
    return {name: "" if number is None else f"{number:f}" for name, number in typed.items()}


def _taken(entry: ObservationEntry) -> str:
    return f"A value for {entry.period.label} is stored already: correct that one instead"


def _store(
    session: Session,
    measure: Measure,
    entry: ObservationEntry,
    earlier: Observation | None,
    *,
    actor: Actor,
    now: datetime,
) -> Observation:
    row = Observation(
        measure_id=measure.id,
        period_start=entry.period.start,
        version=earlier.version + 1 if earlier else 1,
        value=entry.value,
        numerator=entry.numerator,
        denominator=entry.denominator,
        state=entry.state,
        provenance=entry.provenance,
        source=entry.source,
        note=entry.note,
        change_reason=entry.change_reason.strip() if earlier else "",
        author_id=actor.person_id,
        on_behalf_of_id=measure.owner_partner_id if actor.role is Role.OFFICER else None,
        known_at=now,
    )
    session.add(row)
    flush_unique(session, _taken(entry), "period")
    _write_down(session, measure, entry, row, earlier, actor=actor, now=now)
    return row


def _write_down(
    session: Session,
    measure: Measure,
    entry: ObservationEntry,
    row: Observation,
    earlier: Observation | None,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    subject = Subject(
        "observation", row.id, f"{measure.code} {measure.title}", ItemKind.MEASURE, measure.id
    )
    after = {
        "period": entry.period.label,
        **_numbers(row, measure),
        "state": row.state,
        "note": row.note,
        "reason": row.change_reason,
    }
    before = {**_numbers(earlier, measure), "state": earlier.state} if earlier else None
    verb = "corrected a value of" if earlier else "logged a value of"
    change = Change(verb, subject, after, before)
    append_to_plan(session, measure.objective.priority.plan_id, change, actor=actor, now=now)


def _numbers(row: Observation, measure: Measure) -> dict[str, Decimal | bool | None]:
    """Return what the ledger says of a version: yes and no as such, parts where it has any."""
    if measure.unit is Unit.YES_NO:
        return {"value": None if row.value is None else row.value == 1}
    return {name: getattr(row, name) for name in NUMBERS}
