"""Forms about values: log one, correct one, each with the fields that its measure's kind has."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Self

from wtforms import Field, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import ValidationError

from tracker.domain.errors import RuleBroken
from tracker.domain.observations import NUMBERS, ObservationEntry, read_number, worked_out
from tracker.domain.periods import Period
from tracker.domain.vocabulary import ObservationState, Provenance, Unit
from tracker.domain.wording import plain
from tracker.forms.base import EditForm, Form, Text, choice_of, options
from tracker.models import Measure

STATES = {
    ObservationState.FINAL: ("Final", "Not expected to change"),
    ObservationState.PROVISIONAL: ("Provisional", "May still be revised"),
    ObservationState.WITHHELD: ("Withheld", "Known, but its owner has not released it"),
    ObservationState.NOT_COLLECTED: ("Not collected", "Nobody counted; there will be no value"),
}
#: Label and hint of each number, by what one value is; a number that is not named is not asked
#: for. What the value's own hint says, the page knows.
_NUMBER_WORDS: dict[Unit, dict[str, tuple[str, str]]] = {
    Unit.COUNT: {"value": ("Value", "")},
    Unit.RATE: {
        "numerator": ("How many", "What was counted, such as 95. Zero is a value."),
        "denominator": ("Of how many", "Such as 8,760."),
    },
    Unit.PERCENT: {
        "value": ("Percentage", ""),
        "numerator": ("How many", "Such as 95. The percentage is then worked out."),
        "denominator": (
            "Of how many",
            "Such as 113. Beside a percentage alone, the number of answers behind it.",
        ),
    },
    Unit.AVERAGE: {
        "value": ("Average", ""),
        "denominator": ("Number of answers", "How many values the average was made of."),
    },
    Unit.YES_NO: {"value": ("Value", "")},
}
_TYPED = {"inputmode": "decimal", "autocomplete": "off"}


class _YesOrNo:
    """In place of a number, an answer; a radio button once chosen is only left for another."""

    value = RadioField(
        "Value",
        choices=options([("1", "Yes"), ("0", "No"), ("", "No value")]),
        validate_choice=False,
        coerce=str,
    )


class _ObservationForm(Form):
    """The numbers of one period, and what is known of them."""

    value = StringField("Value", render_kw=_TYPED)
    numerator = StringField("How many", render_kw=_TYPED)
    denominator = StringField("Of how many", render_kw=_TYPED)
    state = RadioField(
        "What is known of it?",
        default=ObservationState.FINAL.value,
        **choice_of(ObservationState, lambda word: STATES[word][0]),
    )
    note = TextAreaField("Note", [Text("the note", needed=False)])

    #: What one value of this measure is, and of how many a rate counts.
    unit: Unit = Unit.COUNT
    per: Decimal | None = None
    #: The numbers that were typed, by field; set when the form is validated.
    numbers: dict[str, Decimal]

    @classmethod
    def of(cls, measure: Measure, **given: Any) -> Self:
        """Return the form with the fields that a measure's values are made of."""
        form = cls(**given)
        form.unit, form.per = measure.unit, measure.per
        words = _number_words(measure)
        for name in NUMBERS:
            if name in words:
                form[name].label.text, form[name].description = words[name]
            else:
                del form[name]
        return form

    def validate(self, extra_validators: Any = None) -> bool:
        """Read every number, then hold them together to the rules of the measure."""
        self.numbers = {}
        is_valid = super().validate(extra_validators)
        return self._makes_a_value() and bool(is_valid)

    def validate_value(self, field: Field) -> None:
        """Read the value."""
        self._read(field, self.unit)

    def validate_numerator(self, field: Field) -> None:
        """Read the numerator."""
        self._read(field, Unit.AVERAGE)

    def validate_denominator(self, field: Field) -> None:
        """Read the denominator."""
        self._read(field, Unit.AVERAGE)

    def _read(self, field: Field, unit: Unit) -> None:
        """Read a number, if the state has one and anything was typed."""
        # Never what is stored: a value that was not sent is not a value that was typed.
        text = str(field.raw_data[0]) if field.raw_data else ""
        if not text.strip() or self.state.data not in STATES:
            return
        if not ObservationState(self.state.data).has_value:
            raise ValidationError("Leave this empty where there is no value")
        try:
            self.numbers[field.name] = read_number(text, unit, field.name)
        except RuleBroken as broken:
            raise ValidationError(broken.message) from broken

    def _makes_a_value(self) -> bool:
        fields = [self.state, *(self[name] for name in NUMBERS if name in self)]
        if any(field.errors for field in fields):
            return False
        if not ObservationState(self.state.data).has_value:
            return True
        try:
            worked_out(self.unit, per=self.per, **self.numbers)
        except RuleBroken as broken:
            self.attach(broken)
            return False
        return True

    def entry_for(self, measure: Measure, period: Period, reason: str = "") -> ObservationEntry:
        """Return what was typed, as a version of a period's value."""
        return ObservationEntry(
            period=period,
            value=self.numbers.get("value"),
            numerator=self.numbers.get("numerator"),
            denominator=self.numbers.get("denominator"),
            state=ObservationState(self.state.data),
            note=self.note.data or "",
            source=measure.data_source,
            change_reason=reason,
            provenance=_provenance(measure),
        )


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
        return self.entry_for(measure, period)


class CorrectForm(_ObservationForm):
    """The next version of a period's value; the seen version tells a stale form."""

    version = EditForm.version
    seen_version = EditForm.seen_version
    change_reason = StringField("Why does it change?", [Text("why the value changes", longest=500)])

    def show(self, typed: Mapping[str, str]) -> None:
        """Put the stored numbers in the fields, as they were typed; a new reason is asked for."""
        self.change_reason.data = ""
        for name in NUMBERS:
            if name in self:
                self[name].data = typed[name]

    def entry(self, measure: Measure, period: Period) -> ObservationEntry:
        """Return what was typed."""
        return self.entry_for(measure, period, self.change_reason.data or "")


class RecordYesNoForm(_YesOrNo, RecordForm):
    """The first answer of a period."""


class CorrectYesNoForm(_YesOrNo, CorrectForm):
    """The next version of a period's answer."""


def record_form(measure: Measure) -> RecordForm:
    """Return the form to log a value of a measure."""
    return (RecordYesNoForm if measure.unit is Unit.YES_NO else RecordForm).of(measure)


def correct_form(measure: Measure, **given: Any) -> CorrectForm:
    """Return the form to correct a value of a measure."""
    return (CorrectYesNoForm if measure.unit is Unit.YES_NO else CorrectForm).of(measure, **given)


def _number_words(measure: Measure) -> dict[str, tuple[str, str]]:
    """Return label and hint of each number that a measure's values are made of."""
    words = _NUMBER_WORDS[measure.unit]
    if measure.unit is not Unit.RATE or measure.per is None:
        return words
    counted, _, of = measure.unit_noun.partition(" per ")
    of = of.removeprefix(plain(measure.per)).strip()
    hint = f"The rate per {plain(measure.per)} is worked out and shown when it is saved."
    return {
        "numerator": (f"How many {counted}".strip(), words["numerator"][1]),
        "denominator": (f"Of how many {of}".strip(), hint),
    }


def _provenance(measure: Measure) -> Provenance:
    """Return what a typed value is: as invented as its measure, else recorded."""
    invented = measure.provenance is Provenance.ILLUSTRATIVE
    return Provenance.ILLUSTRATIVE if invented else Provenance.RECORDED
