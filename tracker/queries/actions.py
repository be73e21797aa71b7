"""An action's own page: its facts, its status with reasons, and the story of its updates."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Integer, Row, bindparam, select
from sqlalchemy.orm import Session

from tracker.domain.explained_action import DueMove
from tracker.domain.facts import ActionFacts, PartnerFacts
from tracker.domain.periods import local_date
from tracker.domain.rules import StatusRules
from tracker.domain.status import Verdict, action_status
from tracker.domain.vocabulary import ActionState, Confidence, Provenance
from tracker.models import Action, DueDate, Partner, Person, ProgressUpdate
from tracker.queries.action_facts import actions_by_objective
from tracker.queries.reading import UNTIL, Extent, Reading

#: Updates on one page of the story.
PAGE = 10

_KNOWN = (ProgressUpdate.action_id == bindparam("id"), ProgressUpdate.known_at < UNTIL)
_CORRECTED = select(ProgressUpdate.supersedes_id).where(
    *_KNOWN, ProgressUpdate.supersedes_id.is_not(None)
)
_UPDATES = (
    select(
        ProgressUpdate.id,
        ProgressUpdate.known_at,
        ProgressUpdate.author_id,
        ProgressUpdate.state,
        ProgressUpdate.confidence,
        ProgressUpdate.percent,
        ProgressUpdate.is_blocked,
        ProgressUpdate.happened,
        ProgressUpdate.next_steps,
        ProgressUpdate.help_needed,
        ProgressUpdate.provenance,
        ProgressUpdate.source,
        ProgressUpdate.correction_reason,
        Person.name.label("author"),
        Partner.short_name.label("on_behalf_of"),
        ProgressUpdate.id.in_(_CORRECTED).label("is_superseded"),
    )
    .join(Person, Person.id == ProgressUpdate.author_id)
    .outerjoin(Partner, Partner.id == ProgressUpdate.on_behalf_of_id)
    .where(*_KNOWN)
    .order_by(ProgressUpdate.id.desc())
    .offset(bindparam("offset", type_=Integer))
    .limit(PAGE + 1)
)
_DUE_DATES = (
    select(DueDate.due_on, DueDate.known_at, DueDate.reason, Person.name.label("author"))
    .outerjoin(Person, Person.id == DueDate.author_id)
    .where(DueDate.action_id == bindparam("id"), DueDate.known_at < UNTIL)
    .order_by(DueDate.id)
)


@dataclass(frozen=True, slots=True)
class UpdateEntry:
    """One update of the story; ``is_superseded`` where a correction took its place."""

    id: int
    known_at: datetime
    known_on: date
    author: str
    author_id: int
    on_behalf_of: str
    state: ActionState
    confidence: Confidence | None
    percent: int | None
    is_blocked: bool
    happened: str
    next_steps: str
    help_needed: str
    provenance: Provenance
    source: str
    correction_reason: str
    is_superseded: bool


@dataclass(frozen=True, slots=True)
class ActionPage:
    """An action as at a day; ``facts`` is ``None`` where it was not in the plan yet."""

    facts: ActionFacts | None
    verdict: Verdict | None
    updates: tuple[UpdateEntry, ...]
    has_older: bool
    due_moves: tuple[DueMove, ...]


def action_page(
    session: Session, action: Action, rules: StatusRules, reading: Reading, *, page: int = 1
) -> ActionPage:
    """Return an action's page. Four queries.

    :param page: which ten updates, the newest first.
    """
    lead = action.lead_partner
    partners = {
        lead.id: PartnerFacts(
            lead.id, lead.code, lead.name, lead.short_name, lead.statutory_from is not None
        )
    }
    found, _hidden = actions_by_objective(session, Extent.ITEM, action.id, partners, reading)
    facts = next((f for group in found.values() for f in group), None)
    told = reading.told(id=action.id, offset=(page - 1) * PAGE)
    updates = tuple(_entry(row) for row in session.execute(_UPDATES, told))
    return ActionPage(
        facts=facts,
        verdict=action_status(facts, rules, reading.as_at) if facts else None,
        updates=updates[:PAGE],
        has_older=len(updates) > PAGE,
        due_moves=tuple(
            DueMove(row.due_on, local_date(row.known_at), row.reason, row.author or "the system")
            for row in session.execute(_DUE_DATES, told)
        ),
    )


def _entry(row: Row[*tuple[Any, ...]]) -> UpdateEntry:
    return UpdateEntry(
        id=row.id,
        known_at=row.known_at,
        known_on=local_date(row.known_at),
        author=row.author,
        author_id=row.author_id,
        on_behalf_of=row.on_behalf_of or "",
        state=row.state,
        confidence=row.confidence,
        percent=row.percent,
        is_blocked=row.is_blocked,
        happened=row.happened,
        next_steps=row.next_steps,
        help_needed=row.help_needed,
        provenance=row.provenance,
        source=row.source,
        correction_reason=row.correction_reason,
        is_superseded=bool(row.is_superseded),
    )
