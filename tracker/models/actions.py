"""Actions, their milestones, due dates and progress updates."""

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.domain.vocabulary import ActionState, Confidence, Marking, Provenance
from tracker.models.base import Base, Instant, Recorded, Versioned, Word, not_blank, one_of
from tracker.models.partners import Partner, Person
from tracker.models.plans import Objective, PlanItem

#: Partners that support an action beside its lead.
action_partners = Table(
    "action_partners",
    Base.metadata,
    Column("action_id", ForeignKey("actions.id"), primary_key=True),
    Column("partner_id", ForeignKey("partners.id"), primary_key=True, index=True),
)


class Action(PlanItem, Base):
    """What will be done for an objective, by a lead partner, from start to due date."""

    __tablename__ = "actions"
    __table_args__ = (
        UniqueConstraint("objective_id", "code", name="uq_actions_objective_code"),
        one_of("marking", Marking),
        not_blank("code"),
        not_blank("title"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    objective_id: Mapped[int] = mapped_column(ForeignKey("objectives.id"))
    lead_partner_id: Mapped[int] = mapped_column(ForeignKey("partners.id"), index=True)
    starts_on: Mapped[date]
    is_critical: Mapped[bool] = mapped_column(default=False)
    #: Where the lead and the due date come from, where that differs from the action itself.
    lead_source: Mapped[str] = mapped_column(String(200), default="")
    due_source: Mapped[str] = mapped_column(String(200), default="")

    objective: Mapped[Objective] = relationship(lazy="raise")
    lead_partner: Mapped[Partner] = relationship(lazy="raise")
    supporting_partners: Mapped[list[Partner]] = relationship(
        secondary=action_partners, lazy="raise", order_by=Partner.name
    )


class DueDate(Recorded, Base):
    """A due date that was set for an action; the first is the baseline. Append-only."""

    __tablename__ = "due_dates"
    __table_args__ = (Index("ix_due_dates_action_id_known_at", "action_id", "known_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("actions.id"))
    due_on: Mapped[date]
    #: Why it moved; empty only for the first.
    reason: Mapped[str] = mapped_column(Text, default="")
    author_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class Milestone(Versioned, Base):
    """A step of an action with its own due date."""

    __tablename__ = "milestones"
    __table_args__ = (one_of("provenance", Provenance), not_blank("title"))

    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("actions.id"), index=True)
    title: Mapped[str] = mapped_column(String(300))
    due_on: Mapped[date]
    position: Mapped[int]
    provenance: Mapped[Provenance] = mapped_column(Word(Provenance), default=Provenance.RECORDED)
    joined_at: Mapped[datetime] = mapped_column(Instant)
    left_at: Mapped[datetime | None] = mapped_column(Instant)

    action: Mapped[Action] = relationship(lazy="raise")


class MilestoneCompletion(Recorded, Base):
    """That a milestone was done, or was not after all; the newest counts. Append-only."""

    __tablename__ = "milestone_completions"
    __table_args__ = (
        Index("ix_milestone_completions_milestone_id_known_at", "milestone_id", "known_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    milestone_id: Mapped[int] = mapped_column(ForeignKey("milestones.id"))
    #: Day it was done; empty says that it is open again.
    done_on: Mapped[date | None]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class ProgressUpdate(Recorded, Base):
    """What a lead reports on an action; a correction supersedes. Append-only."""

    __tablename__ = "progress_updates"
    __table_args__ = (
        one_of("state", ActionState),
        one_of("confidence", Confidence),
        one_of("provenance", Provenance),
        CheckConstraint("percent BETWEEN 0 AND 100", name="percent_is_0_to_100"),
        CheckConstraint(
            "confidence IS NOT NULL OR state <> 'in_progress'",
            name="work_in_progress_has_confidence",
        ),
        CheckConstraint(
            "supersedes_id IS NULL OR length(trim(correction_reason)) > 0",
            name="correction_has_a_reason",
        ),
        not_blank("happened"),
        UniqueConstraint("supersedes_id", name="uq_progress_updates_supersedes_id"),
        Index("ix_progress_updates_action_id_known_at", "action_id", "known_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("actions.id"))
    state: Mapped[ActionState] = mapped_column(Word(ActionState), default=ActionState.IN_PROGRESS)
    confidence: Mapped[Confidence | None] = mapped_column(Word(Confidence))
    percent: Mapped[int | None]
    is_blocked: Mapped[bool] = mapped_column(default=False)
    happened: Mapped[str] = mapped_column(Text)
    next_steps: Mapped[str] = mapped_column(Text, default="")
    help_needed: Mapped[str] = mapped_column(Text, default="")
    provenance: Mapped[Provenance] = mapped_column(Word(Provenance), default=Provenance.RECORDED)
    source: Mapped[str] = mapped_column(String(200), default="")
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    #: Set where an officer reported for the partner that leads.
    on_behalf_of_id: Mapped[int | None] = mapped_column(ForeignKey("partners.id"))
    supersedes_id: Mapped[int | None] = mapped_column(ForeignKey("progress_updates.id"))
    correction_reason: Mapped[str] = mapped_column(Text, default="")

    action: Mapped[Action] = relationship(lazy="raise")
    author: Mapped[Person] = relationship(lazy="raise")
