"""The form about a measure: what it is, what its values are, and what they are held against."""

from decimal import Decimal
from typing import Any

from wtforms import BooleanField, RadioField, StringField, TextAreaField

from tracker.domain.items import MeasureDetails, TargetDetails
from tracker.domain.vocabulary import (
    Aggregation,
    Direction,
    Frequency,
    Marking,
    Provenance,
    Standing,
    Trajectory,
    Unit,
)
from tracker.forms.base import (
    DayField,
    EditForm,
    Needed,
    NumberField,
    RowField,
    Text,
    WholeField,
    choice_of,
    filled,
)
from tracker.forms.markings import MARKING

#: What one value may be, with an example.
UNITS = {
    Unit.COUNT: ("Count", "A whole number, such as 52 crimes"),
    Unit.RATE: ("Rate", "So many of a larger number, such as crimes per 1,000 residents"),
    Unit.PERCENT: ("Percentage", "A share, such as 95 of 113 answers"),
    Unit.AVERAGE: ("Average", "Such as minutes to arrive; may lie below zero"),
    Unit.YES_NO: ("Yes or no", "Whether something holds"),
}
_STANDINGS = {
    Standing.HEADLINE: "Headline: the objective is judged by it first",
    Standing.SUPPORTING: "Supporting: it is rated as well",
    Standing.CONTEXT: "Context: shown, never rated",
}
_DIRECTIONS = {
    Direction.LOWER: "Lower is better",
    Direction.HIGHER: "Higher is better",
    Direction.MAINTAIN: "Within a band: neither above nor below it",
    Direction.NEUTRAL: "Neither: it is shown, never rated",
}
_AGGREGATIONS = {
    Aggregation.SUM: "They add up: the target is the year's total",
    Aggregation.LATEST: "The latest one stands for the year",
    Aggregation.AVERAGE: "Their average stands for the year; of rates and percentages, "
    "everything counted over everything it was counted of",
}
_TRAJECTORIES = {
    Trajectory.LINEAR: "A straight line from the baseline to the target",
    Trajectory.FLAT: "The target from the first day on",
}


class MeasureForm(EditForm):
    """A measure with its baseline and target, or the band it is kept within."""

    code = StringField("Code", [Text("a code, such as M1.2a", longest=20)])
    title = StringField("What is measured", [Text("what is measured", longest=300)])
    owner_partner_id = RowField("Owner", validators=[Needed("Choose the partner that owns it")])
    definition = TextAreaField("Definition", [Text("the definition", longest=2000, needed=False)])
    standing = RadioField(
        "Standing",
        default=Standing.SUPPORTING.value,
        **choice_of(Standing, _STANDINGS.__getitem__),
    )
    unit = RadioField(
        "What is one value?",
        default=Unit.COUNT.value,
        **choice_of(Unit, lambda word: UNITS[word][0]),
    )
    per = NumberField("Per how many")
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
    band_low = NumberField("Lowest good value")
    band_high = NumberField("Highest good value")
    tolerance_percent = NumberField(
        "Still amber", [Needed("Enter a percentage, such as 5")], default=Decimal(5)
    )
    tolerance_absolute = NumberField("Or still amber, as a number")
    target_reason = StringField(
        "Why does the baseline, target or band change?",
        [Text("the reason", longest=500, needed=False)],
    )
    data_source = StringField("Source", [Text("the source", longest=300, needed=False)])
    licence = StringField("Licence", [Text("the licence", longest=200, needed=False)])
    has_small_numbers = BooleanField("Small numbers: hide them in anything public")
    note = TextAreaField("Note", [Text("the note", longest=2000, needed=False)])
    is_screened = BooleanField("Leave extreme jumps out of the limits of its chart", default=True)
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
            per=self.per.data,
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
            is_screened=self.is_screened.data,
            marking=Marking(self.marking.data),
            **kept,
        )

    def terms(self, provenance: Provenance) -> TargetDetails:
        """Return the baseline, target and band that were typed."""
        return TargetDetails(
            baseline=self.baseline.data,
            baseline_label=self.baseline_label.data or "",
            target=self.target.data,
            tolerance_percent=filled(self.tolerance_percent),
            tolerance_absolute=self.tolerance_absolute.data,
            band_low=self.band_low.data,
            band_high=self.band_high.data,
            starts_on=filled(self.target_starts_on),
            ends_on=filled(self.target_ends_on),
            trajectory=Trajectory(self.trajectory.data),
            provenance=provenance,
            reason=(self.target_reason.data or "") if "target_reason" in self else "",
        )
