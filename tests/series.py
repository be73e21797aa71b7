"""Measures with many values, breaks and a frozen baseline, for tests of what people set there."""

from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.standing import Standing
from tests.walking import KNOWN
from tracker.domain.breaks import BreakDetails, FreezeDetails
from tracker.domain.errors import RuleBroken
from tracker.domain.observations import ObservationEntry
from tracker.domain.periods import Period
from tracker.domain.vocabulary import Frequency, ObservationState
from tracker.models import BaselineFreeze, Measure, Observation
from tracker.queries import things
from tracker.services.breaks import freeze_baseline, mark_break
from tracker.services.observations import record_observation

#: First of the 26 months that end with February 2017.
FIRST = date(2015, 1, 1)
MONTHS = 26
SEPTEMBER = date(2016, 9, 1)
REASON = "The force moved to a new recording system."


def fill_series(
    session: Session,
    standing: Standing,
    measure: Measure,
    *,
    low: int = 80,
    high: int = 80,
    provisional: int = 1,
) -> None:
    """Give a measure 26 months of values: around ``low``, from June 2016 on around ``high``."""
    stored = select(Observation.period_start).where(Observation.measure_id == measure.id)
    held = set(session.scalars(stored))
    period = Period.containing(Frequency.MONTHLY, FIRST)
    who: dict[str, Any] = {"actor": standing.actor("Officer"), "now": KNOWN}
    # Of February nobody knows before it is over.
    who_later = who | {"now": datetime(2017, 3, 2, 9, 0, tzinfo=KNOWN.tzinfo)}
    for place in range(MONTHS):
        is_last = place >= MONTHS - provisional
        entry = ObservationEntry(
            period,
            Decimal((low if period.start < date(2016, 6, 1) else high) + place % 3),
            ObservationState.PROVISIONAL if is_last else ObservationState.FINAL,
        )
        told = who_later if place == MONTHS - 1 else who
        if period.start not in held:
            record_observation(session, measure, entry, **told)
        period = period.next()


def break_at(
    session: Session,
    standing: Standing,
    measure: Measure,
    day: date = SEPTEMBER,
    *,
    now: datetime = KNOWN,
) -> None:
    """Let the officer mark a break."""
    mark_break(
        session, measure, BreakDetails(day, REASON), actor=standing.actor("Officer"), now=now
    )


def freeze_at(
    session: Session, standing: Standing, measure: Measure, points: int, seen_id: int = 0
) -> int:
    """Let the officer freeze the baseline; return the id of that event."""
    details = FreezeDetails(points, REASON)
    who: dict[str, Any] = {"actor": standing.actor("Officer"), "now": KNOWN}
    return freeze_baseline(session, measure, details, seen_id, **who).id


def stand_ready(session: Session, standing: Standing) -> None:
    """Let the standing measure have a series, a break that stands and a frozen baseline."""
    session.rollback()
    found = things.measure(session, standing.measure.id)
    assert found is not None
    measure = found.row
    fill_series(session, standing, measure)
    with suppress(RuleBroken):
        break_at(session, standing, measure)
    with suppress(RuleBroken):
        seen = session.scalar(select(func.max(BaselineFreeze.id)))
        freeze_at(session, standing, measure, 12, seen or 0)
    session.commit()
