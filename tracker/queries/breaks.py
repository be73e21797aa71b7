"""The breaks and the baseline of a measure: what stands at the end of a day, and how it came."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from tracker.domain.assessment import MeasureAssessment, assess_measure
from tracker.domain.breaks import (
    KnownSeries,
    Suggestion,
    standing_words,
    stretch_words,
    suggested_break,
)
from tracker.domain.facts import PartnerFacts
from tracker.domain.periods import Period
from tracker.domain.rules import StatusRules
from tracker.domain.vocabulary import Frequency
from tracker.models import BaselineFreeze, Measure, Person, SeriesBreak
from tracker.queries.measure_facts import measures_by_objective
from tracker.queries.reading import UNTIL, Extent, Reading

_BREAKS = (
    select(
        SeriesBreak.starts_on,
        SeriesBreak.is_withdrawn,
        SeriesBreak.reason,
        SeriesBreak.known_at,
        Person.name.label("author"),
    )
    .outerjoin(Person, Person.id == SeriesBreak.author_id)
    .where(SeriesBreak.measure_id == bindparam("id"), SeriesBreak.known_at < UNTIL)
    .order_by(SeriesBreak.starts_on.desc(), SeriesBreak.id.desc())
)
_FREEZES = (
    select(
        BaselineFreeze.id,
        BaselineFreeze.points,
        BaselineFreeze.reason,
        BaselineFreeze.known_at,
        Person.name.label("author"),
    )
    .outerjoin(Person, Person.id == BaselineFreeze.author_id)
    .where(BaselineFreeze.measure_id == bindparam("id"), BaselineFreeze.known_at < UNTIL)
    .order_by(BaselineFreeze.id.desc())
)


@dataclass(frozen=True, slots=True)
class BreakEvent:
    """A break was marked or withdrawn."""

    is_withdrawn: bool
    reason: str
    known_at: datetime
    author: str


@dataclass(frozen=True, slots=True)
class BreakEntry:
    """Everything that became of the break on one day; the newest event counts and comes first."""

    starts_on: date
    period: Period
    events: tuple[BreakEvent, ...]

    @property
    def stands(self) -> bool:
        """Whether values before and after it are kept apart."""
        return not self.events[0].is_withdrawn


@dataclass(frozen=True, slots=True)
class FreezeEvent:
    """The baseline was frozen at so many points, or released: ``points`` is ``None`` then."""

    id: int
    points: int | None
    reason: str
    known_at: datetime
    author: str


@dataclass(frozen=True, slots=True)
class BreaksPage:
    """The breaks and the baseline of a measure as at a day.

    :param assessment: ``None`` where the measure was not in the plan on that day.
    :param breaks: the latest first, those that were withdrawn included.
    :param freezes: the newest first.
    :param enough: final values from which a segment's limits are used.
    """

    assessment: MeasureAssessment | None
    breaks: tuple[BreakEntry, ...]
    freezes: tuple[FreezeEvent, ...]
    enough: int

    @property
    def standing(self) -> tuple[BreakEntry, ...]:
        """The breaks that stand, the latest first."""
        return tuple(entry for entry in self.breaks if entry.stands)

    @property
    def baseline(self) -> FreezeEvent | None:
        """What froze the baseline, ``None`` where every point counts."""
        newest = self.freezes[0] if self.freezes else None
        return newest if newest is not None and newest.points is not None else None

    @property
    def seen_id(self) -> int:
        """What a form about the baseline has seen: id of the newest event, 0 if there is none."""
        return self.freezes[0].id if self.freezes else 0

    @property
    def series(self) -> KnownSeries | None:
        """What a new break or baseline is checked against; ``None`` as for ``assessment``."""
        return KnownSeries.of(self.assessment.facts) if self.assessment else None

    @property
    def suggestion(self) -> Suggestion | None:
        """The break that the chart suggests; a person may mark it."""
        if self.assessment is None or self.assessment.analysis.chart is None:
            return None
        facts, chart = self.assessment.facts, self.assessment.analysis.chart
        return suggested_break(chart, facts.frequency)

    @property
    def sentence(self) -> str:
        """What stands, in a sentence."""
        points = self.baseline.points if self.baseline else None
        return standing_words(len(self.standing), points)

    @property
    def stretches(self) -> str:
        """How many final values each segment has, in words."""
        return stretch_words(self.series) if self.series else ""


def breaks_page(
    session: Session, measure: Measure, rules: StatusRules, reading: Reading
) -> BreaksPage:
    """Return a measure's breaks and baseline with their whole history. Four queries."""
    owner = measure.owner_partner
    is_statutory = owner.statutory_from is not None
    partners = {
        owner.id: PartnerFacts(owner.id, owner.code, owner.name, owner.short_name, is_statutory)
    }
    found, _hidden = measures_by_objective(session, Extent.ITEM, measure.id, partners, reading)
    facts = next((f for group in found.values() for f in group), None)
    told = reading.told(id=measure.id)
    return BreaksPage(
        assessment=assess_measure(facts, rules, reading.as_at) if facts else None,
        breaks=_breaks(session, measure.frequency, told),
        freezes=tuple(
            FreezeEvent(row.id, row.points, row.reason, row.known_at, _name(row.author))
            for row in session.execute(_FREEZES, told)
        ),
        enough=rules.chart_points,
    )


def _breaks(
    session: Session, frequency: Frequency, told: Mapping[str, Any]
) -> tuple[BreakEntry, ...]:
    days: dict[date, list[BreakEvent]] = {}
    for row in session.execute(_BREAKS, told):
        event = BreakEvent(row.is_withdrawn, row.reason, row.known_at, _name(row.author))
        days.setdefault(row.starts_on, []).append(event)
    return tuple(
        BreakEntry(day, Period.containing(frequency, day), tuple(events))
        for day, events in days.items()
    )


def _name(author: str | None) -> str:
    return author or "The system"
