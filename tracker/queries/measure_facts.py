"""Measures as known at the end of a day: target and newest values, in two queries."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, false, func, select
from sqlalchemy.orm import Session

from tracker.domain.facts import MeasureFacts, ObservationFacts, PartnerFacts, TargetFacts
from tracker.models import Measure, Objective, Observation, Priority, Target
from tracker.queries.reading import Reading, is_visible, newest


def measures_by_objective(
    session: Session,
    which: ColumnElement[bool],
    partners: Mapping[int, PartnerFacts],
    reading: Reading,
    *,
    since: date,
) -> tuple[dict[int, list[MeasureFacts]], int]:
    """Return measures in order under the id of their objective, and how many are hidden.

    :param since: periods that began earlier are not read. Two queries.
    """
    rows = session.execute(_measures(which, reading)).all()
    observations = _observations(session, which, reading, since)
    found: dict[int, list[MeasureFacts]] = defaultdict(list)
    for row in rows:
        if row.is_visible:
            facts = _measure(row, partners, tuple(observations.get(row.id, ())))
            found[row.objective_id].append(facts)
    return found, sum(not row.is_visible for row in rows)


def _measures(which: ColumnElement[bool], reading: Reading) -> Select[*tuple[Any, ...]]:
    newest_row = newest(Target, "measure_id", Measure.id, reading)
    return (
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
            Measure.marking,
            Measure.provenance,
            Target.baseline,
            Target.baseline_label,
            Target.target,
            Target.tolerance_percent,
            Target.starts_on,
            Target.ends_on,
            Target.trajectory,
            Target.provenance.label("target_provenance"),
            is_visible(Measure, Measure.owner_partner_id, false(), reading),
        )
        .join(Objective, Measure.objective_id == Objective.id)
        .join(Priority, Objective.priority_id == Priority.id)
        .join(Target, Target.id == newest_row)
        .where(which, reading.was_in_plan(Measure))
        .order_by(Measure.position, Measure.id)
    )


def _observations(
    session: Session, which: ColumnElement[bool], reading: Reading, since: date
) -> dict[int, list[ObservationFacts]]:
    rank = func.row_number().over(
        partition_by=(Observation.measure_id, Observation.period_start),
        order_by=Observation.version.desc(),
    )
    versions = (
        select(
            Observation.measure_id,
            Observation.id,
            Observation.period_start,
            Observation.value,
            Observation.state,
            Observation.version,
            Observation.known_at,
            Observation.provenance,
            rank.label("rank"),
        )
        .join(Measure, Observation.measure_id == Measure.id)
        .join(Objective, Measure.objective_id == Objective.id)
        .join(Priority, Objective.priority_id == Priority.id)
        .where(which, Observation.known_at < reading.until, Observation.period_start >= since)
        .subquery()
    )
    counted = select(versions).where(versions.c.rank == 1).order_by(versions.c.period_start)
    found: dict[int, list[ObservationFacts]] = defaultdict(list)
    for row in session.execute(counted):
        found[row.measure_id].append(
            ObservationFacts(
                row.id,
                row.period_start,
                row.value,
                row.state,
                row.version,
                row.known_at,
                row.provenance,
            )
        )
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
        marking=row.marking,
        provenance=row.provenance,
        target=_target(row),
        observations=observations,
    )


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
    )
