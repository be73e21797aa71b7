"""The plan and its hierarchy down to the objective."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from tracker.domain.vocabulary import Marking, PlanState, PriorityKind
from tracker.models.base import Base, Instant, Versioned, Word, not_blank, one_of
from tracker.models.partners import Partner


class Plan(Versioned, Base):
    """A strategic plan for a period; it holds the head of its ledger chain.

    Taking the head locks the row, so the chain cannot fork, and the head is the version of
    everything that is shown of the plan.
    """

    __tablename__ = "plans"
    __table_args__ = (
        one_of("state", PlanState),
        not_blank("title"),
        CheckConstraint("starts_on < ends_on", name="starts_before_it_ends"),
        CheckConstraint("suppression_threshold BETWEEN 0 AND 50", name="threshold_is_small"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(200), unique=True)
    vision: Mapped[str] = mapped_column(Text, default="")
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    #: Day of the board that the annual review goes to.
    review_on: Mapped[date]
    state: Mapped[PlanState] = mapped_column(Word(PlanState), default=PlanState.DRAFT)
    #: Status rules as :class:`tracker.domain.rules.StatusRules` writes them.
    rules: Mapped[dict[str, Any]] = mapped_column(JSON)
    suppression_threshold: Mapped[int] = mapped_column(default=5)
    #: Sources of facts by the codes that items carry, code to title and address.
    sources: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    created_at: Mapped[datetime] = mapped_column(Instant)
    ledger_seq: Mapped[int] = mapped_column(default=0)
    ledger_hash: Mapped[str] = mapped_column(String(64), default="0" * 64)


class PlanItem(Versioned):
    """What priorities, objectives, actions and measures share.

    ``joined_at`` and ``left_at`` are when the item became part of the plan and was archived;
    both are dated facts, so a page as at a past day shows the plan of that day.
    """

    code: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(300))
    position: Mapped[int]
    source: Mapped[str] = mapped_column(String(200), default="")
    joined_at: Mapped[datetime] = mapped_column(Instant)
    left_at: Mapped[datetime | None] = mapped_column(Instant)

    @declared_attr
    def marking(cls) -> Mapped[Marking]:  # noqa: N805
        """Security marking of this item alone; a marked parent covers its children too."""
        return mapped_column(Word(Marking), default=Marking.OFFICIAL)


class Priority(PlanItem, Base):
    """What the partnership chose to work on, or a strand that runs beside it."""

    __tablename__ = "priorities"
    __table_args__ = (
        UniqueConstraint("plan_id", "code", name="uq_priorities_plan_code"),
        one_of("kind", PriorityKind),
        one_of("marking", Marking),
        not_blank("code"),
        not_blank("title"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plans.id"))
    kind: Mapped[PriorityKind] = mapped_column(Word(PriorityKind))
    aim: Mapped[str] = mapped_column(Text, default="")
    lead_partner_id: Mapped[int] = mapped_column(ForeignKey("partners.id"), index=True)

    plan: Mapped[Plan] = relationship(lazy="raise")
    lead_partner: Mapped[Partner] = relationship(lazy="raise")


class Objective(PlanItem, Base):
    """What should become true under a priority."""

    __tablename__ = "objectives"
    __table_args__ = (
        UniqueConstraint("priority_id", "code", name="uq_objectives_priority_code"),
        one_of("marking", Marking),
        not_blank("code"),
        not_blank("title"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    priority_id: Mapped[int] = mapped_column(ForeignKey("priorities.id"))
    is_critical: Mapped[bool] = mapped_column(default=False)

    priority: Mapped[Priority] = relationship(lazy="raise")
