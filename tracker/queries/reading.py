"""What a page is read as: as at which day, and for whom.

Every query of facts takes a :class:`Reading`, so that no page can forget either.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, func, or_, select, true
from sqlalchemy.orm import aliased

from tracker.domain.actors import Audience
from tracker.domain.periods import end_of_day_utc
from tracker.domain.vocabulary import Marking
from tracker.models import Objective, Priority


@dataclass(frozen=True, slots=True)
class Reading:
    """What is read, and for whom.

    :param until: the first moment that no longer counts (UTC).
    """

    as_at: date
    until: datetime
    audience: Audience

    @classmethod
    def of(cls, as_at: date, audience: Audience) -> "Reading":
        """Return the reading of one day for one audience."""
        return cls(as_at, end_of_day_utc(as_at), audience)

    def was_in_plan(self, row: Any) -> ColumnElement[bool]:
        """Return the condition that an item belonged to the plan at the end of the day."""
        return and_(
            row.joined_at < self.until, or_(row.left_at.is_(None), row.left_at >= self.until)
        )


def newest(model: Any, parent: str, item_id: Any, reading: Reading) -> Any:
    """Return the subquery for the id of an item's newest row known by then: ids count upwards."""
    row = aliased(model)
    return (
        select(func.max(row.id))
        .where(getattr(row, parent) == item_id, row.known_at < reading.until)
        .scalar_subquery()
    )


def is_visible(
    model: Any, lead: SQLColumnExpression[int], is_named: ColumnElement[bool], reading: Reading
) -> Any:
    """Return whether the audience may know of an item; a marked parent covers it too."""
    if reading.audience.sees_everything:
        return true().label("is_visible")
    is_open = and_(
        model.marking == Marking.OFFICIAL,
        Objective.marking == Marking.OFFICIAL,
        Priority.marking == Marking.OFFICIAL,
    )
    leads = lead == (reading.audience.partner_id or 0)
    return or_(is_open, leads, is_named).label("is_visible")
