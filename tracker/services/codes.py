"""Codes that are free, offered to who adds an item: P1.2.5, M1.2d."""

from string import ascii_lowercase

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.models import Action, Measure, Objective

#: Suffixes of measures under one objective, enough for any.
_LETTERS = [*ascii_lowercase, *(f"z{letter}" for letter in ascii_lowercase)]


def next_code(session: Session, parent: Objective) -> str:
    """Return a code for the parent's next action that is free, such as P1.2.5. One query."""
    taken = set(session.scalars(select(Action.code).where(Action.objective_id == parent.id)))
    number = len(taken) + 1
    while f"{parent.code}.{number}" in taken:
        number += 1
    return f"{parent.code}.{number}"


def next_measure_code(session: Session, objective: Objective) -> str:
    """Return a code for the objective's next measure that is free, such as M1.2d. One query."""
    query = select(Measure.code).where(Measure.objective_id == objective.id)
    taken = set(session.scalars(query))
    stem = "M" + objective.code.removeprefix("P")
    free = (f"{stem}{letter}" for letter in _LETTERS if f"{stem}{letter}" not in taken)
    return next(free, f"{stem}{len(taken) + 1}")
