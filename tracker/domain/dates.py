"""Reading a date as people in the United Kingdom type it."""

import re
from datetime import date

from tracker.domain.errors import RuleBroken

_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_WORDS = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\s+([a-z]{3,9})\.?,?\s+(\d{4})")
_DIGITS = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


#: Years that a plan and what happens in it can lie in.
YEARS = range(2000, 2101)
#: Years in which a partner can have become a responsible authority.
LEGAL_YEARS = range(1900, 2101)


def checked_day(day: date, field: str, *, years: range = YEARS) -> date:
    """Return the day if its year is one of these; raise RuleBroken beside ``field``."""
    if day.year not in years:
        raise RuleBroken(f"Enter a date between {years[0]} and {years[-1]}", field)
    return day


def read_day(text: str, field: str, *, years: range = YEARS) -> date:
    """Return the day that was typed: "31 March 2017", "31/3/2017" or "2017-03-31".

    :raises RuleBroken: beside ``field``, if it is no date or its year is none of ``years``.

    >>> read_day("31 Mar 2017", "due_on")
    datetime.date(2017, 3, 31)
    """
    parts = _parts(" ".join(text.split()).lower())
    try:
        day = date(*parts) if parts else None
    except ValueError:
        day = None
    if day is None or not text.isascii():
        raise RuleBroken("Enter a date, such as 31 March 2017", field)
    return checked_day(day, field, years=years)


def _parts(text: str) -> tuple[int, int, int] | None:
    """Return year, month and day, ``None`` where the text has another form."""
    if words := _WORDS.fullmatch(text):
        month = [i for i, name in enumerate(_MONTHS, 1) if name.startswith(words[2])]
        return (int(words[3]), month[0], int(words[1])) if len(month) == 1 else None
    if digits := _DIGITS.fullmatch(text):
        return int(digits[3]), int(digits[2]), int(digits[1])
    if iso := _ISO.fullmatch(text):
        return int(iso[1]), int(iso[2]), int(iso[3])
    return None
