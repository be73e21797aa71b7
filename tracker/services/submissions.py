"""Forms posted twice: a one-time key remembers where the first sending led."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.models import Submission


def first_result(session: Session, key: str, person_id: int) -> str | None:
    """Return where the first sending of a form led, ``None`` if this is the first. One query.

    A key that another person used is nobody's to read: it counts as not sent.
    """
    return session.scalar(
        select(Submission.location).where(Submission.key == key, Submission.person_id == person_id)
    )


def remember_result(
    session: Session, key: str, location: str, *, person_id: int, now: datetime
) -> None:
    """Store where a form's sending led, in the same transaction as what it saved."""
    session.add(Submission(key=key, person_id=person_id, location=location, saved_at=now))
