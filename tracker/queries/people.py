"""People for lists and forms."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.vocabulary import Role
from tracker.models import Partner, Person


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody with an account.

    :param can_sign_in: false where no password has been set yet.
    """

    id: int
    name: str
    email: str
    role: Role
    partner: str
    is_cleared: bool
    is_disabled: bool
    can_sign_in: bool


def people_list(session: Session) -> list[PersonRow]:
    """Return everybody, open accounts first, then by name. One query."""
    query = (
        select(
            Person.id,
            Person.name,
            Person.email,
            Person.role,
            Partner.short_name,
            Person.is_cleared,
            Person.is_disabled,
            Person.password_hash != "",
        )
        .outerjoin(Partner, Partner.id == Person.partner_id)
        .order_by(Person.is_disabled, Person.name, Person.id)
    )
    return [
        PersonRow(*row[:4], row.short_name or "", *row[5:7], bool(row[7]))
        for row in session.execute(query)
    ]


def names_of_partner(session: Session, partner_id: int) -> list[str]:
    """Return the names of those with an open account who work for a partner. One query."""
    query = (
        select(Person.name)
        .where(Person.partner_id == partner_id, Person.is_disabled.is_(False))
        .order_by(Person.name)
    )
    return list(session.scalars(query))
