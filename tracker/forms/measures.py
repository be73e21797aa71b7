"""Forms about measures: log a value, correct one, add or change a measure."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import ValidationError

from tracker.domain.errors import RuleBroken
from tracker.domain.items import MeasureDetails, TargetDetails
from tracker.domain.observations import ObservationEntry, check_value, read_number
from tracker.domain.periods import Period
from tracker.domain.vocabulary import (
    Aggregation,
    Direction,
    Frequency,
    Marking,
    ObservationState,
    Provenance,
    Standing,
    Trajectory,
    Unit,
)
from tracker.forms.base import (
    DayField,
    EditForm,
    Form,
    Needed,
    NumberField,
    RowField,
    Text,
    WholeField,
    choice_of,
    filled,
    options,
)
from tracker.forms.markings import MARKING
from tracker.models import Measure

STATES = {
    ObservationState.FINAL: ("Final", "Not expected to change"),
    ObservationState.PROVISIONAL: ("Provisional", "May still be revised"),
    ObservationState.WITHHELD: ("Withheld", "Known, but its owner has not released it"),
    ObservationState.NOT_COLLECTED: ("Not collected", "Nobody counted; there will be no value"),
}
_STANDINGS = {
    Standing.HEADLINE: "Headline: the objective is judged by it first",
    Standing.SUPPORTING: "Supporting: it is rated as well",
    Standing.CONTEXT: "Context: shown, never rated",
}
_DIRECTIONS = {
    Direction.LOWER: "Lower is better",
    Direction.HIGHER: "Higher is better",
    Direction.NEUTRAL: "Neither: it is shown, never rated",
}
_AGGREGATIONS = {
    Aggregation.SUM: "They add up: the target is the year's total",
    Aggregation.LATEST: "The latest one stands for the year",
    Aggregation.AVERAGE: "Their average stands for the year",
}
_TRAJECTORIES = {
    Trajectory.LINEAR: "A straight line from the baseline to the target",
    Trajectory.FLAT: "The target from the first day on",
}


class _ObservationForm(Form):
    """A number, and what is known of it."""

    value = StringField("Value", render_kw={"inputmode": "decimal", "autocomplete": "off"})
    state = RadioField(
        "What is known of it?",
        default=ObservationState.FINAL.value,
        **choice_of(ObservationState, lambda word: STATES[word][0]),
    )
    note = TextAreaField("Note", [Text("the note", needed=False)])

    #: Set by the view: what one value of this measure is.
    unit: Unit = Unit.COUNT
    #: The number that was typed, once the form is valid.
    number: Decimal | None = None

    def validate_value(self, field: StringField) -> None:
        """Read the number, if the state has one."""
        known = {word.value for word in ObservationState}
        if self.state.data not in known:
            return
        # Never what is stored: a value that was not sent is not a value that was typed.
        text = str(field.raw_data[0]) if field.raw_data else ""
        if not ObservationState(self.state.data).has_value:
            if text.strip():
                raise ValidationError("Leave this empty where there is no value")
            return
        try:
            self.number = check_value(read_number(text, self.unit), self.unit)
        except RuleBroken as broken:
            raise ValidationError(broken.message) from broken


class RecordForm(_ObservationForm):
    """The first value of a period."""

    period = SelectField("Period", coerce=str, choices=[], validate_choice=False)

    def offer_periods(self, periods: Sequence[Period]) -> None:
        """Set the periods that have no value yet, the oldest first."""
        self.period.choices = options((period.key, period.label) for period in periods)

    def entry(self, measure: Measure) -> ObservationEntry:
        """Return what was typed; RuleBroken beside "period" where it is none that is collected."""
        period = Period.parse(self.period.data or "", measure.frequency)
        first = Period.containing(measure.frequency, measure.collected_from)
        if period < first:
            message = f"Values are collected from {first.label} on; earlier ones are imported"
            raise RuleBroken(message, "period")
        return ObservationEntry(
            period=period,
            value=self.number,
            state=ObservationState(self.state.data),
            note=self.note.data or "",
            source=measure.data_source,
            provenance=_provenance(measure),
        )


class CorrectForm(_ObservationForm):
    """The next version of a period's value; the seen version tells a stale form."""

    version = EditForm.version
    seen_version = EditForm.seen_version
    change_reason = StringField("Why does it change?", [Text("why the value changes", longest=500)])

    def entry(self, measure: Measure, period: Period) -> ObservationEntry:
        """Return what was typed."""
        return ObservationEntry(
            period=period,
            value=self.number,
            state=ObservationState(self.state.data),
            note=self.note.data or "",
            source=measure.data_source,
            change_reason=self.change_reason.data or "",
            provenance=_provenance(measure),
        )


def _provenance(measure: Measure) -> Provenance:
    """Return what a typed value is: as invented as its measure, else recorded."""
    invented = measure.provenance is Provenance.ILLUSTRATIVE
    return Provenance.ILLUSTRATIVE if invented else Provenance.RECORDED


class MeasureForm(EditForm):
    """A measure with its baseline and target."""

    code = StringField("Code", [Text("a code, such as M1.2a", longest=20)])
    title = StringField("What is measured", [Text("what is measured", longest=300)])
    owner_partner_id = RowField("Owner", validators=[Needed("Choose the partner that owns it")])
    definition = TextAreaField("Definition", [Text("the definition", longest=2000, needed=False)])
    standing = RadioField(
        "Standing",
        default=Standing.SUPPORTING.value,
        **choice_of(Standing, _STANDINGS.__getitem__),
    )
    unit = RadioField("Unit", default=Unit.COUNT.value, **choice_of(Unit))
    unit_noun = StringField("What is counted", [Text("what is counted", longest=60, needed=False)])
    direction = RadioField(
        "Direction", default=Direction.LOWER.value, **choice_of(Direction, _DIRECTIONS.__getitem__)
    )
    frequency = RadioField("Frequency", default=Frequency.QUARTERLY.value, **choice_of(Frequency))
    aggregation = RadioField(
        "How do the periods of a year make the year?",
        default=Aggregation.SUM.value,
        **choice_of(Aggregation, _AGGREGATIONS.__getitem__),
    )
    is_cumulative = BooleanField("Each value is the year's total so far")
    collected_from = DayField(
        "Collected from", [Needed("Enter the first day that is counted, such as 1 April 2016")]
    )
    lag_days = WholeField(
        "Days until a value is due", [Needed("Enter a number of days, such as 30")], default=30
    )
    baseline = NumberField("Baseline")
    baseline_label = StringField(
        "Year of the baseline", [Text("the year", longest=60, needed=False)]
    )
    target = NumberField("Target")
    target_starts_on = DayField("Path from", [Needed("Enter the day the path to it begins")])
    target_ends_on = DayField("Target by", [Needed("Enter the day the target is to be met")])
    trajectory = RadioField(
        "The path there",
        default=Trajectory.LINEAR.value,
        **choice_of(Trajectory, _TRAJECTORIES.__getitem__),
    )
    tolerance_percent = NumberField(
        "Still amber", [Needed("Enter a percentage, such as 5")], default=Decimal(5)
    )
    target_reason = StringField(
        "Why does the baseline or target change?",
        [Text("the reason", longest=500, needed=False)],
    )
    data_source = StringField("Source", [Text("the source", longest=300, needed=False)])
    licence = StringField("Licence", [Text("the licence", longest=200, needed=False)])
    has_small_numbers = BooleanField("Small numbers: hide them in anything public")
    note = TextAreaField("Note", [Text("the note", longest=2000, needed=False)])
    marking = RadioField("Marking", **MARKING)

    def details(self, **kept: Any) -> MeasureDetails:
        """Return the measure that was typed; ``kept`` is what no form sets."""
        return MeasureDetails(
            code=self.code.data or "",
            title=self.title.data or "",
            owner_partner_id=filled(self.owner_partner_id),
            definition=self.definition.data or "",
            standing=Standing(self.standing.data),
            unit=Unit(self.unit.data),
            unit_noun=self.unit_noun.data or "",
            direction=Direction(self.direction.data),
            frequency=Frequency(self.frequency.data),
            aggregation=Aggregation(self.aggregation.data),
            is_cumulative=self.is_cumulative.data,
            collected_from=filled(self.collected_from),
            lag_days=filled(self.lag_days),
            data_source=self.data_source.data or "",
            licence=self.licence.data or "",
            has_small_numbers=self.has_small_numbers.data,
            note=self.note.data or "",
            marking=Marking(self.marking.data),
            **kept,
        )

    def terms(self, provenance: Provenance) -> TargetDetails:
        """Return the baseline and target that were typed."""
        return TargetDetails(
            baseline=self.baseline.data,
            baseline_label=self.baseline_label.data or "",
            target=self.target.data,
            tolerance_percent=filled(self.tolerance_percent),
            starts_on=filled(self.target_starts_on),
            ends_on=filled(self.target_ends_on),
            trajectory=Trajectory(self.trajectory.data),
            provenance=provenance,
            reason=(self.target_reason.data or "") if "target_reason" in self else "",
        )
