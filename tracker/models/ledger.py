"""The append-only, hash-chained list of everything that was changed."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.models.base import Base, Instant


class LedgerEntry(Base):
    """One change: when, who, what to which thing, before and after, and the hash chain.

    ``plan_id`` is empty in the installation's own chain (people, partners, settings).
    """

    __tablename__ = "ledger_entries"
    __table_args__ = (
        UniqueConstraint("chain", "seq", name="uq_ledger_entries_chain_seq"),
        CheckConstraint("seq >= 1", name="seq_counts_from_one"),
        Index("ix_ledger_entries_subject", "subject_kind", "subject_id"),
        Index("ix_ledger_entries_actor_id", "actor_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    #: "installation", or "plan:" and the plan's id.
    chain: Mapped[str] = mapped_column(String(30))
    seq: Mapped[int]
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("plans.id"))
    at: Mapped[datetime] = mapped_column(Instant)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    #: Name and role as they were; "The system" where no person acted.
    actor_name: Mapped[str] = mapped_column(String(200))
    verb: Mapped[str] = mapped_column(String(40))
    subject_kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int]
    subject_title: Mapped[str] = mapped_column(String(400))
    #: Action or measure that the subject belongs to, for the item's own history.
    item_kind: Mapped[str | None] = mapped_column(String(40))
    item_id: Mapped[int | None]
    #: Canonical JSON of the fields that changed.
    before: Mapped[str] = mapped_column(Text)
    after: Mapped[str] = mapped_column(Text)
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64), unique=True)
