"""What kind of values a measure has cannot change under the values that are stored."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.errors import RuleBroken
from tracker.models import Measure, Observation

#: What says how a stored value is to be read.
_FIXED = ("unit", "per", "frequency", "is_cumulative")


def refuse_other_values(session: Session, measure: Measure, values: Mapping[str, Any]) -> None:
    """Refuse what would give stored values another meaning, once there are any.

    One query, where any of it would change.

    :raises RuleBroken: beside the field.
    """
    changed = next((n for n in _FIXED if values[n] != getattr(measure, n)), None)
    if changed is None:
        return
    if session.scalar(select(Observation.id).where(Observation.measure_id == measure.id).limit(1)):
        raise RuleBroken(
            "Values are stored that are counted the old way: add a new measure instead", changed
        )
