"""A plan's measures as a list, and one measure's own page with every version of its values."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Row, bindparam, select
from sqlalchemy.orm import Session

from tracker.domain.assessment import ActionAssessment, MeasureAssessment, assess_measure
from tracker.domain.facts import ObservationFacts, PartnerFacts
from tracker.domain.periods import Period, local_date
from tracker.domain.rules import StatusRules
from tracker.domain.status import action_status
from tracker.domain.vocabulary import Frequency, ObservationState, Provenance, Trajectory
from tracker.domain.wording import parts_words
from tracker.models import Measure, Observation, Partner, Person, Target
from tracker.queries.action_facts import actions_of_objective
from tracker.queries.measure_facts import one_measure
from tracker.queries.reading import UNTIL, Reading

#: Periods in the table of a measure's page before "show all".
SHOWN = 12

_VERSIONS = (
    select(
        Observation.id,
        Observation.period_start,
        Observation.version,
        Observation.value,
        Observation.numerator,
        Observation.denominator,
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
    select(Target, Person.name)
    .outerjoin(Person, Person.id == Target.author_id)
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
    numerator: Decimal | None
    denominator: Decimal | None
    state: ObservationState
    provenance: Provenance
    source: str
    note: str
    change_reason: str
    known_at: datetime
    author: str
    author_id: int | None
    on_behalf_of: str

    @property
    def parts(self) -> str:
        """What the value was made of, as it follows it: "(44 of 50)", "of 113 answers"."""
        return parts_words(self.numerator, self.denominator)


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """One period of the table: the version that counts, and the earlier ones."""

    newest: Version
    earlier: tuple[Version, ...]


@dataclass(frozen=True, slots=True)
class TargetVersion:
    """Baseline and target as set on one day."""

    set_on: date
    author: str
    baseline: Decimal | None
    baseline_label: str
    target: Decimal | None
    tolerance_percent: Decimal
    tolerance_absolute: Decimal | None
    band_low: Decimal | None
    band_high: Decimal | None
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


def measure_page(
    session: Session, measure: Measure, rules: StatusRules, reading: Reading
) -> MeasurePage:
    """Return a measure's page, newest period first. Two queries."""
    owner = measure.owner_partner
    is_statutory = owner.statutory_from is not None
    partners = {
        owner.id: PartnerFacts(owner.id, owner.code, owner.name, owner.short_name, is_statutory)
    }
    rows = _rows(session, measure, reading)
    known = tuple(_observation(row.newest) for row in reversed(rows))
    facts = one_measure(session, measure.id, partners, reading, known)
    assessment = assess_measure(facts, rules, reading.as_at) if facts else None
    return MeasurePage(assessment, rows)


def contributing_actions(
    session: Session, measure: Measure, rules: StatusRules, reading: Reading
) -> tuple[ActionAssessment, ...]:
    """Return the actions of a measure's objective, each with its status. Two queries."""
    actions = actions_of_objective(session, measure.objective_id, reading)
    return tuple(
        ActionAssessment(action, action_status(action, rules, reading.as_at)) for action in actions
    )


def target_versions(
    session: Session, measure: Measure, reading: Reading
) -> tuple[TargetVersion, ...]:
    """Return each baseline and target that was set, the newest first. One query."""
    return tuple(
        TargetVersion(
            set_on=local_date(row.known_at),
            author=author or "the system",
            baseline=row.baseline,
            baseline_label=row.baseline_label,
            target=row.target,
            tolerance_percent=row.tolerance_percent,
            tolerance_absolute=row.tolerance_absolute,
            band_low=row.band_low,
            band_high=row.band_high,
            trajectory=row.trajectory,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            provenance=row.provenance,
            reason=row.reason,
        )
        for row, author in session.execute(_TARGETS, reading.told(id=measure.id))
    )


def _rows(session: Session, measure: Measure, reading: Reading) -> tuple[PeriodRow, ...]:
    periods: dict[date, list[Version]] = {}
    for row in session.execute(_VERSIONS, reading.told(id=measure.id)):
        periods.setdefault(row.period_start, []).append(_version(row, measure.frequency))
    return tuple(PeriodRow(versions[0], tuple(versions[1:])) for versions in periods.values())


def _observation(version: Version) -> ObservationFacts:
    return ObservationFacts(
        id=version.id,
        period_start=version.period.start,
        value=version.value,
        state=version.state,
        version=version.version,
        known_at=version.known_at,
        provenance=version.provenance,
        numerator=version.numerator,
        denominator=version.denominator,
    )


def _version(row: Row[*tuple[Any, ...]], frequency: Frequency) -> Version:
    return Version(
        id=row.id,
        period=Period(frequency, row.period_start),
        version=row.version,
        value=row.value,
        numerator=row.numerator,
        denominator=row.denominator,
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
