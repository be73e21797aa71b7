"""The annual review: its narrative, its decisions, and the snapshot that sign-off freezes."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.domain.vocabulary import Decision, Edition, ItemKind, ReviewState
from tracker.models.base import Base, Instant, Versioned, Word, not_blank, one_of
from tracker.models.partners import Person
from tracker.models.plans import Plan


class Review(Versioned, Base):
    """One edition of a plan's review, from its opening to its signature."""

    __tablename__ = "reviews"
    __table_args__ = (
        one_of("edition", Edition),
        one_of("state", ReviewState),
        CheckConstraint("cut_off_on <= board_on", name="cut_off_is_not_after_the_board"),
        CheckConstraint(
            "(state = 'draft') = (frozen_document IS NULL)", name="frozen_has_a_document"
        ),
        CheckConstraint(
            "signed_by_id IS NULL OR signed_by_id <> frozen_by_id", name="signer_did_not_freeze_it"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plans.id"), index=True)
    edition: Mapped[Edition] = mapped_column(Word(Edition))
    board_on: Mapped[date]
    #: Facts known by the end of this day count.
    cut_off_on: Mapped[date]
    #: The board member who may sign it off.
    chair_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    committee: Mapped[str] = mapped_column(String(200), default="")
    report_of: Mapped[str] = mapped_column(String(200), default="")
    report_author: Mapped[str] = mapped_column(String(200), default="")
    summary: Mapped[str] = mapped_column(Text, default="")
    recommendations: Mapped[str] = mapped_column(Text, default="")
    conclusion: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[ReviewState] = mapped_column(Word(ReviewState), default=ReviewState.DRAFT)
    opened_at: Mapped[datetime] = mapped_column(Instant)
    #: Canonical JSON of the document that was put before the chair.
    frozen_document: Mapped[str | None] = mapped_column(Text)
    frozen_at: Mapped[datetime | None] = mapped_column(Instant)
    frozen_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    signed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    plan: Mapped[Plan] = relationship(lazy="raise")
    chair: Mapped[Person] = relationship(lazy="raise", foreign_keys=[chair_id])


class Narrative(Versioned, Base):
    """What the review says of one priority, in Markdown."""

    __tablename__ = "narratives"
    __table_args__ = (
        UniqueConstraint("review_id", "priority_id", name="uq_narratives_review_priority"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("reviews.id"))
    priority_id: Mapped[int] = mapped_column(ForeignKey("priorities.id"))
    achieved: Mapped[str] = mapped_column(Text, default="")
    learnt: Mapped[str] = mapped_column(Text, default="")


class RefreshDecision(Versioned, Base):
    """What the review decides for one item, or a new item that it adds."""

    __tablename__ = "refresh_decisions"
    __table_args__ = (
        one_of("decision", Decision),
        one_of("item_kind", ItemKind),
        CheckConstraint("(decision = 'add') = (item_id IS NULL)", name="only_new_items_have_no_id"),
        UniqueConstraint(
            "review_id", "item_kind", "item_id", name="uq_refresh_decisions_review_item"
        ),
        not_blank("reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("reviews.id"))
    item_kind: Mapped[ItemKind] = mapped_column(Word(ItemKind))
    item_id: Mapped[int | None]
    decision: Mapped[Decision] = mapped_column(Word(Decision))
    #: New wording, date, target or lead; required to amend or add.
    new_wording: Mapped[str] = mapped_column(Text, default="")
    reason: Mapped[str] = mapped_column(Text)
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id"))


class Snapshot(Base):
    """The frozen, hashed document of a signed-off review, chained to the one before."""

    __tablename__ = "snapshots"
    __table_args__ = (
        UniqueConstraint("plan_id", "number", name="uq_snapshots_plan_number"),
        UniqueConstraint("review_id", name="uq_snapshots_review_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plans.id"))
    review_id: Mapped[int] = mapped_column(ForeignKey("reviews.id"))
    number: Mapped[int]
    #: Canonical JSON; its SHA-256 is printed in every export.
    document: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    previous_sha256: Mapped[str] = mapped_column(String(64))
    ledger_seq: Mapped[int]
    ledger_hash: Mapped[str] = mapped_column(String(64))
    signed_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    signed_at: Mapped[datetime] = mapped_column(Instant)

    signed_by: Mapped[Person] = relationship(lazy="raise")
