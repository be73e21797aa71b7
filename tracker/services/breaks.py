"""Marking and withdrawing breaks in a measure's series, freezing and releasing its baseline."""

from datetime import date, datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, aliased

from tracker.domain.actors import Actor
from tracker.domain.breaks import (
    BreakDetails,
    FreezeDetails,
    KnownSeries,
    check_break,
    check_freeze,
    check_withdrawal,
)
from tracker.domain.errors import Conflict, RuleBroken
from tracker.domain.periods import Period, local_date
from tracker.domain.vocabulary import ItemKind, ObservationState
from tracker.models import BaselineFreeze, Measure, Observation, SeriesBreak
from tracker.services.chain import Change, Subject, append_to_plan
from tracker.services.items import is_archived
from tracker.services.plans import refuse_closed

_NEWER = aliased(Observation)
_HELD = select(Observation.period_start, Observation.state).where(
    Observation.measure_id == bindparam("measure"),
    Observation.value.is_not(None),
    ~select(_NEWER.id)
    .where(
        _NEWER.measure_id == Observation.measure_id,
        _NEWER.period_start == Observation.period_start,
        _NEWER.version > Observation.version,
    )
    .exists(),
)
_BREAKS = (
    select(SeriesBreak.starts_on, SeriesBreak.is_withdrawn)
    .where(SeriesBreak.measure_id == bindparam("measure"))
    .order_by(SeriesBreak.id)
)
_FREEZE = (
    select(BaselineFreeze)
    .where(BaselineFreeze.measure_id == bindparam("measure"))
    .order_by(BaselineFreeze.id.desc())
    .limit(1)
)


def mark_break(
    session: Session, measure: Measure, details: BreakDetails, *, actor: Actor, now: datetime
) -> SeriesBreak:
    """Mark a break on the first day of a period; one that was withdrawn may be marked again.

    :raises RuleBroken: beside "starts_on" or "reason", or for the form as a whole where the
        plan is closed or the measure archived.
    """
    _refuse_unless_live(measure)
    series = _series(session, measure)
    wanted = check_break(details, series, local_date(now))
    row = _store_break(session, measure, wanted, is_withdrawn=False, actor=actor, now=now)
    after = {"period": _label(measure, row.starts_on), "reason": row.reason}
    change = Change("marked a break in", _subject(measure, row), after)
    _append(session, measure, change, actor=actor, now=now)
    return row


def withdraw_break(
    session: Session, measure: Measure, details: BreakDetails, *, actor: Actor, now: datetime
) -> SeriesBreak:
    """Withdraw a break that stands: from now on its segment is joined to the one before.

    :raises RuleBroken: as for marking one; beside "starts_on" where no such break stands.
    """
    _refuse_unless_live(measure)
    series = _series(session, measure)
    wanted = check_withdrawal(details, series)
    row = _store_break(session, measure, wanted, is_withdrawn=True, actor=actor, now=now)
    after = {
        "period": _label(measure, row.starts_on),
        "is_withdrawn": True,
        "reason": row.reason,
    }
    before = {"is_withdrawn": False}
    change = Change("withdrew a break in", _subject(measure, row), after, before)
    _append(session, measure, change, actor=actor, now=now)
    return row


def freeze_baseline(
    session: Session,
    measure: Measure,
    details: FreezeDetails,
    seen_id: int,
    *,
    actor: Actor,
    now: datetime,
) -> BaselineFreeze:
    """Freeze the baseline at so many points of each segment, in place of what stands.

    :param seen_id: of the newest freeze or release that the person saw; 0 if there was none.
    :raises Conflict: if somebody froze or released it since.
    :raises RuleBroken: beside "points" or "reason", or for the form as a whole where the plan
        is closed or the measure archived.
    """
    return _set_baseline(session, measure, details, seen_id, actor=actor, now=now)


def release_baseline(
    session: Session,
    measure: Measure,
    reason: str,
    seen_id: int,
    *,
    actor: Actor,
    now: datetime,
) -> BaselineFreeze:
    """Release a frozen baseline: every final value counts again. Raises as for freezing it."""
    details = FreezeDetails(None, reason)
    return _set_baseline(session, measure, details, seen_id, actor=actor, now=now)


def _set_baseline(
    session: Session,
    measure: Measure,
    details: FreezeDetails,
    seen_id: int,
    *,
    actor: Actor,
    now: datetime,
) -> BaselineFreeze:
    _refuse_unless_live(measure)
    newest = _newest_freeze(session, measure)
    _refuse_stale(newest, seen_id)
    points = newest.points if newest else None
    wanted = check_freeze(details, _series(session, measure, points))
    row = BaselineFreeze(
        measure_id=measure.id,
        points=wanted.points,
        reason=wanted.reason,
        author_id=actor.person_id,
        known_at=now,
    )
    session.add(row)
    session.flush()
    after = {"points": row.points, "reason": row.reason}
    before = {"points": points} if newest else None
    verb = "released" if row.points is None else "froze"
    change = Change(f"{verb} the baseline of", _subject(measure, row), after, before)
    _append(session, measure, change, actor=actor, now=now)
    return row


def _refuse_unless_live(measure: Measure) -> None:
    refuse_closed(measure.objective.priority.plan)
    if is_archived(measure):
        raise RuleBroken(
            "This measure is archived: restore it before you change its breaks or baseline"
        )


def _refuse_stale(newest: BaselineFreeze | None, seen_id: int) -> None:
    if newest is None or newest.id == seen_id:
        return
    if newest.points is None:
        raise Conflict("The baseline was released meanwhile.", {}, newest.id)
    raise Conflict(
        f"The baseline was frozen at {newest.points} values meanwhile.",
        {"points": str(newest.points)},
        newest.id,
    )


def _newest_freeze(session: Session, measure: Measure) -> BaselineFreeze | None:
    return session.scalar(_FREEZE, {"measure": measure.id})


def _series(session: Session, measure: Measure, baseline_points: int | None = None) -> KnownSeries:
    told = {"measure": measure.id}
    held = session.execute(_HELD, told).all()
    # The newest row of a day comes last and counts.
    breaks = {row.starts_on: row.is_withdrawn for row in session.execute(_BREAKS, told)}
    return KnownSeries(
        frequency=measure.frequency,
        held=frozenset(row.period_start for row in held),
        counting=frozenset(row.period_start for row in held if row.state is ObservationState.FINAL),
        breaks=frozenset(day for day, is_withdrawn in breaks.items() if not is_withdrawn),
        baseline_points=baseline_points,
    )


def _store_break(
    session: Session,
    measure: Measure,
    details: BreakDetails,
    *,
    is_withdrawn: bool,
    actor: Actor,
    now: datetime,
) -> SeriesBreak:
    row = SeriesBreak(
        measure_id=measure.id,
        starts_on=details.starts_on,
        is_withdrawn=is_withdrawn,
        reason=details.reason,
        author_id=actor.person_id,
        known_at=now,
    )
    session.add(row)
    session.flush()
    return row


def _label(measure: Measure, day: date) -> str:
    return Period.containing(measure.frequency, day).label


def _append(
    session: Session, measure: Measure, change: Change, *, actor: Actor, now: datetime
) -> None:
    append_to_plan(session, measure.objective.priority.plan_id, change, actor=actor, now=now)


def _subject(measure: Measure, row: SeriesBreak | BaselineFreeze) -> Subject:
    kind = "series_break" if isinstance(row, SeriesBreak) else "baseline_freeze"
    title = f"{measure.code} {measure.title}"
    return Subject(kind, row.id, title, ItemKind.MEASURE, measure.id)
