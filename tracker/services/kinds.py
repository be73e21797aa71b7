"""What kind of values a measure has cannot change under the values that are stored."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.errors import RuleBroken
from tracker.models import Measure, Observation


def refuse_other_values(session: Session, measure: Measure, values: Mapping[str, Any]) -> None:
    """Refuse another unit, or a rate per another number, once a value is stored.

    One query, where either would change.

    :raises RuleBroken: beside "unit" or "per".
    """
    changed = next((n for n in ("unit", "per") if values[n] != getattr(measure, n)), None)
    if changed is None:
        return
    if session.scalar(select(Observation.id).where(Observation.measure_id == measure.id).limit(1)):
        raise RuleBroken(
            "Values are stored that are counted the old way: add a new measure instead", changed
        )
