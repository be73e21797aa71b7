"""Forms about breaks in series and the baseline: mark, withdraw, freeze, release."""

from collections.abc import Iterable
from datetime import date

from wtforms import SelectField, TextAreaField

from tracker.domain.breaks import LONGEST_REASON, BreakDetails, FreezeDetails
from tracker.domain.dates import read_day
from tracker.domain.errors import RuleBroken
from tracker.domain.periods import Period
from tracker.forms.base import EditForm, Form, Needed, Text, WholeField, filled, options


class _BreakForm(Form):
    """One period, chosen by its first day, and a reason."""

    starts_on: SelectField
    reason: TextAreaField

    def offer(self, periods: Iterable[tuple[date, Period]], asked: str | None) -> None:
        """Set the periods to choose from, each with its day.

        :param asked: the day that the address names; chosen while nothing was sent.
        """
        days = [(day.isoformat(), period.label) for day, period in periods]
        self.starts_on.choices = options([("", "Choose a period"), *days]) if days else []
        if not self.is_submitted() and asked in dict(days):
            self.starts_on.data = asked

    def details(self) -> BreakDetails:
        """Return what was chosen; RuleBroken beside "starts_on" where it is no day."""
        try:
            day = read_day(self.starts_on.data or "", "starts_on")
        except RuleBroken:
            raise RuleBroken("Choose the period that the break begins with", "starts_on") from None
        return BreakDetails(day, self.reason.data or "")


class MarkForm(_BreakForm):
    """A break that is marked."""

    starts_on = SelectField("The break begins with", coerce=str, choices=[], validate_choice=False)
    reason = TextAreaField(
        "Why can the values before and after not be compared?",
        [Text("why the values before and after cannot be compared", longest=LONGEST_REASON)],
    )


class WithdrawForm(_BreakForm):
    """A break that is withdrawn."""

    starts_on = SelectField("Break from", coerce=str, choices=[], validate_choice=False)
    reason = TextAreaField(
        "Why is it withdrawn?", [Text("why the break is withdrawn", longest=LONGEST_REASON)]
    )


class FreezeForm(EditForm):
    """A baseline that is frozen; the version is the id of the event that was seen."""

    points = WholeField(
        "How many final values set the limits?", [Needed("Enter a whole number, such as 24")]
    )
    reason = TextAreaField(
        "Why is the baseline frozen?",
        [Text("why the baseline is frozen", longest=LONGEST_REASON)],
    )

    def details(self) -> FreezeDetails:
        """Return what was typed."""
        return FreezeDetails(filled(self.points), self.reason.data or "")


class ReleaseForm(EditForm):
    """A frozen baseline that is released; the version is as for freezing it."""

    reason = TextAreaField(
        "Why is the baseline released?",
        [Text("why the baseline is released", longest=LONGEST_REASON)],
    )
