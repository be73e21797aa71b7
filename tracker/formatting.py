"""How values read on a page: Jinja filters over the domain's wording.

No rule and no rounding of its own; dates are local, numbers are rounded once, here.
"""

import re
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from zoneinfo import ZoneInfo

from flask import Flask
from jinja2 import StrictUndefined
from jinja2.ext import Extension

from tracker import measure_figures, measure_words
from tracker.domain import wording
from tracker.domain.assessment import MeasureAssessment, PriorityAssessment, Workload
from tracker.domain.periods import Period
from tracker.domain.vocabulary import ItemKind, Role, Status, Unit
from tracker.explanations import (
    by,
    hints,
    sources_of,
    update_words,
)

_INDENTATION = re.compile(r"(?m)^[ \t]+")
_TAG_ALONE = re.compile(r"(?m)^(\{%(?:(?!%\}).)*%\}|\{#(?:(?!#\}).)*#\})\n")
LONDON = ZoneInfo("Europe/London")
#: First characters by which a spreadsheet takes a cell for a formula, full-width forms too.
_FORMULA = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"


def init_app(app: Flask) -> None:
    """Register the filters."""
    app.jinja_env.add_extension(Unindented)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.filters.update(
        day=day,
        moment=moment,
        number=number,
        signed=signed,
        status_word=status_word,
        role_word=role_word,
        figure=figure,
        count_of=count_of,
        latest_period=latest_period,
        outcome_lights=outcome_lights,
        delivery_lights=delivery_lights,
        outcome_words=outcome_words,
        delivery_words=delivery_words,
        action_shapes=action_shapes,
        action_words=action_words,
        runs=runs,
        update_words=update_words,
        hints=hints,
        by=by,
        sources_of=sources_of,
    )
    for words in _MEASURE_WORDS:
        app.jinja_env.filters[words.__name__] = words
    app.jinja_env.globals.update(ItemKind=ItemKind, Status=Status)


#: Words of measures, each a filter of the same name.
_MEASURE_WORDS = (
    measure_words.chart_note,
    measure_words.definition_rows,
    measure_words.difference,
    measure_words.latest_state,
    measure_words.latest_words,
    measure_figures.break_words,
    measure_figures.comparison_rows,
    measure_figures.forecast_words,
    measure_figures.measure_figures,
    measure_figures.measure_verdict,
    measure_words.measure_words,
    measure_words.state_word,
    measure_words.target_rows,
    measure_words.unit_words,
    measure_words.value_hint,
    measure_words.value_words,
)


class Unindented(Extension):
    """Takes the indentation off templates as they are read: a sixth of a page's weight."""

    def preprocess(
        self,
        source: str,
        name: str | None,  # noqa: ARG002 - Jinja's signature
        filename: str | None = None,  # noqa: ARG002
    ) -> str:
        """Return the source with every line at the margin; a line of one tag alone loses its end."""
        return _TAG_ALONE.sub(r"\1", _INDENTATION.sub("", source))


def day(value: date | datetime) -> str:
    """Return "31 March 2017"; of a moment, the day it is in London."""
    local = value.astimezone(LONDON).date() if isinstance(value, datetime) else value
    return wording.plain_date(local)


def moment(value: datetime) -> str:
    """Return "31 March 2017, 09:42", in London."""
    local = value.astimezone(LONDON)
    return f"{wording.plain_date(local.date())}, {local:%H:%M}"


def number(value: Decimal | None, unit: Unit) -> str:
    """Return a value in its unit; empty where there is none."""
    return "" if value is None else wording.number(value, unit)


def signed(value: Decimal, unit: Unit) -> str:
    """Return a difference with its sign."""
    return wording.signed(value, unit)


def figure(value: int) -> str:
    """Return a whole number with thousands commas."""
    return f"{value:,}"


def status_word(value: Status, kind: ItemKind) -> str:
    """Return a status in the words of its kind of item."""
    return wording.status_label(value, kind)


def role_word(value: Role) -> str:
    """Return a role in words."""
    return value.value.replace("_", " ").capitalize()


def count_of(count: int, noun: str) -> str:
    """Return how many: "1 action", "64 actions"."""
    return wording.plural(count, noun)


def latest_period(measure: MeasureAssessment) -> str:
    """Return the newest reported period of a measure, as tables say it."""
    if measure.latest is None:
        return ""
    return Period(measure.facts.frequency, measure.latest.period_start).short_label


#: Statuses with their words: what a tally draws, and what is heard of it.
Shapes = list[tuple[Status, str]]


def outcome_lights(priority: PriorityAssessment) -> Shapes:
    """Return the outcome of each objective, in the order of the plan."""
    return [_light(objective.outcome.status) for objective in priority.objectives]


def delivery_lights(priority: PriorityAssessment) -> Shapes:
    """Return the delivery of each objective, in the order of the plan."""
    return [_light(objective.delivery.status) for objective in priority.objectives]


def outcome_words(priority: PriorityAssessment) -> str:
    """Return the outcomes in words, for those who hear them."""
    return ", ".join(word for _status, word in outcome_lights(priority)).lower() or "no objective"


def delivery_words(priority: PriorityAssessment) -> str:
    """Return the deliveries in words, for those who hear them."""
    return ", ".join(word for _status, word in delivery_lights(priority)).lower() or "no objective"


def action_shapes(group: PriorityAssessment | Workload) -> Shapes:
    """Return a shape for each action, worst first."""
    return [
        (status, wording.status_label(status, ItemKind.ACTION))
        for status, count in group.action_tally.counts
        for _each in range(count)
    ]


def runs(shapes: Shapes) -> list[tuple[Status, int]]:
    """Return each status with how many stand side by side, in their order."""
    return [(status, len(list(found))) for status, found in groupby(status for status, _ in shapes)]


def action_words(group: PriorityAssessment | Workload) -> str:
    """Return how many actions of each status: "2 off track, 3 complete"."""
    counted = [
        f"{count} {wording.status_label(status, ItemKind.ACTION).lower()}"
        for status, count in group.action_tally.counts
    ]
    return ", ".join(counted) or "no action"


def _light(status: Status) -> tuple[Status, str]:
    return status, wording.status_label(status, ItemKind.OBJECTIVE)


def as_cell(text: str) -> str:
    """Return a text that a spreadsheet takes for a text, whatever it begins with."""
    return f"'{text}" if text.startswith(tuple(_FORMULA)) else text
