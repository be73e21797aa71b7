"""What it takes to save, ledger and all: until the database says that it is stored."""

from collections.abc import Iterator
from itertools import cycle

from benchmarks.measuring import Work
from benchmarks.site import Sending, Site
from tests.scale import OLDEST, Size

_SAID = {
    "state": "in_progress",
    "confidence": "high",
    "happened": "The second round of joint visits took place.",
    "next_steps": "Return to four premises before Easter.",
}


def save_progress(site: Site) -> Work:
    """Log progress on one action after the other."""
    return site.saving(_reports())


def save_value(site: Site) -> Work:
    """Log a value that nobody has reported, of one measure after the other."""
    return site.saving(_values())


def _reports() -> Iterator[Sending]:
    for action in cycle(range(1, Size().actions + 1)):
        yield f"/actions/{action}/updates/new", _SAID


def _values() -> Iterator[Sending]:
    period = OLDEST
    while True:
        for measure in range(1, Size().measures + 1):
            said = {"period": period.key, "value": "97", "state": "final"}
            yield f"/measures/{measure}/observations/new", said
        period = period.next()
