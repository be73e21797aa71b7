"""The clock of the product; nothing below the views asks the time.

With TRACKER_TODAY set, the day stands still and the real time of day goes on, so that a
demonstration of March 2017 is always in March 2017.
"""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from flask import current_app

LONDON = ZoneInfo("Europe/London")


def now() -> datetime:
    """Return the moment, in UTC, on the day the product is set to."""
    real = datetime.now(UTC)
    standing: date | None = current_app.config["TODAY"]
    if standing is None:
        return real
    local = real.astimezone(LONDON)
    return datetime.combine(standing, local.time(), LONDON).astimezone(UTC)


def today() -> date:
    """Return the local date, in London."""
    return now().astimezone(LONDON).date()


def real_now() -> datetime:
    """Return the true moment in UTC, for sessions and throttling, which no setting may stop."""
    return datetime.now(UTC)
