"""Why a measure's status is what it is: the rule that decided, its inputs and its version."""

from tracker.domain.analysis import MeasureAnalysis
from tracker.domain.assessment import MeasureAssessment
from tracker.domain.chart_words import assurance_words, variation_words
from tracker.domain.explained import Explanation, explanation, judged_words
from tracker.domain.status import ReasonCode
from tracker.domain.vocabulary import ItemKind
from tracker.domain.wording import plain_date, status_label

#: What decided where neither chart nor target was asked.
_PLAIN_RULES = {
    ReasonCode.CONTEXT: "Context is shown and never rated, and so is what has no better side.",
    ReasonCode.NO_TARGET: (
        "Without a target only a signal of the chart rates a measure; there is none, or it is too "
        "early for one."
    ),
    ReasonCode.BY_BAND: "Within its band is green, within the tolerance of it amber, else red.",
    **dict.fromkeys(
        (
            ReasonCode.NO_VALUE,
            ReasonCode.VALUE_OVERDUE,
            ReasonCode.WITHHELD,
            ReasonCode.NOT_COLLECTED,
        ),
        "The last value that was due must be there: without it there is no data, whatever came "
        "before.",
    ),
}


def explain_status(item: MeasureAssessment) -> Explanation:
    """Return why a measure's status is what it is: the rule that decided, and what went into it."""
    verdict, found = item.verdict, item.analysis
    label = status_label(verdict.status, ItemKind.MEASURE)
    rows = [
        ("Rule", _status_rule(found, verdict.reasons[0].code)),
        ("Reasons", "; ".join(reason.sentence for reason in verdict.reasons)),
        ("Inputs", _status_inputs(found)),
        ("Rules", f"version {found.rules.version}, as at {plain_date(found.as_at)}"),
        ("Judgement", judged_words(item.judgement, ItemKind.MEASURE)),
    ]
    return explanation("status", f"Status: {label}", label, rows)


def _status_rule(found: MeasureAnalysis, decided: ReasonCode) -> str:
    points = found.rules.chart_points
    if decided in _PLAIN_RULES:
        return _PLAIN_RULES[decided]
    if found.chart is None:
        return "Yes or no is rated by its target alone: what is asked for is green, else red."
    if found.usable_chart is not None:
        return (
            f"With {points} points or more, the chart decides: what the latest point means, and "
            "whether usual variation meets the target. Hit or miss is one step worse where the "
            f"year's chance of meeting its target is under {found.rules.unlikely_percent}%."
        )
    return (
        f"With under {points} points, the target alone decides: at or better than what is required "
        "is green, within the tolerance amber, else red."
    )


def _status_inputs(found: MeasureAnalysis) -> str:
    chart = found.usable_chart
    said = []
    if chart is not None and chart.variation is not None:
        said.append(variation_words(chart.variation).lower())
        said.append(assurance_words(found).lower())
    if found.forecast is not None and found.forecast.chance_in_words is not None:
        said.append(f"the year's target is {found.forecast.chance_in_words}")
    return "; ".join(part for part in said if part)
