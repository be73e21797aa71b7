"""Plans of a chosen size, for what must not depend on size: filled by rows, not by services.

The rows are what the services would have stored, without a ledger entry each: thousands of
them take a second.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from tests.standing import BEGAN, PASSWORD, measure_details, target_details
from tracker.domain.actors import SYSTEM
from tracker.domain.items import PlanDetails
from tracker.domain.people import PartnerDetails, PersonDetails
from tracker.domain.periods import Period
from tracker.domain.vocabulary import (
    ActionState,
    Confidence,
    Frequency,
    ObservationState,
    PlanState,
    PriorityKind,
    Role,
)
from tracker.models import (
    Action,
    DueDate,
    Measure,
    Milestone,
    MilestoneCompletion,
    Objective,
    Observation,
    Partner,
    Person,
    Plan,
    Priority,
    ProgressUpdate,
    Target,
)
from tracker.services import partners, people, plans
from tracker.services.installation import set_up_installation

PARTNERS = 10
#: The newest month with a value; the values of March are not due yet.
NEWEST = Period(Frequency.MONTHLY, date(2017, 2, 1))
#: The first month of which values are expected; nobody has reported it.
OLDEST = Period(Frequency.MONTHLY, date(2012, 1, 1))
#: Day of each report, the newest last, and what the lead then said of it.
REPORTS = (date(2016, 7, 4), date(2016, 10, 3), date(2017, 2, 6))
_CONFIDENCE = (Confidence.HIGH, Confidence.HIGH, Confidence.MEDIUM, Confidence.LOW)
_HAPPENED = (
    "The second round of joint visits took place in the week of the 9th, with officers of three "
    "partners. Eleven premises were seen and four were given advice in writing."
)
_NEXT_STEPS = "Return to the four premises before Easter and report on what changed."
_HELP_NEEDED = "Agree who pays for the additional evening visits from April."


@dataclass(frozen=True)
class Size:
    """How large a plan is.

    :param months: values of each measure, up to February 2017.
    """

    priorities: int = 8
    objectives: int = 20
    actions: int = 64
    measures: int = 50
    months: int = 36

    def times(self, factor: int) -> "Size":
        """Return a plan with so many times the items, each as long as before."""
        return replace(
            self,
            priorities=factor * self.priorities,
            objectives=factor * self.objectives,
            actions=factor * self.actions,
            measures=factor * self.measures,
        )


def fill(session: Session, size: Size) -> Plan:
    """Set up an installation with ten partners, three people and an active plan of a size."""
    who: dict[str, Any] = {"actor": SYSTEM, "now": BEGAN}
    set_up_installation(session, "Safer City Partnership", is_demonstration=False, **who)
    team = [
        partners.add_partner(
            session, PartnerDetails(f"PA{n}", f"Partner {n}", f"Partner {n}"), **who
        )
        for n in range(1, PARTNERS + 1)
    ]
    person = _add_people(session, team[0], who)
    details = PlanDetails(
        "Strategic plan", "A safe place.", date(2016, 4, 1), date(2017, 3, 31), date(2017, 3, 31)
    )
    plan = plans.begin_plan(session, details, **who)
    plans.set_plan_state(session, plan, PlanState.ACTIVE, **who)
    objectives = _add_objectives(session, plan, team, size)
    _add_actions(session, objectives, team, person, size)
    _add_measures(session, objectives, team, person, size)
    return plan


def _add_people(session: Session, partner: Partner, who: dict[str, Any]) -> Person:
    for role, partner_id in ((Role.OFFICER, partner.id), (Role.BOARD_MEMBER, None)):
        name = role.value.replace("_", ".")
        details = PersonDetails(f"{name}@example.org", name.title(), role, partner_id)
        people.add_person(session, details, PASSWORD, **who)
    lead = PersonDetails("lead@example.org", "Lead", Role.LEAD, partner.id)
    return people.add_person(session, lead, PASSWORD, **who)


def _add_objectives(
    session: Session, plan: Plan, team: list[Partner], size: Size
) -> list[Objective]:
    priorities = [
        Priority(
            **_item(f"P{n}", f"Priority number {n} of the plan", n),
            plan_id=plan.id,
            kind=PriorityKind.STRAND if n % 8 == 0 else PriorityKind.PRIORITY,
            lead_partner_id=_one_of(team, n).id,
        )
        for n in range(1, size.priorities + 1)
    ]
    _store(session, priorities)
    objectives = [
        Objective(
            **_item(f"O{n}", f"Fewer people come to harm of kind {n}", n),
            priority_id=_one_of(priorities, n).id,
        )
        for n in range(1, size.objectives + 1)
    ]
    _store(session, objectives)
    return objectives


def _add_actions(
    session: Session, objectives: list[Objective], team: list[Partner], author: Person, size: Size
) -> None:
    actions = [
        Action(
            **_item(f"A{n}", f"Visit the licensed premises of ward {n} together", n),
            objective_id=_one_of(objectives, n).id,
            lead_partner_id=_one_of(team, n).id,
            starts_on=date(2016, 4, 1),
        )
        for n in range(1, size.actions + 1)
    ]
    _store(session, actions)
    due = [{"action_id": a.id, "due_on": date(2017, 6, 30), "known_at": BEGAN} for a in actions]
    session.execute(insert(DueDate), due)
    reports = [row for n, action in enumerate(actions) for row in _reports(n, action, author)]
    session.execute(insert(ProgressUpdate), reports)
    _add_milestones(session, actions)


def _reports(n: int, action: Action, author: Person) -> Iterator[dict[str, Any]]:
    confidence = _one_of(_CONFIDENCE, n)
    for on in REPORTS:
        yield {
            "action_id": action.id,
            "state": ActionState.IN_PROGRESS,
            "confidence": confidence,
            "percent": 60,
            "happened": _HAPPENED,
            "next_steps": _NEXT_STEPS,
            "help_needed": _HELP_NEEDED if confidence is Confidence.LOW else "",
            "author_id": author.id,
            "known_at": _noon(on),
        }


def _add_milestones(session: Session, actions: list[Action]) -> None:
    milestones = [
        Milestone(
            action_id=action.id,
            title=f"Round {n} of the visits is done",
            due_on=date(2016, 4, 30) + timedelta(days=120 * n),
            position=n,
            joined_at=BEGAN,
            version=1,
        )
        for action in actions
        for n in range(3)
    ]
    _store(session, milestones)
    done = [
        {"milestone_id": m.id, "done_on": m.due_on, "known_at": _noon(m.due_on)}
        for m in milestones
        if m.position < 2
    ]
    session.execute(insert(MilestoneCompletion), done)


def _add_measures(
    session: Session, objectives: list[Objective], team: list[Partner], author: Person, size: Size
) -> None:
    periods = _months(size.months)
    details = measure_details(0)
    kept = ("unit", "unit_noun", "standing", "direction", "frequency", "aggregation")
    measures = [
        Measure(
            **_item(f"M{n}", f"Offences of kind {n} recorded by the police", n),
            **{name: getattr(details, name) for name in kept},
            objective_id=_one_of(objectives, n).id,
            owner_partner_id=_one_of(team, n).id,
            collected_from=OLDEST.start,
            lag_days=30,
            data_source="Force records",
        )
        for n in range(1, size.measures + 1)
    ]
    _store(session, measures)
    terms = target_details()
    names = ("baseline", "baseline_label", "target", "tolerance_percent", "starts_on", "ends_on")
    target = {name: getattr(terms, name) for name in names}
    rows = [{**target, "measure_id": m.id, "known_at": BEGAN} for m in measures]
    session.execute(insert(Target), rows)
    values = [row for n, m in enumerate(measures) for row in _values(n, m, periods, author)]
    session.execute(insert(Observation), values)


def _values(
    n: int, measure: Measure, periods: list[Period], author: Person
) -> Iterator[dict[str, Any]]:
    for place, period in enumerate(periods):
        yield {
            "measure_id": measure.id,
            "period_start": period.start,
            "version": 1,
            "value": Decimal(80 + (7 * place + 11 * n) % 45),
            "state": ObservationState.FINAL,
            "author_id": author.id,
            "known_at": _noon(period.end),
        }


def _months(number: int) -> list[Period]:
    """Return so many months, the oldest first."""
    months = [NEWEST]
    for _each in range(number - 1):
        months.append(months[-1].previous())
    return months[::-1]


def _item(code: str, title: str, position: int) -> dict[str, Any]:
    """Return what all items of a plan share."""
    return {
        "code": code,
        "title": title,
        "position": position,
        "joined_at": BEGAN,
        "version": 1,
    }


def _store(session: Session, rows: list[Any]) -> None:
    session.add_all(rows)
    session.flush()


def _one_of(those: Any, n: int) -> Any:
    """Return one of those in turn."""
    return those[n % len(those)]


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
