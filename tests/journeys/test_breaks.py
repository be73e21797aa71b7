"""An officer sets breaks and a baseline of anti-social behaviour, with scripts and without."""

import pytest
from playwright.sync_api import Page

from tests.journeys.browsing import PHONE, WIDE, Visitor, barriers, fits
from tests.journeys.conftest import Visit

WHY = "It is set as a rehearsal only."


def breaks_page(visitor: Visitor) -> Page:
    page = visitor.go("/measures")
    visitor.follow("Anti-social behaviour incidents recorded")
    visitor.follow("Breaks and baseline (1)")
    return page


def freeze(visitor: Visitor) -> None:
    visitor.follow("Freeze the baseline")
    visitor.page.get_by_label("How many final values set the limits?").fill("12")
    visitor.page.get_by_label("Why is the baseline frozen?").fill(WHY)
    visitor.press("Freeze the baseline")


def release(visitor: Visitor) -> None:
    visitor.follow("Release the baseline")
    visitor.page.get_by_label("Why is the baseline released?").fill(WHY)
    visitor.press("Release the baseline")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_no_page_about_breaks_has_a_barrier(
    visit: Visit, size: dict[str, int], scheme: str
) -> None:
    visitor = visit("officer", viewport=size, color_scheme=scheme)
    page = breaks_page(visitor)
    start = page.url.removeprefix(visitor.site)
    freeze(visitor)
    found = {}
    for name in ("Mark a break", "Change the frozen baseline", "Release the baseline"):
        visitor.go(start)
        visitor.follow(name)
        found[name] = barriers(page) + ([] if fits(page) else ["too wide"])
    visitor.press("Release the baseline")
    assert visitor.error("Why is the baseline released?") == "Enter why the baseline is released"
    found["refused"] = barriers(page) + ([] if fits(page) else ["too wide"])
    visitor.go(start)
    visitor.follow("Withdraw the break from September 2016")
    found["withdraw"] = barriers(page) + ([] if fits(page) else ["too wide"])
    visitor.go(start)
    found["all"] = barriers(page) + ([] if fits(page) else ["too wide"])
    release(visitor)
    assert {name: problems for name, problems in found.items() if problems} == {}


def test_a_break_is_withdrawn_and_marked_again_without_scripts(visit: Visit) -> None:
    visitor = visit("officer", java_script_enabled=False)
    page = breaks_page(visitor)
    assert "19 December 2016" in page.locator(".timeline").first.inner_text()
    visitor.follow("Withdraw the break from September 2016")
    assert page.get_by_label("Break from").input_value() == "2016-09-01"
    page.get_by_label("Why is it withdrawn?").fill(WHY)
    visitor.press("Withdraw the break")
    assert visitor.notices == "Break from September 2016 withdrawn"
    visitor.follow("Mark a break")
    page.get_by_label("The break begins with").select_option(label="September 2016")
    page.get_by_label("Why can the values before and after not be compared?").fill(WHY)
    visitor.press("Mark the break")
    assert "Break from September 2016 marked" in visitor.notices
    freeze(visitor)
    assert visitor.notices == "Baseline frozen at 12 values"
    release(visitor)
    assert page.get_by_role("heading", name="The baseline is not frozen").is_visible()
