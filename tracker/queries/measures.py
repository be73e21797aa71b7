"""A plan's measures as a list, and one measure's own page with every version of its values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Row, bindparam, select
from sqlalchemy.orm import Session

from tracker.domain.assessment import MeasureAssessment, assess_measure
from tracker.domain.facts import PartnerFacts
from tracker.domain.periods import Period, local_date
from tracker.domain.rules import StatusRules
from tracker.domain.vocabulary import Frequency, ObservationState, Provenance, Trajectory
from tracker.models import Measure, Observation, Partner, Person, Target
from tracker.queries.measure_facts import measures_by_objective
from tracker.queries.reading import UNTIL, Extent, Reading

#: Periods in the table of a measure's page before "show all".
SHOWN = 12
#: No period began before this.
THE_BEGINNING = date(2000, 1, 1)

_VERSIONS = (
    select(
        Observation.id,
        Observation.period_start,
        Observation.version,
        Observation.value,
        Observation.state,
        Observation.provenance,
        Observation.source,
        Observation.note,
        Observation.change_reason,
        Observation.known_at,
        Observation.author_id,
        Person.name.label("author"),
        Partner.short_name.label("on_behalf_of"),
    )
    .outerjoin(Person, Person.id == Observation.author_id)
    .outerjoin(Partner, Partner.id == Observation.on_behalf_of_id)
    .where(Observation.measure_id == bindparam("id"), Observation.known_at < UNTIL)
    .order_by(Observation.period_start.desc(), Observation.version.desc())
)
_TARGETS = (
    select(Target)
    .where(Target.measure_id == bindparam("id"), Target.known_at < UNTIL)
    .order_by(Target.id.desc())
)


@dataclass(frozen=True, slots=True)
class Version:
    """One version of one period's value, newest first within its period."""

    id: int
    period: Period
    version: int
    value: Decimal | None
    state: ObservationState
    provenance: Provenance
    source: str
    note: str
    change_reason: str
    known_at: datetime
    author: str
    author_id: int | None
    on_behalf_of: str


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """One period of the table: the version that counts, and the earlier ones."""

    newest: Version
    earlier: tuple[Version, ...]


@dataclass(frozen=True, slots=True)
class TargetVersion:
    """Baseline and target as set on one day."""

    set_on: date
    baseline: Decimal | None
    baseline_label: str
    target: Decimal | None
    tolerance_percent: Decimal
    trajectory: Trajectory
    starts_on: date
    ends_on: date
    provenance: Provenance
    reason: str


@dataclass(frozen=True, slots=True)
class MeasurePage:
    """A measure as at a day; ``assessment`` is ``None`` where it was not in the plan yet."""

    assessment: MeasureAssessment | None
    rows: tuple[PeriodRow, ...]
    targets: tuple[TargetVersion, ...]

    @property
    def shown_rows(self) -> tuple[PeriodRow, ...]:
        """The newest periods, as many as the page shows at first."""
        return self.rows[:SHOWN]


def measure_page(
    session: Session, measure: Measure, rules: StatusRules, reading: Reading
) -> MeasurePage:
    """Return a measure's page, newest period first. Four queries."""
    owner = measure.owner_partner
    is_statutory = owner.statutory_from is not None
    partners = {
        owner.id: PartnerFacts(owner.id, owner.code, owner.name, owner.short_name, is_statutory)
    }
    found, _hidden = measures_by_objective(
        session, Extent.ITEM, measure.id, partners, reading, since=THE_BEGINNING
    )
    facts = next((f for group in found.values() for f in group), None)
    assessment = assess_measure(facts, rules, reading.as_at) if facts else None
    told = reading.told(id=measure.id)
    return MeasurePage(assessment, _rows(session, measure, told), _targets(session, told))


def _rows(session: Session, measure: Measure, told: Mapping[str, Any]) -> tuple[PeriodRow, ...]:
    periods: dict[date, list[Version]] = {}
    for row in session.execute(_VERSIONS, told):
        periods.setdefault(row.period_start, []).append(_version(row, measure.frequency))
    return tuple(PeriodRow(versions[0], tuple(versions[1:])) for versions in periods.values())


def _version(row: Row[*tuple[Any, ...]], frequency: Frequency) -> Version:
    return Version(
        id=row.id,
        period=Period(frequency, row.period_start),
        version=row.version,
        value=row.value,
        state=row.state,
        provenance=row.provenance,
        source=row.source,
        note=row.note,
        change_reason=row.change_reason,
        known_at=row.known_at,
        author=row.author or "The system",
        author_id=row.author_id,
        on_behalf_of=row.on_behalf_of or "",
    )


def _targets(session: Session, told: Mapping[str, Any]) -> tuple[TargetVersion, ...]:
    return tuple(
        TargetVersion(
            set_on=local_date(row.known_at),
            baseline=row.baseline,
            baseline_label=row.baseline_label,
            target=row.target,
            tolerance_percent=row.tolerance_percent,
            trajectory=row.trajectory,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            provenance=row.provenance,
            reason=row.reason,
        )
        for row in session.scalars(_TARGETS, told)
    )
