"""Partners for lists, forms and their own pages: who they are and what they owe the plan.

Statuses come from the plan's assessment, never from here.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, aliased

from tracker.domain.assessment import ActionAssessment, MeasureAssessment, PlanAssessment
from tracker.domain.rollup import Tally, tally
from tracker.models import Partner, action_partners
from tracker.queries.people import names_of_partner


@dataclass(frozen=True, slots=True)
class PartnerShare:
    """A partner with the live items that it leads and the measures that it owns.

    :param parent: short name of the partner it is a team of; empty if of none.
    :param statutory_from: first day as a responsible authority; ``None`` if invited.
    """

    id: int
    name: str
    short_name: str
    parent_id: int | None
    parent: str
    statutory_from: date | None
    legal_basis: str
    left_on: date | None
    actions: tuple[ActionAssessment, ...]
    measures: tuple[MeasureAssessment, ...]

    @property
    def action_tally(self) -> Tally:
        """How many of its actions of each status."""
        return tally(action.verdict.status for action in self.actions)

    @property
    def measure_tally(self) -> Tally:
        """How many of its measures of each status."""
        return tally(measure.verdict.status for measure in self.measures)

    @property
    def overdue(self) -> int:
        """How many of its actions are past their due date and not done."""
        return sum(action.is_overdue for action in self.actions)


@dataclass(frozen=True, slots=True)
class PartnersPage:
    """Every partner, teams after the partner they belong to; those that left apart."""

    present: tuple[PartnerShare, ...]
    former: tuple[PartnerShare, ...]


@dataclass(frozen=True, slots=True)
class PartnerPage:
    """One partner: its share of the plan, what it supports, its teams and its people."""

    share: PartnerShare
    supported: tuple[ActionAssessment, ...]
    teams: tuple[PartnerShare, ...]
    people: tuple[str, ...]


def partner_choices(session: Session) -> list[tuple[int, str]]:
    """Return the partners one can choose, by id and name, those that left not. One query."""
    query = select(Partner.id, Partner.name).where(Partner.left_on.is_(None)).order_by(Partner.name)
    return [(row.id, row.name) for row in session.execute(query)]


def partners_page(session: Session, plan: PlanAssessment | None, as_at: date) -> PartnersPage:
    """Return all partners with their share of a plan as at a day. One query.

    :param plan: ``None`` before the first plan: nobody leads anything yet.
    """
    shares = _shares(session, plan)
    return PartnersPage(
        present=tuple(share for share in shares if not _has_left(share, as_at)),
        former=tuple(share for share in shares if _has_left(share, as_at)),
    )


def partner_page(session: Session, partner_id: int, plan: PlanAssessment | None) -> PartnerPage:
    """Return one partner's page, the partner being known to be there. Three queries."""
    shares = _shares(session, plan)
    return PartnerPage(
        share=next(share for share in shares if share.id == partner_id),
        supported=_supported(session, partner_id, plan),
        teams=tuple(share for share in shares if share.parent_id == partner_id),
        people=tuple(names_of_partner(session, partner_id)),
    )


def _shares(session: Session, plan: PlanAssessment | None) -> list[PartnerShare]:
    actions: dict[int, list[ActionAssessment]] = defaultdict(list)
    measures: dict[int, list[MeasureAssessment]] = defaultdict(list)
    for action in plan.actions if plan else ():
        actions[action.facts.lead.id].append(action)
    for measure in plan.measures if plan else ():
        measures[measure.facts.owner.id].append(measure)
    return [
        _share(row, tuple(actions[row.id]), tuple(measures[row.id]))
        for row in session.execute(_partners())
    ]


def _share(
    row: Any, actions: tuple[ActionAssessment, ...], measures: tuple[MeasureAssessment, ...]
) -> PartnerShare:
    return PartnerShare(
        id=row.id,
        name=row.name,
        short_name=row.short_name,
        parent_id=row.parent_id,
        parent=row.parent,
        statutory_from=row.statutory_from,
        legal_basis=row.legal_basis,
        left_on=row.left_on,
        actions=actions,
        measures=measures,
    )


def _partners() -> Select[*tuple[Any, ...]]:
    parent = aliased(Partner)
    family = func.coalesce(parent.name, Partner.name)
    return (
        select(
            Partner.id,
            Partner.name,
            Partner.short_name,
            Partner.parent_id,
            func.coalesce(parent.short_name, "").label("parent"),
            Partner.statutory_from,
            Partner.legal_basis,
            Partner.left_on,
        )
        .outerjoin(parent, parent.id == Partner.parent_id)
        .order_by(family, Partner.parent_id.is_not(None), Partner.name)
    )


def _supported(
    session: Session, partner_id: int, plan: PlanAssessment | None
) -> tuple[ActionAssessment, ...]:
    query = select(action_partners.c.action_id).where(action_partners.c.partner_id == partner_id)
    ids = set(session.scalars(query))
    actions = plan.actions if plan else ()
    return tuple(action for action in actions if action.facts.id in ids)


def _has_left(share: PartnerShare, as_at: date) -> bool:
    return share.left_on is not None and share.left_on <= as_at
