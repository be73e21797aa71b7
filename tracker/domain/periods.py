"""Months, quarters and financial years, and the ends of local days.

A financial year runs from April to March; quarter 1 is April to June; a yearly period is a
financial year. Local means Europe/London.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from tracker.domain.errors import RuleBroken
from tracker.domain.vocabulary import Frequency

LONDON = ZoneInfo("Europe/London")
#: Months in a period of each frequency.
MONTHS = {Frequency.MONTHLY: 1, Frequency.QUARTERLY: 3, Frequency.YEARLY: 12}
_YEARS = range(2000, 2101)
_EXAMPLES = {
    Frequency.MONTHLY: "Enter a month, such as 2016-12",
    Frequency.QUARTERLY: "Enter a quarter, such as 2016/17 Q3",
    Frequency.YEARLY: "Enter a financial year, such as 2016/17",
}


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """One month, quarter or financial year.

    :param start: its first day.
    """

    frequency: Frequency
    start: date

    @classmethod
    def containing(cls, frequency: Frequency, day: date) -> "Period":
        """Return the period that a day lies in."""
        if frequency is Frequency.YEARLY:
            return cls(frequency, financial_year_start(day))
        months = MONTHS[frequency]
        return cls(frequency, date(day.year, (day.month - 1) // months * months + 1, 1))

    @classmethod
    def parse(cls, text: str, frequency: Frequency) -> "Period":
        """Return the period that a text names: its key, or any month or day within it.

        :raises RuleBroken: beside "period", also if it begins before 2000 or after 2100.
        """
        day = _named_day(text.strip(), frequency)
        if day is None:
            raise RuleBroken(_EXAMPLES[frequency], "period")
        if day.year in _YEARS:
            period = cls.containing(frequency, day)
            if period.start.year in _YEARS:
                return period
        raise RuleBroken("Enter a period that begins in 2000 to 2100", "period")

    @property
    def end(self) -> date:
        """Its last day."""
        return self.next().start - timedelta(days=1)

    @property
    def key(self) -> str:
        """Its short name in files: "2016-12", "2016/17 Q3", "2016/17"."""
        if self.frequency is Frequency.MONTHLY:
            return f"{self.start:%Y-%m}"
        year = financial_year_label(self.start)
        return year if self.frequency is Frequency.YEARLY else f"{year} Q{self._quarter}"

    @property
    def label(self) -> str:
        """Its name: "March 2017", "January to March 2017", "2016/17"."""
        return self._named("%B")

    @property
    def short_label(self) -> str:
        """Its name in tables: "Mar 2017", "Jan to Mar 2017", "2016/17"."""
        return self._named("%b")

    def next(self) -> "Period":
        """Return the period after it."""
        return self._moved(1)

    def previous(self) -> "Period":
        """Return the period before it."""
        return self._moved(-1)

    def due_on(self, lag_days: int) -> date:
        """Return the day its value is due, so many days after its end."""
        return self.end + timedelta(days=lag_days)

    def has_ended(self, today: date) -> bool:
        """Whether it is over: from the day after its last day."""
        return today > self.end

    @property
    def _quarter(self) -> int:
        return (self.start.month - 4) % 12 // 3 + 1

    def _named(self, month: str) -> str:
        if self.frequency is Frequency.YEARLY:
            return financial_year_label(self.start)
        if self.frequency is Frequency.MONTHLY:
            return f"{self.start:{month} %Y}"
        return f"{self.start:{month}} to {self.end:{month} %Y}"

    def _moved(self, steps: int) -> "Period":
        months = self.start.year * 12 + self.start.month - 1 + steps * MONTHS[self.frequency]
        return Period(self.frequency, date(months // 12, months % 12 + 1, 1))


def periods_between(first: Period, last: Period) -> list[Period]:
    """Return the periods from first to last, both included; none if last comes first."""
    return list(_between(first, last))


# A plan's measures ask for the same few spans again and again.
@lru_cache(512)
def _between(first: Period, last: Period) -> tuple[Period, ...]:
    periods = []
    while first.start <= last.start:
        periods.append(first)
        first = first.next()
    return tuple(periods)


def count_between(first: Period, last: Period) -> int:
    """Return how many periods there are from first to last, both included; 0 if last comes first.

    >>> april, june = date(2016, 4, 1), date(2016, 6, 1)
    >>> count_between(Period(Frequency.MONTHLY, april), Period(Frequency.MONTHLY, june))
    3
    """
    years, months = last.start.year - first.start.year, last.start.month - first.start.month
    return max(0, (years * 12 + months) // MONTHS[first.frequency] + 1)


def financial_year_start(day: date) -> date:
    """Return 1 April of the financial year that a day lies in.

    >>> financial_year_start(date(2017, 3, 31))
    datetime.date(2016, 4, 1)
    """
    return date(day.year if day.month >= 4 else day.year - 1, 4, 1)


def financial_year_label(day: date) -> str:
    """Return a day's financial year, such as "2016/17".

    >>> financial_year_label(date(2017, 3, 31)), financial_year_label(date(2017, 4, 1))
    ('2016/17', '2017/18')
    """
    year = financial_year_start(day).year
    return f"{year}/{(year + 1) % 100:02d}"


def end_of_day_utc(day: date) -> datetime:
    """Return the first moment (UTC) after a local day."""
    following = datetime.combine(day + timedelta(days=1), time.min, LONDON)
    return following.astimezone(UTC)


def local_date(instant: datetime) -> date:
    """Return the local date of a moment."""
    return instant.astimezone(LONDON).date()


def _named_day(text: str, frequency: Frequency) -> date | None:
    """Return a day within the named period, ``None`` where the text names none."""
    if month := re.fullmatch(r"(\d{4})-(\d{2})(?:-(\d{2}))?", text, re.ASCII):
        return _day(int(month[1]), int(month[2]), int(month[3] or 1))
    year = re.fullmatch(r"(\d{4})/(\d{2})(?: ?[Qq]([1-4]))?", text, re.ASCII)
    if not year or int(year[2]) != (int(year[1]) + 1) % 100:
        return None
    if (year[3] is not None) != (frequency is Frequency.QUARTERLY):
        return None
    if frequency is Frequency.MONTHLY:
        return None
    months = 3 + 3 * (int(year[3] or 1) - 1)
    return _day(int(year[1]) + months // 12, months % 12 + 1, 1)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
