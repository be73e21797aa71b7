"""Judgements: a person's status beside the computed one, and what became of each."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.domain.vocabulary import ItemKind, JudgementEventKind, Status
from tracker.models.base import Base, Recorded, Word, not_blank, one_of


class Judgement(Recorded, Base):
    """A person's status for a measure, objective or priority. Append-only: a new one replaces it."""

    __tablename__ = "judgements"
    __table_args__ = (
        CheckConstraint(
            "subject_kind IN ('measure', 'objective', 'priority')", name="subject_kind_is_a_word"
        ),
        one_of("status", Status),
        one_of("computed", Status),
        CheckConstraint("status <> computed", name="differs_from_the_computed"),
        not_blank("reason"),
        Index("ix_judgements_subject", "subject_kind", "subject_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plans.id"), index=True)
    subject_kind: Mapped[ItemKind] = mapped_column(Word(ItemKind))
    subject_id: Mapped[int]
    status: Mapped[Status] = mapped_column(Word(Status))
    #: What was worked out when it was made; it lapses when that changes.
    computed: Mapped[Status] = mapped_column(Word(Status))
    reason: Mapped[str] = mapped_column(Text)
    #: The last day on which it holds.
    expires_on: Mapped[date]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class JudgementEvent(Recorded, Base):
    """A judgement was seconded or withdrawn; each at most once. Append-only."""

    __tablename__ = "judgement_events"
    __table_args__ = (
        one_of("kind", JudgementEventKind),
        UniqueConstraint("judgement_id", "kind", name="uq_judgement_events_judgement_kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    judgement_id: Mapped[int] = mapped_column(ForeignKey("judgements.id"))
    kind: Mapped[JudgementEventKind] = mapped_column(Word(JudgementEventKind))
    reason: Mapped[str] = mapped_column(Text, default="")
    author_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
