"""The standing plan and people that most tests start from: small, and named by their role."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from tracker.domain.actors import SYSTEM, Actor
from tracker.domain.items import (
    ActionDetails,
    MeasureDetails,
    MilestoneDetails,
    ObjectiveDetails,
    PlanDetails,
    PriorityDetails,
    TargetDetails,
)
from tracker.domain.people import PartnerDetails, PersonDetails
from tracker.domain.vocabulary import (
    Aggregation,
    Direction,
    Frequency,
    Marking,
    PlanState,
    PriorityKind,
    Role,
    Unit,
)
from tracker.domain.vocabulary import (
    Standing as MeasureStanding,
)
from tracker.models import (
    Action,
    Measure,
    Milestone,
    Objective,
    Partner,
    Person,
    Plan,
    Priority,
)
from tracker.services import items, partners, people, plans
from tracker.services.installation import set_up_installation

TODAY = date(2017, 3, 15)
#: When everything that stands was set up.
BEGAN = datetime(2016, 4, 1, 8, 0, tzinfo=UTC)
PASSWORD = "walnut ladder tuesday"

_PEOPLE = (
    ("administrator@example.org", "Administrator", Role.ADMINISTRATOR, None, False),
    ("officer@example.org", "Officer", Role.OFFICER, "CST", False),
    ("lead@example.org", "Police Lead", Role.LEAD, "CoLP", False),
    ("other.lead@example.org", "Fire Lead", Role.LEAD, "LFB", False),
    ("chair@example.org", "Chair", Role.BOARD_MEMBER, None, True),
    ("member@example.org", "Member", Role.BOARD_MEMBER, None, False),
)
_PARTNERS = (
    ("CoLP", "City of London Police", "City Police", date(2003, 4, 1), "s.5(1)(b)"),
    ("LFB", "London Fire Brigade", "Fire Brigade", date(2003, 4, 1), "s.5(1)(d)"),
    ("CST", "Community Safety Team", "Community Safety Team", None, ""),
)


@dataclass(frozen=True)
class Standing:
    """The rows that stand."""

    plan: Plan
    priority: Priority
    objective: Objective
    action: Action
    milestone: Milestone
    measure: Measure
    #: An action and a measure of the police that are OFFICIAL-SENSITIVE.
    secret_action: Action
    secret_measure: Measure
    partners: dict[str, Partner]
    people: dict[str, Person]

    @classmethod
    def of(cls, session: Session) -> "Standing":
        """Read the rows, each with its parents."""
        up = joinedload(Objective.priority).joinedload(Priority.plan)
        actions = _by_code(
            session,
            select(Action).options(
                joinedload(Action.objective).options(up),
                joinedload(Action.lead_partner),
                joinedload(Action.supporting_partners),
            ),
        )
        measures = _by_code(
            session,
            select(Measure).options(
                joinedload(Measure.objective).options(up), joinedload(Measure.owner_partner)
            ),
        )
        action = actions["P1.1.1"]
        milestone = session.scalars(select(Milestone).options(joinedload(Milestone.action))).one()
        return cls(
            plan=action.objective.priority.plan,
            priority=action.objective.priority,
            objective=action.objective,
            action=action,
            milestone=milestone,
            measure=measures["M1.1a"],
            secret_action=actions["P1.1.2"],
            secret_measure=measures["M1.1b"],
            partners={p.code: p for p in session.scalars(select(Partner))},
            people={p.name: p for p in session.scalars(select(Person))},
        )

    def actor(self, name: str) -> Actor:
        """Return a standing person as services take them."""
        person = self.people[name]
        return Actor(person.id, person.name, person.role, person.partner_id, person.is_cleared)


def _by_code(session: Session, query: Any) -> dict[str, Any]:
    return {row.code: row for row in session.scalars(query).unique()}


def populate(session: Session) -> None:
    """Set up the installation, its people and the plan of 2016-17 with one of each thing."""
    who: dict[str, Any] = {"actor": SYSTEM, "now": BEGAN}
    set_up_installation(session, "Safer City Partnership", is_demonstration=False, **who)
    team = {
        code: partners.add_partner(
            session, PartnerDetails(code, name, short, None, since, basis), **who
        )
        for code, name, short, since, basis in _PARTNERS
    }
    for email, name, role, code, is_cleared in _PEOPLE:
        partner_id = team[code].id if code else None
        details = PersonDetails(email, name, role, partner_id, is_cleared)
        people.add_person(session, details, PASSWORD, **who)
    _add_plan(session, team, who)


def _add_plan(session: Session, team: dict[str, Partner], who: dict[str, Any]) -> None:
    plan = plans.begin_plan(
        session,
        PlanDetails(
            "Strategic plan 2016-17",
            "A safe place.",
            date(2016, 4, 1),
            date(2017, 3, 31),
            date(2017, 3, 31),
        ),
        **who,
    )
    police = team["CoLP"].id
    priority = items.add_priority(
        session,
        plan,
        PriorityDetails("P1", "Violence", "Protect people.", PriorityKind.PRIORITY, police),
        **who,
    )
    objective = items.add_objective(session, priority, ObjectiveDetails("P1.1", "Less harm"), **who)
    action = items.add_action(session, objective, action_details(police), **who)
    milestone = MilestoneDetails("Rota agreed", date(2016, 9, 30))
    items.add_milestone(session, action, milestone, **who)
    target = target_details()
    items.add_measure(session, objective, measure_details(police), target, **who)
    _add_sensitive(session, objective, police, who)
    plans.set_plan_state(session, plan, PlanState.ACTIVE, **who)


def _add_sensitive(
    session: Session, objective: Objective, police: int, who: dict[str, Any]
) -> None:
    secret = Marking.OFFICIAL_SENSITIVE
    details = action_details(police, code="P1.1.2", title="Watch quietly", marking=secret)
    items.add_action(session, objective, details, **who)
    measure = measure_details(police, code="M1.1b", title="Quiet referrals", marking=secret)
    items.add_measure(session, objective, measure, target_details(), **who)


def action_details(lead_partner_id: int, **changes: Any) -> ActionDetails:
    """Return the standing action's details, with changes."""
    given: dict[str, Any] = {
        "code": "P1.1.1",
        "title": "Patrol together",
        "lead_partner_id": lead_partner_id,
        "starts_on": date(2016, 4, 1),
        "due_on": date(2017, 3, 31),
    }
    return ActionDetails(**{**given, **changes})


def measure_details(owner_partner_id: int, **changes: Any) -> MeasureDetails:
    """Return the standing measure's details, with changes: a monthly count, lower is better."""
    given: dict[str, Any] = {
        "code": "M1.1a",
        "title": "Crimes recorded",
        "owner_partner_id": owner_partner_id,
        "unit": Unit.COUNT,
        "unit_noun": "crimes",
        "standing": MeasureStanding.HEADLINE,
        "direction": Direction.LOWER,
        "frequency": Frequency.MONTHLY,
        "aggregation": Aggregation.SUM,
        "collected_from": date(2016, 4, 1),
        "lag_days": 30,
        "data_source": "Force records",
    }
    return MeasureDetails(**{**given, **changes})


def target_details(**changes: Any) -> TargetDetails:
    """Return the standing target: 1,200 in the year, against 1,260 the year before."""
    given: dict[str, Any] = {
        "baseline": Decimal(1260),
        "baseline_label": "2015-16",
        "target": Decimal(1200),
        "tolerance_percent": Decimal(10),
        "starts_on": date(2016, 4, 1),
        "ends_on": date(2017, 3, 31),
    }
    return TargetDetails(**{**given, **changes})
