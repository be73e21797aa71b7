"""Measures as known at the end of a day: target and newest values, in two queries."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Row, Select, String, cast, exists, false, func, select
from sqlalchemy.orm import Session, aliased

from tracker.domain.facts import MeasureFacts, ObservationFacts, PartnerFacts, TargetFacts
from tracker.domain.vocabulary import ItemKind
from tracker.models import (
    BaselineFreeze,
    Measure,
    Objective,
    Observation,
    Plan,
    Priority,
    SeriesBreak,
    Target,
)
from tracker.queries.judgement_facts import JudgementColumns
from tracker.queries.reading import UNTIL, Extent, Reading, is_visible, newest, was_in_plan

_JUDGEMENT = JudgementColumns(ItemKind.MEASURE, Measure.id)


def measures_by_objective(
    session: Session,
    extent: Extent,
    which: int,
    partners: Mapping[int, PartnerFacts],
    reading: Reading,
) -> tuple[dict[int, list[MeasureFacts]], int]:
    """Return measures in order under the id of their objective, and how many are hidden.

    Every period is read: what is usual is worked out from all of them.

    :param which: id of the plan or of the one measure. Two queries.
    """
    told = reading.told(id=which)
    rows = session.execute(_measures(extent), told).all()
    observations = _observations_by_measure(session, extent, told)
    found: dict[int, list[MeasureFacts]] = defaultdict(list)
    for row in rows:
        if row.is_visible:
            facts = _measure(row, partners, tuple(observations.get(row.id, ())))
            found[row.objective_id].append(facts)
    return found, sum(not row.is_visible for row in rows)


def one_measure(
    session: Session,
    measure_id: int,
    partners: Mapping[int, PartnerFacts],
    reading: Reading,
    observations: tuple[ObservationFacts, ...],
) -> MeasureFacts | None:
    """Return one measure whose observations are read already. One query.

    ``None`` where it was not in the plan on the day, or the audience may not know of it.
    """
    row = session.execute(_measures(Extent.ITEM), reading.told(id=measure_id)).one_or_none()
    return None if row is None or not row.is_visible else _measure(row, partners, observations)


@cache
def _measures(extent: Extent) -> Select[*tuple[Any, ...]]:
    newest_row = newest(Target, "measure_id", Measure.id)
    query = (
        select(
            Measure.id,
            Measure.objective_id,
            Measure.code,
            Measure.title,
            Measure.owner_partner_id,
            Measure.unit,
            Measure.unit_noun,
            Measure.standing,
            Measure.direction,
            Measure.frequency,
            Measure.aggregation,
            Measure.is_cumulative,
            Measure.lag_days,
            Measure.collected_from,
            Plan.ends_on.label("collected_until"),
            Measure.marking,
            Measure.provenance,
            Measure.per,
            Measure.is_screened,
            _breaks().label("breaks"),
            _baseline_points().label("baseline_points"),
            Target.baseline,
            Target.baseline_label,
            Target.target,
            Target.tolerance_percent,
            Target.tolerance_absolute,
            Target.band_low,
            Target.band_high,
            Target.starts_on,
            Target.ends_on,
            Target.trajectory,
            Target.provenance.label("target_provenance"),
            is_visible(Measure, Measure.owner_partner_id, false()),
            *_JUDGEMENT.columns,
        )
        .join(Objective, Measure.objective_id == Objective.id)
        .join(Priority, Objective.priority_id == Priority.id)
        .join(Plan, Priority.plan_id == Plan.id)
        .join(Target, Target.id == newest_row)
        .where(extent.covers(Measure), was_in_plan(Measure))
        .order_by(Measure.position, Measure.id)
    )
    return _JUDGEMENT.join(query)


def _breaks() -> Any:
    """Return the days of a measure's breaks as one text, in no order."""
    newer = aliased(SeriesBreak)
    is_replaced = exists().where(
        newer.measure_id == SeriesBreak.measure_id,
        newer.starts_on == SeriesBreak.starts_on,
        newer.id > SeriesBreak.id,
        newer.known_at < UNTIL,
    )
    return (
        select(func.aggregate_strings(cast(SeriesBreak.starts_on, String), ","))
        .where(SeriesBreak.measure_id == Measure.id, SeriesBreak.known_at < UNTIL)
        .where(~SeriesBreak.is_withdrawn, ~is_replaced)
        .scalar_subquery()
    )


def _baseline_points() -> Any:
    newer = aliased(BaselineFreeze)
    is_replaced = exists().where(
        newer.measure_id == BaselineFreeze.measure_id,
        newer.id > BaselineFreeze.id,
        newer.known_at < UNTIL,
    )
    return (
        select(BaselineFreeze.points)
        .where(BaselineFreeze.measure_id == Measure.id, BaselineFreeze.known_at < UNTIL)
        .where(~is_replaced)
        .scalar_subquery()
    )


@cache
def _observations(extent: Extent) -> Select[*tuple[Any, ...]]:
    newer = aliased(Observation)
    is_corrected = exists().where(
        newer.measure_id == Observation.measure_id,
        newer.period_start == Observation.period_start,
        newer.version > Observation.version,
        newer.known_at < UNTIL,
    )
    return (
        select(
            Observation.measure_id,
            Observation.id,
            Observation.period_start,
            Observation.value,
            Observation.state,
            Observation.version,
            Observation.known_at,
            Observation.provenance,
            Observation.numerator,
            Observation.denominator,
        )
        .join(Measure, Observation.measure_id == Measure.id)
        .join(Objective, Measure.objective_id == Objective.id)
        .join(Priority, Objective.priority_id == Priority.id)
        .where(extent.covers(Measure), Observation.known_at < UNTIL, ~is_corrected)
        .order_by(Observation.period_start)
    )


def _observations_by_measure(
    session: Session, extent: Extent, told: Mapping[str, Any]
) -> dict[int, list[ObservationFacts]]:
    found: dict[int, list[ObservationFacts]] = defaultdict(list)
    for measure_id, *seen in session.execute(_observations(extent), told):
        found[measure_id].append(ObservationFacts(*seen))
    return found


def _measure(
    row: Row[Any],
    partners: Mapping[int, PartnerFacts],
    observations: tuple[ObservationFacts, ...],
) -> MeasureFacts:
    return MeasureFacts(
        id=row.id,
        code=row.code,
        title=row.title,
        owner=partners[row.owner_partner_id],
        unit=row.unit,
        unit_noun=row.unit_noun,
        standing=row.standing,
        direction=row.direction,
        frequency=row.frequency,
        aggregation=row.aggregation,
        is_cumulative=row.is_cumulative,
        lag_days=row.lag_days,
        collected_from=row.collected_from,
        collected_until=row.collected_until,
        marking=row.marking,
        provenance=row.provenance,
        target=_target(row),
        observations=observations,
        per=row.per,
        breaks=_days(row.breaks),
        baseline_points=row.baseline_points,
        is_screened=row.is_screened,
        judgement=_JUDGEMENT.read(row),
    )


def _days(text: str | None) -> tuple[date, ...]:
    return tuple(sorted(map(date.fromisoformat, text.split(",")))) if text else ()


def _target(row: Row[Any]) -> TargetFacts:
    return TargetFacts(
        baseline=row.baseline,
        baseline_label=row.baseline_label,
        target=row.target,
        tolerance_percent=row.tolerance_percent,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        trajectory=row.trajectory,
        provenance=row.target_provenance,
        tolerance_absolute=row.tolerance_absolute,
        band_low=row.band_low,
        band_high=row.band_high,
    )
