"""The demonstration shows what its files say: figures, statuses, dates."""

import csv
import json
import re
from collections.abc import Iterator
from importlib.resources import files

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import Visit
from tracker.domain.vocabulary import ItemKind, Status
from tracker.domain.wording import status_label

MONTHS = {
    "2016-04": "Apr 2016",
    "2016-05": "May 2016",
    "2016-06": "Jun 2016",
    "2016-07": "Jul 2016",
    "2016-08": "Aug 2016",
    "2016-09": "Sep 2016",
    "2016-10": "Oct 2016",
    "2016-11": "Nov 2016",
    "2016-12": "Dec 2016",
}


def read(name: str) -> str:
    return files("tracker.demo").joinpath(name).read_text("utf-8")


def recorded() -> Iterator[tuple[str, set[str]]]:
    """Yield each measure that counts crimes of police.uk, with the types it counts."""
    for priority in json.loads(read("plan.json"))["priorities"]:
        for objective in priority["objectives"]:
            for measure in objective["measures"]:
                if measure["police_uk_crime_types"]:
                    yield measure["title"], set(measure["police_uk_crime_types"])


RECORDED = dict(recorded())


def counted(types: set[str]) -> dict[str, str]:
    """Return each month's sum over types of crime as a page shows it, by the month's label."""
    rows = list(csv.DictReader(read("police_uk_monthly.csv").splitlines()))
    shown = {}
    for month, label in MONTHS.items():
        counts = [r["count"] for r in rows if r["month"] == month and r["crime_type"] in types]
        assert len(counts) == len(types)
        total = None if "" in counts else sum(map(int, counts))
        shown[label] = "Not collected" if total is None else f"{total:,}"
    return shown


def test_there_are_measures_from_police_uk() -> None:
    assert len(RECORDED) >= 5


@pytest.mark.parametrize("title", RECORDED)
def test_each_month_of_a_recorded_measure_is_the_sum_of_its_crimes(
    visit: Visit, title: str
) -> None:
    visitor = visit("chair")
    page = visitor.go("/measures")
    visitor.follow(title)
    visitor.go(f"{page.url.removeprefix(visitor.site)}?all=1")
    stored = dict(
        page.locator("section:has(#points) tbody > tr").evaluate_all(
            "rows => rows.map(row => [...row.cells].slice(0, 2).map(c => c.textContent.trim()))"
        )
    )
    assert {label: stored[label] for label in MONTHS.values()} == counted(RECORDED[title])


def test_every_status_of_an_action_and_of_a_measure_appears(visit: Visit) -> None:
    page = visit("chair").go("/dashboard")
    actions, measures = (words(page, index) for index in (0, 1))
    assert actions == {
        status_label(status, ItemKind.ACTION).lower()
        for status in (
            Status.RED,
            Status.AMBER,
            Status.GREEN,
            Status.COMPLETE,
            Status.NOT_STARTED,
            Status.NOT_UPDATED,
            Status.CLOSED,
        )
    }
    assert measures == {
        status_label(status, ItemKind.MEASURE).lower()
        for status in (
            Status.RED,
            Status.AMBER,
            Status.GREEN,
            Status.NO_DATA,
            Status.NOT_RATED,
        )
    }


def words(page: Page, index: int) -> set[str]:
    """Return the statuses that a bar of the dashboard counts."""
    keys = page.locator(".dist").nth(index).locator("li").all_inner_texts()
    return {re.sub(r"^\s*\d+ ", "", key).strip() for key in keys}


def test_the_page_says_that_it_is_a_demonstration_and_which_day_it_is(visit: Visit) -> None:
    page = visit().go("/sign-in")
    assert "The clock stands at 15 March 2017." in page.locator(".demo").inner_text()


def test_a_past_day_shows_what_was_known_then(visit: Visit) -> None:
    visitor = visit("chair")
    now = verdict(visitor.go("/dashboard"))
    page = visitor.go("/dashboard")
    page.get_by_label("As at").fill("1 October 2016")
    visitor.press("Show")
    said = "As at 1 October 2016: only what was known then is shown."
    assert said in page.locator(".notice--past").inner_text()
    assert "9 of 64 actions are off track" in now
    assert "of 64 actions" in verdict(page)
    assert "9 of 64 actions are off track" not in verdict(page)


def verdict(page: Page) -> str:
    return " ".join(page.locator(".verdict").inner_text().split())
