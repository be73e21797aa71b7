"""Walking every route: one of each thing, the address of each, and what the database holds."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from tests.pages import Client
from tests.standing import Standing
from tracker.domain.items import MilestoneDetails
from tracker.domain.judgements import JudgementEntry, Seen
from tracker.domain.observations import ObservationEntry
from tracker.domain.periods import Period
from tracker.domain.progress import ProgressEntry
from tracker.domain.vocabulary import (
    ActionState,
    Confidence,
    Frequency,
    ObservationState,
    Status,
)
from tracker.models import Action, Base, Measure, Review
from tracker.services.items import add_milestone
from tracker.services.judgements import Judged, judge
from tracker.services.observations import record_observation
from tracker.services.progress import log_progress

#: When the facts became known.
KNOWN = datetime(2017, 2, 20, 9, 0, tzinfo=UTC)
JANUARY = Period.parse("2017-01", Frequency.MONTHLY)
#: The standing people by the names of their fixtures.
ROLES = {
    "public": None,
    "outsider": "Member",
    "chair": "Chair",
    "lead": "Police Lead",
    "other_lead": "Fire Lead",
    "officer": "Officer",
    "administrator": "Administrator",
}


@dataclass(frozen=True)
class Ids:
    """The ids that fill the addresses: of open things, and of OFFICIAL-SENSITIVE ones."""

    open: dict[str, int]
    secret: dict[str, int]


def report_on(session: Session, standing: Standing, action: Action, text: str) -> int:
    """Let the police lead report on an action; return the update's id."""
    entry = ProgressEntry(ActionState.IN_PROGRESS, Confidence.HIGH, text)
    who: dict[str, Any] = {"actor": standing.actor("Police Lead"), "now": KNOWN}
    return log_progress(session, action, entry, **who).id


def value_of(
    session: Session, standing: Standing, measure: Measure, value: int, period: Period = JANUARY
) -> int:
    """Let the police lead log a value; return the observation's id."""
    entry = ObservationEntry(period, Decimal(value), ObservationState.FINAL)
    who: dict[str, Any] = {"actor": standing.actor("Police Lead"), "now": KNOWN}
    return record_observation(session, measure, entry, **who).id


def judgement_on(session: Session, standing: Standing, item: Judged, name: str) -> int:
    """Let somebody judge what is amber for them red; return the judgement's id."""
    entry = JudgementEntry(Status.RED, "Nobody answered at any door.", date(2017, 4, 30))
    who: dict[str, Any] = {"actor": standing.actor(name), "now": KNOWN}
    amber = Status.AMBER
    return judge(session, item, entry, amber, Seen(amber, newest_id=0), **who).id


def one_of_each(session: Session, standing: Standing) -> Ids:
    """Store an update, a value, a judgement, a milestone and a review besides what stands."""
    officer: dict[str, Any] = {"actor": standing.actor("Officer"), "now": KNOWN}
    hidden = MilestoneDetails("Quiet step", date(2017, 1, 31))
    milestone = add_milestone(session, standing.secret_action, hidden, **officer)
    review = _review(standing)
    session.add(review)
    session.flush()
    shared = {
        "plan_id": standing.plan.id,
        "priority_id": standing.priority.id,
        "objective_id": standing.objective.id,
        "partner_id": standing.partners["LFB"].id,
        "person_id": standing.people["Member"].id,
        "review_id": review.id,
    }
    seen = {
        "action_id": standing.action.id,
        "measure_id": standing.measure.id,
        "milestone_id": standing.milestone.id,
        "update_id": report_on(session, standing, standing.action, "Patrols began."),
        "observation_id": value_of(session, standing, standing.measure, 90),
        "judgement_id": judgement_on(session, standing, standing.measure, "Police Lead"),
    }
    unseen = {
        "action_id": standing.secret_action.id,
        "measure_id": standing.secret_measure.id,
        "milestone_id": milestone.id,
        "update_id": report_on(session, standing, standing.secret_action, "Quiet words."),
        "observation_id": value_of(session, standing, standing.secret_measure, 7),
        "judgement_id": judgement_on(session, standing, standing.secret_measure, "Police Lead"),
    }
    session.commit()
    return Ids(shared | seen, unseen)


def _review(standing: Standing) -> Review:
    return Review(
        plan_id=standing.plan.id,
        edition="march_review",
        state="draft",
        cut_off_on=date(2017, 3, 15),
        board_on=date(2017, 3, 31),
        opened_at=KNOWN,
        chair_id=standing.people["Chair"].id,
    )


def signed_in(app: Flask, standing: Standing, role: str) -> Client:
    """Return a browser in which the standing person of a role is signed in."""
    client = Client(app)
    name = ROLES[role]
    if name is not None:
        person = standing.people[name]
        client.resume(f"{person.id}.{person.session_version}")
    return client


def address(rule: Rule, ids: dict[str, int]) -> str:
    """Return a route's address with its ids filled in."""
    path: str = rule.rule
    for name in rule.arguments:
        path = path.replace(f"<int:{name}>", str(ids[name]))
    return path


def contents(session: Session) -> dict[str, str]:
    """Return a digest of every row of every table, by the table's name."""
    session.rollback()
    return {
        table.name: hashlib.sha256(
            repr(sorted(map(repr, session.execute(select(table)).all()))).encode()
        ).hexdigest()
        for table in Base.metadata.sorted_tables
    }
