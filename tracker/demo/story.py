"""The demonstration's files read into dated events, in the order in which they happened.

Nothing is stored here: the loader hands each event to the service that people use.
"""

import csv
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
#: Time of day at which the plan and everything in it was agreed.
AGREED_AT = time(9, 0)


@dataclass(frozen=True, slots=True)
class Value:
    """One version of one period's value, with the moment it became known."""

    at: datetime
    measure: str
    period_start: date
    state: str
    value: Decimal | None
    provenance: str
    source: str
    note: str
    change_reason: str
    numerator: Decimal | None = None
    denominator: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """One progress update, with the moment it was made; ``content`` as in the file."""

    at: datetime
    action: str
    content: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Break:
    """A break in a measure's series, with the moment at which the officer marked it."""

    at: datetime
    measure: str
    starts_on: date
    reason: str


@dataclass(frozen=True, slots=True)
class Judged:
    """The officer's status for a measure or an objective, with the moment it was judged."""

    at: datetime
    item: str
    status: str
    reason: str
    expires_on: date


def read(name: str) -> dict[str, Any]:
    """Return one of the demonstration's JSON files."""
    content: dict[str, Any] = json.loads(files(__package__).joinpath(name).read_text("utf-8"))
    return content


def moment(day: str | date, at: str | time) -> datetime:
    """Return the UTC moment of a local day and time."""
    on = date.fromisoformat(day) if isinstance(day, str) else day
    local = time.fromisoformat(at) if isinstance(at, str) else at
    return datetime.combine(on, local, LONDON).astimezone(UTC)


def reports() -> Iterator[Report]:
    """Yield every progress update of the story."""
    for code, action in read("progress.json")["actions"].items():
        for update in action["updates"]:
            yield Report(moment(update["on"], update["time"]), code, update)


def breaks() -> Iterator[Break]:
    """Yield every break in a series that the officer marks."""
    for entry in read("breaks.json")["breaks"]:
        at, starts_on = moment(entry["on"], entry["time"]), date.fromisoformat(entry["starts_on"])
        yield Break(at, entry["measure"], starts_on, entry["reason"])


def judgements() -> Iterator[Judged]:
    """Yield every judgement of the officer."""
    for entry in read("judgements.json")["judgements"]:
        at, last = moment(entry["on"], entry["time"]), date.fromisoformat(entry["expires_on"])
        yield Judged(at, entry["item"], entry["judged"], entry["reason"], last)


def values(plan: dict[str, Any]) -> Iterator[Value]:
    """Yield every version of every value, recorded and illustrative."""
    yield from _illustrative()
    figures = read("police_uk_monthly.json")
    counts = _counts()
    for measure in _measures(plan):
        if measure["police_uk_crime_types"]:
            yield from _recorded(measure, counts, figures)


def _measures(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for priority in plan["priorities"]:
        for objective in priority["objectives"]:
            yield from objective["measures"]


def _illustrative() -> Iterator[Value]:
    for code, versions in read("values.json")["values"].items():
        for version in versions:
            yield Value(
                at=moment(version["known_on"], version["time"]),
                measure=code,
                period_start=date.fromisoformat(version["period_start"]),
                state=version["state"],
                value=_number(version["value"]),
                numerator=_number(version.get("numerator")),
                denominator=_number(version.get("denominator")),
                provenance=version["provenance"],
                source=version["source"],
                note=version["note"],
                change_reason=version["change_reason"],
            )


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _counts() -> dict[str, dict[str, int | None]]:
    """Return month to crime type to count, ``None`` where the file was not supplied."""
    text = files(__package__).joinpath("police_uk_monthly.csv").read_text("utf-8")
    counts: dict[str, dict[str, int | None]] = defaultdict(dict)
    for row in csv.DictReader(text.splitlines()):
        counts[row["month"]][row["crime_type"]] = int(row["count"]) if row["count"] else None
    return counts


def _recorded(
    measure: dict[str, Any], counts: dict[str, dict[str, int | None]], figures: dict[str, Any]
) -> Iterator[Value]:
    types = measure["police_uk_crime_types"]
    for month in sorted(counts):
        if not all(kind in counts[month] for kind in types):
            continue
        found = [counts[month][kind] for kind in types]
        numbers = [count for count in found if count is not None]
        total = Decimal(sum(numbers)) if len(numbers) == len(found) else None
        yield from _versions(measure["code"], month, total, figures)


def _versions(
    code: str, month: str, total: Decimal | None, figures: dict[str, Any]
) -> Iterator[Value]:
    """Yield a month as it was published: provisional at first, final a month later."""
    start, rules = date.fromisoformat(f"{month}-01"), figures["publication"]
    given = {
        "measure": code,
        "period_start": start,
        "value": total,
        "provenance": "recorded",
        "source": figures["source"],
    }
    published = _published(start, rules, rules["months_after"])
    if month < rules["history_before"]:
        known = moment(rules["history_known_on"], rules["time"])
        yield Value(at=known, state="final", note="", change_reason="", **given)
    elif total is None:
        note = rules["not_supplied_note"]
        yield Value(at=published, state="not_collected", note=note, change_reason="", **given)
    else:
        yield Value(at=published, state="provisional", note="", change_reason="", **given)
        later = _published(start, rules, rules["months_after"] + 1)
        reason = rules["final_reason"]
        yield Value(at=later, state="final", note="", change_reason=reason, **given)


def _published(start: date, rules: dict[str, Any], months: int) -> datetime:
    """Return when a month's file is published: a day of the month that many later."""
    later = (start + timedelta(days=31 * months)).replace(day=rules["day"])
    return moment(later, rules["time"])
