"""How far the data can be trusted: what is missing, late, provisional, small or invented."""

from collections.abc import Callable

from tracker.domain.assessment import MeasureAssessment
from tracker.domain.document import Column, Paragraph, Section, Table
from tracker.domain.review.material import ReviewMaterial
from tracker.domain.review.words import NONE
from tracker.domain.series import Release, last_due
from tracker.domain.vocabulary import ObservationState, Provenance, Standing
from tracker.domain.wording import share

#: Whether a measure has a weakness.
_Test = Callable[[MeasureAssessment, ReviewMaterial], bool]


def quality(material: ReviewMaterial) -> Section:
    """Return the section on data quality: each weakness, and the measures that have it."""
    measures = list(material.now.measures)
    if not measures:
        return Section("Data quality", (Paragraph("The plan has no measure."),))
    columns = (
        Column("What", weight=4),
        Column(f"Of {len(measures)}", is_number=True, weight=1),
        Column("Share", is_number=True, weight=1),
        Column("Measures", weight=5),
    )
    rows = tuple(_row(label, test, measures, material) for label, test in _TESTS)
    return Section("Data quality", (Table("Weaknesses of the data", columns, rows),))


def _row(
    label: str, test: _Test, measures: list[MeasureAssessment], material: ReviewMaterial
) -> tuple[str, ...]:
    found = [measure.facts.code for measure in measures if test(measure, material)]
    named = ", ".join(found) or NONE
    return (label, str(len(found)), share(len(found), len(measures)), named)


def _has_no_baseline(measure: MeasureAssessment, _material: ReviewMaterial) -> bool:
    return measure.facts.target is None or measure.facts.target.baseline is None


def _has_no_target(measure: MeasureAssessment, _material: ReviewMaterial) -> bool:
    is_rated = measure.facts.standing is not Standing.CONTEXT
    return is_rated and (measure.facts.target is None or measure.facts.target.target is None)


def _has_no_value(measure: MeasureAssessment, _material: ReviewMaterial) -> bool:
    return not any(o.state.has_value for o in measure.facts.observations)


def _is_late(measure: MeasureAssessment, material: ReviewMaterial) -> bool:
    due = last_due(measure.facts, material.as_at)
    return due is not None and due.release is Release.OVERDUE


def _is_provisional(measure: MeasureAssessment, _material: ReviewMaterial) -> bool:
    return measure.position is not None and measure.position.is_provisional


def _is_withheld(measure: MeasureAssessment, _material: ReviewMaterial) -> bool:
    return any(o.state is ObservationState.WITHHELD for o in measure.facts.observations)


def _is_not_collected(measure: MeasureAssessment, _material: ReviewMaterial) -> bool:
    return any(o.state is ObservationState.NOT_COLLECTED for o in measure.facts.observations)


def _is_small(measure: MeasureAssessment, material: ReviewMaterial) -> bool:
    defined = material.definitions.get(measure.facts.id)
    return defined is not None and defined.has_small_numbers


def _is_undefined(measure: MeasureAssessment, material: ReviewMaterial) -> bool:
    defined = material.definitions.get(measure.facts.id)
    return defined is None or not defined.definition


def _is_illustrative(measure: MeasureAssessment, _material: ReviewMaterial) -> bool:
    target = measure.facts.target
    by_target = target is not None and target.provenance is Provenance.ILLUSTRATIVE
    return by_target or measure.facts.provenance is Provenance.ILLUSTRATIVE


_TESTS: tuple[tuple[str, _Test], ...] = (
    ("No value at all", _has_no_value),
    ("Latest value late", _is_late),
    ("No baseline", _has_no_baseline),
    ("No target, though rated", _has_no_target),
    ("No definition", _is_undefined),
    ("Provisional figures in what is rated", _is_provisional),
    ("A value withheld by its owner", _is_withheld),
    ("A period that was not collected", _is_not_collected),
    ("Small numbers: read with care", _is_small),
    ("Figures or target illustrative", _is_illustrative),
)
