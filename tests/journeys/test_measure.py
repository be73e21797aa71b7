"""A measure in a browser: its picture, its table and its figures say the same, to everybody."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.journeys.browsing import Visitor, barriers, fits
from tests.journeys.conftest import Visit

CHARTED, BROKEN, EARLY = (
    "Acquisitive crimes recorded",
    "Anti-social behaviour incidents recorded",
    "Victims satisfied with the police service",
)
MEASURES = [CHARTED, BROKEN, EARLY]
SMALLEST = {"width": 320, "height": 640}


def measure(visitor: Visitor, title: str, query: str = "") -> Page:
    visitor.go("/measures")
    visitor.follow(title)
    page = visitor.page
    if query:
        page.goto(page.url + query)
    return page


def figure_of(visitor: Visitor, page: Page) -> dict[str, Any]:
    address = page.locator("[data-figure]").get_attribute("data-figure")
    figure: dict[str, Any] = visitor.context.request.get(f"{visitor.site}{address}").json()
    return figure


def numbers(rows: list[str]) -> Iterator[float]:
    """Yield the values of the table's second column, newest first, those that are numbers."""
    for row in rows:
        found = re.match(r"[\d,.]+", row)
        if found:
            yield float(found[0].replace(",", ""))


@pytest.mark.parametrize("title", MEASURES)
def test_the_picture_and_its_table_say_the_same(visit: Visit, title: str) -> None:
    visitor = visit("chair")
    page = measure(visitor, title, "?all=1")
    figure = figure_of(visitor, page)
    drawn: dict[int, float] = {}
    for trace in figure["data"]:
        places = zip(trace["x"], trace["y"], strict=True)
        drawn |= {x: y for x, y in places if y is not None}
    listed = list(numbers(page.locator(".cmp--points tbody td:nth-of-type(1)").all_inner_texts()))
    assert [drawn[place] for place in sorted(drawn)] == listed[::-1]


def test_each_signal_of_the_picture_is_a_row_of_the_table(visit: Visit) -> None:
    page = measure(visit("chair"), CHARTED, "?all=1")
    signals = page.locator(".cmp--points td.t-improving").all_inner_texts()
    # January to July 2016 lie below the average of the years.
    assert len(signals) == 7
    assert signals[-1].startswith("Below the lower limit")
    squares = page.locator("#picture .picture__slot--wide .c-dot--improve path")
    assert squares.count() == len(signals)


def test_the_alternative_tells_message_limits_and_signals(visit: Visit) -> None:
    page = measure(visit("chair"), CHARTED)
    heading = page.locator("#picture-head").inner_text()
    said = page.locator("#picture .picture__slot--wide svg").get_attribute("aria-label") or ""
    assert heading in said
    for words in ("Average 293", "limits 228 and 358", "Target 253", "Dec 2014 to Dec 2015"):
        assert words in said, said


def test_a_break_is_drawn_and_named(visit: Visit) -> None:
    page = measure(visit("chair"), BROKEN)
    drawn = page.locator("#picture .picture__slot--wide svg").text_content() or ""
    assert "Break: September 2016" in drawn
    assert "since the break of September 2016" in page.locator("#picture-head").inner_text()


def test_explore_shows_the_same_marks_under_the_page_policy(visit: Visit) -> None:
    page = measure(visit("chair"), CHARTED)
    page.get_by_role("button", name="Explore").click()
    page.locator("[data-live] .main-svg").first.wait_for()
    points = page.locator("[data-live] .scatterlayer .point")
    drawn = page.locator("#picture .picture__slot--wide").locator("circle, [class^=c-dot] path")
    assert points.count() == drawn.count() > 20


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("title", MEASURES)
def test_a_measure_has_no_barrier_in_light_and_dark(visit: Visit, title: str, scheme: str) -> None:
    page = measure(visit("officer", color_scheme=scheme), title)
    for summary in page.locator("details > summary").all():
        summary.click()
    assert barriers(page) == []


@pytest.mark.parametrize("title", MEASURES)
def test_a_measure_fits_the_smallest_window(visit: Visit, title: str) -> None:
    page = measure(visit("officer", viewport=SMALLEST), title)
    assert fits(page)
    assert page.locator("#picture .picture__slot--narrow svg").is_visible()
    assert not page.locator("#picture .picture__slot--wide svg").first.is_visible()


def test_paper_gets_the_picture_and_no_button(visit: Visit) -> None:
    page = measure(visit("chair"), CHARTED)
    page.emulate_media(media="print")
    assert page.locator("#picture .picture__slot--mid svg").is_visible()
    assert not page.get_by_role("button", name="Explore").is_visible()


def test_every_figure_of_the_page_leads_to_its_explanation(visit: Visit) -> None:
    visitor = visit("chair")
    page = measure(visitor, CHARTED)
    found = page.locator("main a[href*='/explain/measures/']")
    addresses = {link.get_attribute("href") or "" for link in found.all()}
    anchors = {address.partition("#")[2] for address in addresses} - {""}
    assert {"status", "latest", "signals", "forecast", "baseline"} <= anchors
    visitor.go(next(a for a in addresses if a.endswith("#forecast")))
    for anchor in anchors:
        assert page.locator(f"#{anchor}").count() == 1, anchor
