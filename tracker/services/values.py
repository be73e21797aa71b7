"""Storing many values at once: all or nothing, and the same file twice changes nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Protocol

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from tracker.domain.actors import Actor
from tracker.domain.errors import Conflict, RuleBroken
from tracker.domain.observations import NUMBERS, ObservationEntry, read_number, worked_out
from tracker.domain.periods import Period
from tracker.domain.vocabulary import ObservationState, Unit
from tracker.models import Measure, Objective, Observation, Priority
from tracker.services.observations import correct_observation, is_stored, record_observation


class Row(Protocol):
    """A row of a file, as text."""

    @property
    def row(self) -> int:
        """Number of the row in the file."""

    @property
    def measure(self) -> str:
        """Code of the measure."""

    @property
    def period(self) -> str:
        """Period, such as 2016-12."""

    @property
    def value(self) -> str:
        """Value as typed; may be empty where its parts are given."""

    @property
    def numerator(self) -> str:
        """What a rate or percentage counts."""

    @property
    def denominator(self) -> str:
        """Of how many, or the number of answers behind a percentage or an average."""

    @property
    def state(self) -> str:
        """State, final if empty."""

    @property
    def note(self) -> str:
        """Note."""

    @property
    def reason(self) -> str:
        """Why a stored value changes."""


@dataclass(slots=True)
class ImportOutcome:
    """What an import did, or would do; with errors nothing may be kept."""

    rows: int
    new: int = 0
    corrected: int = 0
    unchanged: int = 0
    errors: list[dict[str, str | int]] = field(default_factory=list)


def import_values(
    session: Session,
    rows: Sequence[Row],
    *,
    plan_id: int,
    source: str,
    actor: Actor,
    now: datetime,
) -> ImportOutcome:
    """Store each row as a first version, a correction, or nothing where it is stored already.

    :param source: name of the file, kept with each value.
    """
    measures, stored = _measures(session, plan_id), _stored(session, plan_id)
    outcome = ImportOutcome(rows=len(rows))
    for row in rows:
        try:
            measure, entry = _entry(row, measures, source)
            _store(session, measure, entry, stored, outcome, actor=actor, now=now)
        except (RuleBroken, Conflict) as refused:
            column = getattr(refused, "field", None) or ""
            outcome.errors.append({"row": row.row, "column": column, "message": refused.message})
    return outcome


_Stored = dict[tuple[int, object], Observation]


def _store(
    session: Session,
    measure: Measure,
    entry: ObservationEntry,
    stored: _Stored,
    outcome: ImportOutcome,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    key = (measure.id, entry.period.start)
    earlier = stored.get(key)
    if earlier is None:
        stored[key] = record_observation(session, measure, entry, actor=actor, now=now)
        outcome.new += 1
    elif is_stored(earlier, entry):
        outcome.unchanged += 1
    else:
        stored[key] = correct_observation(
            session, measure, entry, earlier.version, actor=actor, now=now
        )
        outcome.corrected += 1


def _entry(
    row: Row, measures: Mapping[str, Measure], source: str
) -> tuple[Measure, ObservationEntry]:
    measure = measures.get(row.measure.upper())
    if measure is None:
        raise RuleBroken(f"No measure of this plan has the code {row.measure[:40]}", "measure")
    state = _state(row.state)
    return measure, ObservationEntry(
        period=Period.parse(row.period, measure.frequency),
        **_numbers(row, measure, state),
        state=state,
        note=row.note,
        source=measure.data_source or source,
        change_reason=row.reason or f"Imported from {source}",
        provenance=measure.provenance,
    )


def _numbers(row: Row, measure: Measure, state: ObservationState) -> dict[str, Decimal | None]:
    """Return the row's numbers, its value worked out; RuleBroken beside the column."""
    texts = {name: text for name in NUMBERS if (text := getattr(row, name).strip())}
    if not state.has_value:
        for name in texts:
            raise RuleBroken(
                "Leave the value empty where it is withheld or was not collected", name
            )
        return {"value": None}
    numbers = {name: _number(text, measure.unit, name) for name, text in texts.items()}
    return {**numbers, "value": worked_out(measure.unit, per=measure.per, **numbers)}


def _number(text: str, unit: Unit, name: str) -> Decimal:
    return read_number(text, unit if name == "value" else Unit.AVERAGE, name)


def _state(text: str) -> ObservationState:
    word = text.strip().lower().replace(" ", "_") or ObservationState.FINAL.value
    try:
        return ObservationState(word)
    except ValueError:
        words = ", ".join(state.value.replace("_", " ") for state in ObservationState)
        raise RuleBroken(f"Enter one of: {words}", "state") from None


def _measures(session: Session, plan_id: int) -> dict[str, Measure]:
    query = (
        select(Measure)
        .join(Measure.objective)
        .join(Objective.priority)
        .where(Priority.plan_id == plan_id, Measure.left_at.is_(None))
        .options(
            joinedload(Measure.objective).joinedload(Objective.priority).joinedload(Priority.plan)
        )
    )
    return {measure.code.upper(): measure for measure in session.scalars(query)}


def _stored(session: Session, plan_id: int) -> _Stored:
    newest = select(func.max(Observation.id)).group_by(
        Observation.measure_id, Observation.period_start
    )
    query = (
        select(Observation)
        .join(Observation.measure)
        .join(Measure.objective)
        .join(Objective.priority)
        .where(Priority.plan_id == plan_id, Observation.id.in_(newest))
    )
    return {(row.measure_id, row.period_start): row for row in session.scalars(query)}
