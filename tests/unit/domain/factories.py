"""Facts for the tests of the domain: sound by default, each part changed by name."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from decimal import Decimal
from itertools import count
from typing import Any

from tracker.domain.facts import (
    ActionFacts,
    MeasureFacts,
    MilestoneFacts,
    ObjectiveFacts,
    ObservationFacts,
    PartnerFacts,
    PlanFacts,
    PriorityFacts,
    TargetFacts,
    UpdateFacts,
)
from tracker.domain.periods import Period
from tracker.domain.rules import StatusRules
from tracker.domain.vocabulary import (
    ActionState,
    Aggregation,
    Confidence,
    Direction,
    Frequency,
    ObservationState,
    PriorityKind,
    Provenance,
    Standing,
    Unit,
)

#: The plan's year, and the day its March review looks back from.
FIRST_DAY = date(2016, 4, 1)
LAST_DAY = date(2017, 3, 31)
RULES = StatusRules()

POLICE = PartnerFacts(1, "CoLP", "City of London Police", "City Police", is_statutory=True)
FIRE = PartnerFacts(2, "LFB", "London Fire Brigade", "Fire Brigade", is_statutory=True)

_ids = count(1)


def milestone(due_on: date, done_on: date | None = None, title: str = "Paper") -> MilestoneFacts:
    return MilestoneFacts(next(_ids), title, due_on, done_on)


def update(known_on: date, **changes: Any) -> UpdateFacts:
    """An update of an action that goes well, made at noon."""
    facts: dict[str, Any] = {
        "id": next(_ids),
        "known_at": datetime.combine(known_on, time(12), UTC),
        "known_on": known_on,
        "author": "Lead",
        "state": ActionState.IN_PROGRESS,
        "confidence": Confidence.HIGH,
        "percent": None,
        "is_blocked": False,
        "happened": "It was done.",
        "next_steps": "",
        "help_needed": "",
        "provenance": Provenance.DOCUMENTED,
    }
    return UpdateFacts(**facts | changes)


def action(**changes: Any) -> ActionFacts:
    """An action of the whole year; ``due_on`` alone moves the baseline with it."""
    due_on = changes.get("due_on", LAST_DAY)
    facts: dict[str, Any] = {
        "id": next(_ids),
        "code": "A1",
        "title": "Run the operation",
        "lead": POLICE,
        "starts_on": FIRST_DAY,
        "due_on": due_on,
        "baseline_due_on": due_on,
    }
    return ActionFacts(**facts | changes)


def target(
    value: str | None = "120", *, baseline: str | None = None, **changes: Any
) -> TargetFacts:
    facts: dict[str, Any] = {
        "baseline": None if baseline is None else Decimal(baseline),
        "baseline_label": "2015/16",
        "target": None if value is None else Decimal(value),
        "tolerance_percent": Decimal(5),
        "starts_on": FIRST_DAY,
        "ends_on": LAST_DAY,
    }
    return TargetFacts(**facts | changes)


def observation(
    start: date, value: str | None, state: ObservationState = ObservationState.FINAL
) -> ObservationFacts:
    """One value, known half a month after the period began at the latest tests ask."""
    number = None if value is None else Decimal(value)
    known_at = datetime.combine(start, time(12), UTC)
    return ObservationFacts(next(_ids), start, number, state, 1, known_at, Provenance.RECORDED)


def observations(
    values: Iterable[str | None],
    *,
    frequency: Frequency = Frequency.MONTHLY,
    first: date = FIRST_DAY,
    provisional: int = 0,
) -> tuple[ObservationFacts, ...]:
    """One observation a period from the first; ``None`` leaves a period out.

    :param provisional: how many of the last values are provisional.
    """
    made, period, values = [], Period.containing(frequency, first), list(values)
    for place, value in enumerate(values):
        is_provisional = place >= len(values) - provisional
        state = ObservationState.PROVISIONAL if is_provisional else ObservationState.FINAL
        if value is not None:
            made.append(observation(period.start, value, state))
        period = period.next()
    return tuple(made)


def measure(
    values: Iterable[str | None] = (), *, provisional: int = 0, **changes: Any
) -> MeasureFacts:
    """A monthly count that adds up over the year, lower is better, due 30 days after the month."""
    frequency = changes.get("frequency", Frequency.MONTHLY)
    first = changes.get("collected_from", FIRST_DAY)
    facts: dict[str, Any] = {
        "id": next(_ids),
        "code": "M1",
        "title": "Crimes",
        "owner": POLICE,
        "unit": Unit.COUNT,
        "unit_noun": "crimes",
        "standing": Standing.HEADLINE,
        "direction": Direction.LOWER,
        "frequency": frequency,
        "aggregation": Aggregation.SUM,
        "is_cumulative": False,
        "lag_days": 30,
        "collected_from": first,
        "target": target(),
        "observations": observations(
            values, frequency=frequency, first=first, provisional=provisional
        ),
    }
    return MeasureFacts(**facts | changes)


def level(values: Iterable[str | None] = (), **changes: Any) -> MeasureFacts:
    """A quarterly percentage of which the latest value counts, higher is better."""
    facts: dict[str, Any] = {
        "unit": Unit.PERCENT,
        "unit_noun": "",
        "direction": Direction.HIGHER,
        "frequency": Frequency.QUARTERLY,
        "aggregation": Aggregation.LATEST,
        "target": target("80"),
    }
    return measure(values, **facts | changes)


def objective(
    actions: Iterable[ActionFacts] = (),
    measures: Iterable[MeasureFacts] = (),
    *,
    is_critical: bool = False,
) -> ObjectiveFacts:
    number = next(_ids)
    return ObjectiveFacts(
        number, "P1.1", "Fewer crimes", is_critical, tuple(actions), tuple(measures)
    )


def priority(
    *objectives: ObjectiveFacts, kind: PriorityKind = PriorityKind.PRIORITY
) -> PriorityFacts:
    return PriorityFacts(next(_ids), "P1", kind, "Crime", "Cut crime", POLICE, objectives)


def plan(*priorities: PriorityFacts) -> PlanFacts:
    return PlanFacts(
        id=1,
        title="Plan 2016-17",
        vision="A safer City",
        starts_on=FIRST_DAY,
        ends_on=LAST_DAY,
        review_on=LAST_DAY,
        rules=RULES,
        priorities=priorities,
    )
