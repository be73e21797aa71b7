"""A change in words: from what to what, by how much, and whether chance alone would do it."""

from decimal import Decimal

from tracker.domain.change import Change
from tracker.domain.comparison import Comparison
from tracker.domain.facts import MeasureFacts
from tracker.domain.rates import Movement, RatioMethod
from tracker.domain.totals import Total
from tracker.domain.vocabulary import Frequency, Unit
from tracker.domain.wording import PERIOD_WORDS, finer, number, percent_change, signed

_MOVEMENTS = {
    Movement.CLEAR_RISE: "Clear rise",
    Movement.CLEAR_FALL: "Clear fall",
    Movement.NO_CLEAR_CHANGE: "No clear change",
}


def movement_words(change: Change) -> str:
    """Return "Clear rise", "Clear fall" or "No clear change"; empty where chance is not known."""
    return _MOVEMENTS[change.movement] if change.movement is not None else ""


def change_figure(change: Change, facts: MeasureFacts) -> str:
    """Return the change as one figure: in percent, in points, or as a difference."""
    if change.is_percentage_shown and change.ratio is not None:
        return percent_change(change.ratio)
    return signed(change.difference, facts.unit)


def interval_words(change: Change, facts: MeasureFacts) -> str:
    """Return the range of the change, such as "−2% to +15%"; empty where none is known."""
    found = change.interval
    if found is None or found.lower is None:
        return ""
    if facts.unit is Unit.PERCENT and found.upper is not None:
        low, high = signed(found.lower, facts.unit), signed(found.upper, facts.unit)
        return f"{low.partition(' ')[0]} to {high}"
    if found.upper is None and not found.lower:
        return ""
    low = percent_change(found.lower - 1)
    return (
        f"{low} or more" if found.upper is None else f"{low} to {percent_change(found.upper - 1)}"
    )


def span_words(total: Total) -> str:
    """Return the periods of a total: "April to December 2016"."""
    first, last = total.first, total.last
    if first == last:
        return first.label
    if first.frequency is Frequency.YEARLY:
        return f"{first.label} to {last.label}"
    return (
        f"{first.start:%B %Y} to {last.end:%B %Y}"
        if first.start.year != last.end.year
        else (f"{first.start:%B} to {last.end:%B %Y}")
    )


def counted_words(total: Total) -> str:
    """Return how much of a span has values: "5 of 6 months"."""
    one, many = PERIOD_WORDS[total.first.frequency]
    return f"{total.counted} of {total.expected} {one if total.expected == 1 else many}"


def comparison_title(compared: Comparison, facts: MeasureFacts) -> str:
    """Return what is compared, with both figures."""
    now, earlier = (
        "none" if total.value is None else number(total.value, facts.unit)
        for total in (compared.now, compared.earlier)
    )
    return f"{span_words(compared.now)}: {now}, against {earlier}"


def comparison_sentence(compared: Comparison, facts: MeasureFacts) -> str:
    """Return what can be said of the change, with its range."""
    change = compared.change
    if change is None:
        return "The two cannot be compared."
    said = movement_words(change)
    between = interval_words(change, facts)
    if not said:
        return f"{change_figure(change, facts)}; how much of it is chance is not known."
    if not between:
        return f"{said}."
    return f"{said}. The 95% interval of the change runs from {between}."


def change_rows(compared: Comparison, facts: MeasureFacts) -> list[tuple[str, str]]:
    """Return the change as term and text: formula, what is counted, interval and its method."""
    change = compared.change
    if change is None:
        return []
    return [
        ("Formula", _formula(change, facts, compared)),
        ("Counted", f"{counted_words(compared.now)}; {_earlier_words(compared)}"),
        (
            "Interval",
            interval_words(change, facts) or "none: chance cannot be told from the figures",
        ),
        ("Method", _method(change, facts)),
        ("What it says", movement_words(change)),
    ]


def _earlier_words(compared: Comparison) -> str:
    if compared.is_by_average:
        sides = f"{compared.now.counted} now, {compared.earlier.counted} before"
        return f"the sides differ in length ({sides}), so averages a period are compared"
    return "the same number of periods on both sides"


def _formula(change: Change, facts: MeasureFacts, compared: Comparison) -> str:
    say = finer if compared.is_by_average else number
    now, earlier = say(change.now, facts.unit), say(change.earlier, facts.unit)
    figure = change_figure(change, facts)
    if change.is_percentage_shown:
        return f"({now} - {earlier}) / {earlier} = {figure}"
    few = ""
    if change.ratio is not None and facts.unit is Unit.COUNT and change.earlier > Decimal(0):
        few = "; too few cases for a percentage"
    return f"{now} - {earlier} = {figure}{few}"


def _method(change: Change, facts: MeasureFacts) -> str:
    if change.interval is None:
        return ""
    if facts.unit is Unit.PERCENT:
        return "Newcombe's interval of the difference of two proportions"
    if change.method is RatioMethod.OVERDISPERSED:
        return "the ratio of two counts, as wide as the periods scatter"
    return "the exact interval of the ratio of two counts"
