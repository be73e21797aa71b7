"""What a page is read as: as at which day, and for whom.

Every query of facts takes a :class:`Reading`, so that no page can forget either. Statements
are put together once, when their module is loaded or first used, and told the reading when
they are run: putting one together takes longer than the database takes to answer it.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Boolean, ColumnElement, Integer, and_, bindparam, func, or_, select
from sqlalchemy.orm import aliased

from tracker.domain.actors import Audience
from tracker.domain.periods import end_of_day_utc
from tracker.domain.vocabulary import Marking
from tracker.models import Objective, Priority
from tracker.models.base import Instant

#: What :meth:`Reading.told` tells a statement.
UNTIL = bindparam("until", type_=Instant)
PARTNER_ID = bindparam("partner_id", type_=Integer)
SEES_EVERYTHING = bindparam("sees_everything", type_=Boolean)


class Extent(StrEnum):
    """How much is read: the items of a whole plan, those of an objective, or one item alone."""

    PLAN = "plan"
    OBJECTIVE = "objective"
    ITEM = "item"

    def covers(self, item: Any) -> ColumnElement[bool]:
        """Return the condition on a joined item and its priority; ``id`` says which."""
        column: Any = {
            Extent.PLAN: Priority.plan_id,
            Extent.OBJECTIVE: Objective.id,
            Extent.ITEM: item.id,
        }[self]
        is_covered: ColumnElement[bool] = column == bindparam("id")
        return is_covered


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

    def told(self, **more: Any) -> dict[str, Any]:
        """Return what a statement is told when it is run: the reading, and more by name."""
        return {
            "until": self.until,
            "partner_id": self.audience.partner_id or 0,
            "sees_everything": self.audience.sees_everything,
            **more,
        }


def was_in_plan(row: Any) -> ColumnElement[bool]:
    """Return the condition that an item belonged to the plan at the end of the day."""
    return and_(row.joined_at < UNTIL, or_(row.left_at.is_(None), row.left_at >= UNTIL))


def newest(model: Any, parent: str, item_id: Any) -> Any:
    """Return the subquery for the id of an item's newest row known by then: ids count upwards."""
    row = aliased(model)
    return (
        select(func.max(row.id))
        .where(getattr(row, parent) == item_id, row.known_at < UNTIL)
        .scalar_subquery()
    )


def is_visible(model: Any, lead: Any, is_named: ColumnElement[bool]) -> Any:
    """Return whether the audience may know of an item; a marked parent covers it too."""
    is_open = and_(
        model.marking == Marking.OFFICIAL,
        Objective.marking == Marking.OFFICIAL,
        Priority.marking == Marking.OFFICIAL,
    )
    return or_(SEES_EVERYTHING, is_open, lead == PARTNER_ID, is_named).label("is_visible")
