"""Partners, and the people who work for them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.domain.vocabulary import Role
from tracker.models.base import Base, Instant, Versioned, Word, not_blank, one_of


class Partner(Versioned, Base):
    """An organisation or a team within one; statutory from a date, on a legal basis."""

    __tablename__ = "partners"
    __table_args__ = (
        not_blank("code"),
        not_blank("name"),
        CheckConstraint("parent_id IS NULL OR parent_id <> id", name="is_not_its_own_parent"),
        CheckConstraint(
            "statutory_from IS NULL OR length(trim(legal_basis)) > 0", name="duty_has_a_legal_basis"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20), unique=True)
    name: Mapped[str] = mapped_column(String(200), unique=True)
    short_name: Mapped[str] = mapped_column(String(60))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("partners.id"), index=True)
    #: Day from which it is a responsible authority; empty for invited partners.
    statutory_from: Mapped[date | None]
    legal_basis: Mapped[str] = mapped_column(String(500), default="")
    source: Mapped[str] = mapped_column(String(300), default="")
    left_on: Mapped[date | None]

    parent: Mapped["Partner | None"] = relationship(remote_side=[id], lazy="raise")


class Person(Versioned, Base):
    """Somebody with an account: a name, a role, and the partner they work for."""

    __tablename__ = "people"
    __table_args__ = (
        one_of("role", Role),
        not_blank("name"),
        CheckConstraint("email = lower(email)", name="email_is_lower_case"),
        CheckConstraint("role <> 'lead' OR partner_id IS NOT NULL", name="lead_has_a_partner"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    role: Mapped[Role] = mapped_column(Word(Role))
    partner_id: Mapped[int | None] = mapped_column(ForeignKey("partners.id"), index=True)
    #: argon2id; empty while no password has been set, which nobody can sign in with.
    password_hash: Mapped[str] = mapped_column(String(200), default="")
    #: Counted up to end every session of this person at once.
    session_version: Mapped[int] = mapped_column(default=1)
    #: Whether a board member may read OFFICIAL-SENSITIVE items.
    is_cleared: Mapped[bool] = mapped_column(default=False)
    is_disabled: Mapped[bool] = mapped_column(default=False)

    partner: Mapped[Partner | None] = relationship(lazy="raise")


class SignInFailure(Base):
    """One wrong guess; counted per account across worker processes, then forgotten."""

    __tablename__ = "sign_in_failures"

    id: Mapped[int] = mapped_column(primary_key=True)
    #: SHA-256 of the address that was tried, so that no typed secret is kept.
    account_hash: Mapped[str] = mapped_column(String(64), index=True)
    failed_at: Mapped[datetime] = mapped_column(Instant)


class Submission(Base):
    """The one-time key of a form that was saved, with where its first sending led."""

    __tablename__ = "submissions"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    location: Mapped[str] = mapped_column(String(500))
    saved_at: Mapped[datetime] = mapped_column(Instant)
