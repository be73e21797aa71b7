"""Filling a demonstration: every event goes through the services, at its own moment.

One transaction: a load that is interrupted leaves nothing. A database that is not a
demonstration is never touched, and loading twice changes nothing.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.demo import story
from tracker.demo.accounts import ACCOUNTS
from tracker.demo.story import Break, Judged, Report, Value
from tracker.domain.actors import SYSTEM, Actor, Audience
from tracker.domain.assessment import assess
from tracker.domain.breaks import BreakDetails
from tracker.domain.disagreements import find_judgeable
from tracker.domain.errors import RuleBroken
from tracker.domain.items import (
    ActionDetails,
    MeasureDetails,
    MilestoneDetails,
    ObjectiveDetails,
    PlanDetails,
    PriorityDetails,
    TargetDetails,
)
from tracker.domain.judgements import JudgementEntry, Seen
from tracker.domain.observations import ObservationEntry
from tracker.domain.people import PartnerDetails, PersonDetails
from tracker.domain.periods import Period, local_date
from tracker.domain.progress import ProgressEntry
from tracker.domain.vocabulary import (
    ActionState,
    Aggregation,
    Confidence,
    Direction,
    Frequency,
    Marking,
    ObservationState,
    PlanState,
    PriorityKind,
    Provenance,
    Role,
    Standing,
    Status,
    Trajectory,
    Unit,
)
from tracker.models import Action, Installation, Measure, Objective, Partner, Person, Plan
from tracker.queries.facts import plan_facts
from tracker.queries.heads import plan_head
from tracker.queries.reading import Reading
from tracker.services import (
    breaks,
    items,
    judgements,
    observations,
    partners,
    people,
    plans,
    progress,
)
from tracker.services.installation import set_up_installation

PARTNERSHIP = "Safer City Partnership"


@dataclass(slots=True)
class Cast:
    """The rows that events refer to, by the codes of the files."""

    partners: dict[str, Partner] = field(default_factory=dict)
    leads: dict[int, Actor] = field(default_factory=dict)
    officer: Actor = SYSTEM
    objectives: dict[str, Objective] = field(default_factory=dict)
    actions: dict[str, Action] = field(default_factory=dict)
    measures: dict[str, Measure] = field(default_factory=dict)
    milestones: dict[tuple[str, str], int] = field(default_factory=dict)

    def author(self, partner_id: int) -> Actor:
        """Return who reports for a partner: its own lead, else the officer on its behalf."""
        return self.leads.get(partner_id, self.officer)


def load(session: Session, *, password: str, now: datetime) -> dict[str, int]:
    """Fill an empty database, or leave a demonstration that is there as it is.

    :param password: of every account; set anew where it is not the one that is stored.
    :param now: what became known later is not loaded.
    :returns: how many of each thing the demonstration has.
    :raises RuleBroken: if the database holds anything else.
    """
    installation = session.get(Installation, 1)
    if installation is None:
        _refuse_strangers(session)
        return _fill(session, password, now)
    if not installation.is_demonstration:
        raise RuleBroken("This database is not a demonstration: it is left as it is")
    _set_passwords(session, password, now)
    return {"loaded": 0}


def _refuse_strangers(session: Session) -> None:
    if session.scalar(select(Plan.id).limit(1)) or session.scalar(select(Person.id).limit(1)):
        raise RuleBroken("This database is not a demonstration: it is left as it is")


def _set_passwords(session: Session, password: str, now: datetime) -> None:
    addresses = [address for address, *_ in ACCOUNTS]
    for person in session.scalars(select(Person).where(Person.email.in_(addresses))):
        if not people.is_password_of(person, password):
            people.set_password(session, person, password, actor=SYSTEM, now=now)


def _fill(session: Session, password: str, now: datetime) -> dict[str, int]:
    content, cast = story.read("plan.json"), Cast()
    agreed = story.moment(content["agreed_on"], story.AGREED_AT)
    set_up_installation(session, PARTNERSHIP, is_demonstration=True, actor=SYSTEM, now=agreed)
    _add_partners(session, content, cast, agreed)
    _add_people(session, password, cast, agreed)
    plan = _add_plan(session, content, cast, agreed)
    told: list[Report | Value | Break | Judged] = [
        *story.reports(),
        *story.values(content),
        *story.breaks(),
        *story.judgements(),
    ]
    events = sorted(told, key=lambda event: event.at)
    known = [event for event in events if event.at <= now]
    for event in known:
        _play(session, event, cast)
    return {
        "loaded": len(known),
        "actions": len(cast.actions),
        "measures": len(cast.measures),
        "partners": len(cast.partners),
        "plan": plan.id,
    }


def _add_partners(session: Session, content: dict[str, Any], cast: Cast, now: datetime) -> None:
    for entry in content["partners"]:
        parent = cast.partners.get(entry["parent"] or "")
        details = PartnerDetails(
            code=entry["code"],
            name=entry["name"],
            short_name=entry["short_name"],
            parent_id=parent.id if parent else None,
            statutory_from=_day(entry["statutory_from"]),
            legal_basis=entry["basis"],
            source=entry["source"],
        )
        cast.partners[entry["code"]] = partners.add_partner(session, details, actor=SYSTEM, now=now)


def _add_people(session: Session, password: str, cast: Cast, now: datetime) -> None:
    for email, name, role, code, is_cleared in ACCOUNTS:
        partner_id = cast.partners[code].id if code else None
        details = PersonDetails(email, name, role, partner_id, is_cleared)
        person = people.add_person(session, details, password, actor=SYSTEM, now=now)
        actor = Actor(person.id, name, role, partner_id, is_cleared)
        if role is Role.OFFICER:
            cast.officer = actor
        if role is Role.LEAD and partner_id is not None:
            cast.leads[partner_id] = actor


def _add_plan(session: Session, content: dict[str, Any], cast: Cast, now: datetime) -> Plan:
    details = PlanDetails(
        title=content["title"],
        vision=content["vision"],
        starts_on=_needed_day(content["starts_on"]),
        ends_on=_needed_day(content["ends_on"]),
        review_on=_needed_day(content["review_on"]),
    )
    who: dict[str, Any] = {"actor": cast.officer, "now": now}
    plan = plans.begin_plan(session, details, sources=content["sources"], **who)
    stories = story.read("progress.json")["actions"]
    for entry in content["priorities"]:
        priority = items.add_priority(session, plan, _priority(entry, cast), **who)
        for child in entry["objectives"]:
            objective = items.add_objective(session, priority, _objective(child), **who)
            cast.objectives[objective.code] = objective
            _add_actions(session, objective, child["actions"], stories, cast=cast, who=who)
            _add_measures(session, objective, child["measures"], plan, cast=cast, who=who)
    plans.set_plan_state(session, plan, PlanState.ACTIVE, **who)
    return plan


def _add_actions(
    session: Session,
    objective: Objective,
    entries: list[dict[str, Any]],
    stories: dict[str, Any],
    *,
    cast: Cast,
    who: dict[str, Any],
) -> None:
    for entry in entries:
        code = entry["code"]
        action = items.add_action(session, objective, _action(entry, cast), **who)
        cast.actions[code] = action
        for step in stories[code]["milestones"]:
            due_on = _needed_day(step["due_on"])
            details = MilestoneDetails(step["title"], due_on, Provenance(step["provenance"]))
            milestone = items.add_milestone(session, action, details, **who)
            cast.milestones[code, step["title"]] = milestone.id


def _add_measures(
    session: Session,
    objective: Objective,
    entries: list[dict[str, Any]],
    plan: Plan,
    *,
    cast: Cast,
    who: dict[str, Any],
) -> None:
    for entry in entries:
        target = _target(entry["target"], plan)
        measure = items.add_measure(session, objective, _measure(entry, cast), target, **who)
        cast.measures[entry["code"]] = measure


def _play(session: Session, event: Report | Value | Break | Judged, cast: Cast) -> None:
    if isinstance(event, Value):
        _log_value(session, event, cast)
    elif isinstance(event, Break):
        _mark_break(session, event, cast)
    elif isinstance(event, Judged):
        _judge(session, event, cast)
    else:
        _log_report(session, event, cast)


def _log_value(session: Session, event: Value, cast: Cast) -> None:
    measure = cast.measures[event.measure]
    entry = ObservationEntry(
        period=Period.containing(measure.frequency, event.period_start),
        value=event.value,
        numerator=event.numerator,
        denominator=event.denominator,
        state=ObservationState(event.state),
        note=event.note,
        source=event.source,
        change_reason=event.change_reason,
        provenance=Provenance(event.provenance),
    )
    who: dict[str, Any] = {"actor": cast.author(measure.owner_partner_id), "now": event.at}
    earlier = observations.newest_version(session, measure.id, entry)
    if earlier is None:
        observations.record_observation(session, measure, entry, **who)
    else:
        observations.correct_observation(session, measure, entry, earlier.version, **who)


def _mark_break(session: Session, event: Break, cast: Cast) -> None:
    details = BreakDetails(event.starts_on, event.reason)
    who: dict[str, Any] = {"actor": cast.officer, "now": event.at}
    breaks.mark_break(session, cast.measures[event.measure], details, **who)


def _judge(session: Session, event: Judged, cast: Cast) -> None:
    item = cast.objectives.get(event.item) or cast.measures[event.item]
    computed = _computed(session, item, local_date(event.at), cast)
    entry = JudgementEntry(Status(event.status), event.reason, event.expires_on)
    who: dict[str, Any] = {"actor": cast.officer, "now": event.at}
    judgements.judge(session, item, entry, computed, Seen(computed, 0), **who)


def _computed(session: Session, item: Objective | Measure, on: date, cast: Cast) -> Status:
    """Return the status that is worked out for an item from what is loaded so far."""
    head = plan_head(session, items.plan_of(item).id)
    reading = Reading.of(on, Audience.of(cast.officer))
    found = head and assess(plan_facts(session, head, reading), on)
    about = found and find_judgeable(found, items.kind_of(item), item.id)
    if not about:
        raise RuleBroken(f"{item.code} is not in the plan on the day it is judged")
    return about.verdict.status


def _log_report(session: Session, event: Report, cast: Cast) -> None:
    action, content = cast.actions[event.action], event.content
    move = content["due_date_move"]
    if move:
        _move_due_date(session, action, move, cast, event.at)
    who: dict[str, Any] = {"actor": cast.author(action.lead_partner_id), "now": event.at}
    entry = ProgressEntry(
        state=ActionState(content["state"]),
        confidence=Confidence(content["confidence"]) if content["confidence"] else None,
        percent=content["percent"],
        is_blocked=content["is_blocked"],
        happened=content["happened"],
        next_steps=content["next_steps"],
        help_needed=content["help_needed"],
        milestones_done=_done(session, event, cast),
        provenance=Provenance(content["provenance"]),
        source=content["source"],
    )
    progress.log_progress(session, action, entry, **who)


def _done(session: Session, event: Report, cast: Cast) -> dict[int, date]:
    """Return the milestones done by then: those of before, and those of this update."""
    action = cast.actions[event.action]
    stored = progress.milestones_with_completion(session, action.id)
    done = {milestone.id: on for milestone, on in stored if on is not None}
    for step in event.content["milestones_done"]:
        milestone_id = cast.milestones[event.action, step["title"]]
        done[milestone_id] = _needed_day(step["done_on"])
    return done


def _move_due_date(
    session: Session, action: Action, move: dict[str, str], cast: Cast, at: datetime
) -> None:
    details = ActionDetails(
        code=action.code,
        title=action.title,
        lead_partner_id=action.lead_partner_id,
        starts_on=action.starts_on,
        due_on=_needed_day(move["due_on"]),
        supporting_partner_ids=tuple(partner.id for partner in action.supporting_partners),
        is_critical=action.is_critical,
        marking=action.marking,
        due_reason=move["reason"],
        source=action.source,
        lead_source=action.lead_source,
        due_source=action.due_source,
    )
    # The officer moves dates, in the minute before the report that speaks of it.
    before = at - timedelta(minutes=1)
    items.change_action(session, action, details, action.version, actor=cast.officer, now=before)


def _priority(entry: dict[str, Any], cast: Cast) -> PriorityDetails:
    return PriorityDetails(
        code=entry["code"],
        title=entry["title"],
        aim=entry["aim"],
        kind=PriorityKind(entry["kind"]),
        lead_partner_id=cast.partners[entry["lead_partner"]].id,
        marking=Marking(entry["marking"]),
        source=entry["source"],
    )


def _objective(entry: dict[str, Any]) -> ObjectiveDetails:
    return ObjectiveDetails(
        code=entry["code"],
        title=entry["title"],
        is_critical=entry["is_critical"],
        marking=Marking(entry["marking"]),
        source=entry["source"],
    )


def _action(entry: dict[str, Any], cast: Cast) -> ActionDetails:
    return ActionDetails(
        code=entry["code"],
        title=entry["title"],
        lead_partner_id=cast.partners[entry["lead_partner"]].id,
        supporting_partner_ids=tuple(
            cast.partners[code].id for code in entry["supporting_partners"]
        ),
        starts_on=_needed_day(entry["starts_on"]),
        due_on=_needed_day(entry["due_on"]),
        is_critical=entry["is_critical"],
        marking=Marking(entry["marking"]),
        source=entry["source"],
        lead_source=entry["lead_source"],
        due_source=entry["due_source"],
    )


def _measure(entry: dict[str, Any], cast: Cast) -> MeasureDetails:
    return MeasureDetails(
        code=entry["code"],
        title=entry["title"],
        owner_partner_id=cast.partners[entry["owner"]].id,
        unit=Unit(entry["unit"]),
        unit_noun=entry["unit_noun"],
        standing=Standing(entry["standing"]),
        direction=Direction(entry["direction"]),
        frequency=Frequency(entry["frequency"]),
        aggregation=Aggregation(entry["aggregation"]),
        is_cumulative=entry["is_cumulative"],
        lag_days=entry["lag_days"],
        collected_from=_needed_day(entry["collected_from"]),
        has_small_numbers=entry["has_small_numbers"],
        definition=entry["definition"],
        data_source=entry["data_source"],
        licence=entry["licence"],
        note=entry["note"] or "",
        provenance=Provenance(entry["provenance"]),
        marking=Marking(entry["marking"]),
        source=entry["source"],
    )


def _target(entry: dict[str, Any] | None, plan: Plan) -> TargetDetails:
    if entry is None:
        return TargetDetails(None, "", None, Decimal(10), plan.starts_on, plan.ends_on)
    return TargetDetails(
        baseline=_number(entry["baseline"]),
        baseline_label=entry["baseline_label"],
        target=_number(entry["target"]),
        tolerance_percent=Decimal(entry["tolerance_percent"]),
        starts_on=_needed_day(entry["starts_on"]),
        ends_on=_needed_day(entry["ends_on"]),
        trajectory=Trajectory(entry["trajectory"]),
        provenance=Provenance(entry["provenance"]),
    )


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _needed_day(text: str) -> date:
    return date.fromisoformat(text)
