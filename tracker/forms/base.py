"""What all forms share: a one-time key, errors from the domain, and our own fields."""

import secrets
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from tracker.domain.dates import YEARS, read_day
from tracker.domain.errors import Conflict, RuleBroken
from tracker.domain.observations import read_number
from tracker.domain.texts import LONGEST, checked
from tracker.domain.vocabulary import Unit
from tracker.domain.wording import plain_date

_KEY_BYTES = 16


class Form(FlaskForm):
    """A form that is stored once, and that shows broken rules beside its fields."""

    submission_key = HiddenField(default=lambda: secrets.token_hex(_KEY_BYTES))

    #: What somebody else saved meanwhile; the page then shows both.
    conflict: Conflict | None = None

    @property
    def status(self) -> int:
        """HTTP status of the page that shows the form: 200, 400 with errors, 409 if stale."""
        if self.conflict is not None:
            return 409
        return 400 if self.errors else 200

    def attach(self, broken: RuleBroken) -> None:
        """Put a broken rule beside its field, or above the form if it has none here."""
        field = self._fields.get(broken.field or "")
        if field is None:
            self.form_errors.append(broken.message)
        else:
            field.errors = [*field.errors, broken.message]

    def attach_conflict(self, conflict: Conflict) -> None:
        """Show what somebody else saved; sending again is then based on their version."""
        self.conflict = conflict
        version = self._fields.get("version")
        if version is not None:
            version.data = str(conflict.version)

    @property
    def theirs(self) -> list[tuple[str, str]]:
        """What the other person saved where it differs from what was typed, by field label."""
        stored = self.conflict.theirs if self.conflict else {}
        return [
            (self._fields[name].label.text, _in_words(self._fields[name], value))
            for name, value in stored.items()
            if name in self._fields and value != str(self._fields[name].data)
        ]


def _in_words(field: Field, value: str) -> str:
    """Return a stored value as the field would show it: a choice by its label, a day in words."""
    if isinstance(field, DayField) and value:
        return plain_date(date.fromisoformat(value))
    labels = {str(key): label for key, label, *_ in getattr(field, "choices", None) or ()}
    return str(labels.get(value, value))


class EditForm(Form):
    """A form over a stored row: it carries the version that was seen."""

    version = HiddenField(default="0")

    @property
    def seen_version(self) -> int:
        """The version that the person saw; 0, which is never stored, where it was tampered with."""
        text = str(self.version.data or "")
        return int(text) if text.isdecimal() and len(text) < 10 else 0


class Text:
    """Validator: a text that can be stored. ``label`` completes "Enter ..."."""

    def __init__(self, label: str, *, longest: int = LONGEST, needed: bool = True) -> None:
        self.label, self.longest, self.needed = label, longest, needed
        #: Read by WTForms, which sets these on the input element.
        self.field_flags = {"maxlength": longest, **({"required": True} if needed else {})}

    def __call__(self, _form: FlaskForm, field: Field) -> None:
        """Trim the text, or refuse it beside the field."""
        try:
            field.data = checked(
                field.data or "",
                field.name,
                label=self.label,
                longest=self.longest,
                needed=self.needed,
            )
        except RuleBroken as broken:
            raise ValidationError(broken.message) from broken


def filled(field: Field) -> Any:
    """Return what a field holds after its form was validated: its validators saw to it."""
    return field.data


class _TypedField(StringField):
    """A text input whose data is a value; what was typed stays in it when it is wrong."""

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else self.written(self.data)

    def written(self, value: Any) -> str:
        """Return a stored value as a person would type it."""
        return str(value)

    def read(self, text: str) -> Any:
        """Return the value of a text; raise RuleBroken where it has none."""
        raise NotImplementedError

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed."""
        text = valuelist[0].strip() if valuelist else ""
        self.data = None
        if not text:
            return
        try:
            self.data = self.read(text)
        except RuleBroken as broken:
            raise ValueError(broken.message) from broken


class DayField(_TypedField):
    """A date in words or digits, in one of ``years``."""

    def __init__(self, label: str, *args: Any, years: range = YEARS, **kwargs: Any) -> None:
        super().__init__(label, *args, **kwargs)
        self.years = years

    def written(self, value: date) -> str:
        """Return "31 March 2017"."""
        return plain_date(value)

    def read(self, text: str) -> date:
        """Read a date."""
        return read_day(text, self.name, years=self.years)


class NumberField(_TypedField):
    """A decimal with or without thousands commas; no more than a number."""

    def written(self, value: Decimal) -> str:
        """Return plain digits."""
        return f"{value:f}"

    def read(self, text: str) -> Decimal:
        """Read a number."""
        try:
            return read_number(text, Unit.PERCENT)
        except RuleBroken:
            raise RuleBroken("Enter a number, such as 1,250 or 84.5", self.name) from None


class WholeField(_TypedField):
    """A whole number of at most six digits."""

    def read(self, text: str) -> int:
        """Read a whole number."""
        if not (text.isascii() and text.isdecimal() and len(text) <= 6):
            raise RuleBroken("Enter a whole number, such as 30", self.name)
        return int(text)


class Needed:
    """Validator: the field must not be empty; says what to enter."""

    def __init__(self, message: str) -> None:
        self.message = message
        #: Read by WTForms, which sets these on the input element.
        self.field_flags = {"required": True}

    def __call__(self, _form: FlaskForm, field: Field) -> None:
        """Refuse an empty field, unless what was typed is already refused."""
        if field.data is None and not field.errors:
            raise ValidationError(self.message)


def options(pairs: Iterable[tuple[str, str]]) -> list[SelectChoice]:
    """Return the choices of a field from values and labels."""
    return [SelectChoice(value, label) for value, label in pairs]


def choice_of(
    vocabulary: type[StrEnum], words: Callable[[Any], str] | None = None
) -> dict[str, Any]:
    """Return the arguments of a select or radio field over a vocabulary."""
    say = words or (lambda word: word.value.replace("_", " ").capitalize())
    return {"choices": options((word.value, say(word)) for word in vocabulary), "coerce": str}


class RowField(SelectField):
    """A choice of one stored row by its id; the empty choice is ``None``."""

    def __init__(self, label: str, *, empty: str = "", **kwargs: Any) -> None:
        super().__init__(label, coerce=_row_id, choices=[], **kwargs)
        self.empty = empty

    def offer(self, rows: Iterable[tuple[int, str]]) -> None:
        """Set the rows to choose from, by id and name, after the empty choice."""
        self.choices = options([("", self.empty), *((str(id_), name) for id_, name in rows)])

    def pre_validate(self, form: FlaskForm) -> None:
        """Refuse an id that was not offered."""
        try:
            super().pre_validate(form)
        except ValidationError:
            raise ValidationError("Choose one from the list") from None


class ManyField(SelectMultipleField):
    """Any number of choices, as checkboxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, label: str, **kwargs: Any) -> None:
        super().__init__(label, coerce=str, choices=[], **kwargs)


def _row_id(text: Any) -> int | None:
    digits = str(text or "")
    return int(digits) if digits.isdecimal() and len(digits) < 10 else None
