"""Every page that a role can reach: for eyes, ears, fingers, keyboards, phones and paper."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Dialog, Page

from tests.journeys.browsing import PHONE, WIDE, Visitor, barriers, fits, visiting
from tests.journeys.conftest import Visit
from tests.journeys.serving import pattern_of

ROLES = ["administrator", "officer", "police", "chair"]
#: Before a review is open, and when it is frozen: the journey of the year goes there.
ELSEWHERE = {"/reviews/new/*", "/reviews/*/sign-off"}
#: Linked to where a break stands or a baseline is frozen: the journey of breaks goes there.
OF_A_SET_SERIES = {"/measures/*/breaks/withdraw", "/measures/*/baseline/release"}
#: Not pages: files, figures, and the two lines for whoever watches the server.
FILES = {
    "/measures/*/points.csv",
    "/measures/*/figure.json",
    "/reviews/*/export.docx",
    "/health",
    "/ready",
}
#: Without anything that depends on who reads it: an officer's is enough.
SAME_FOR_ALL = {"/reviews/*/preview", "/history", "/measures", "/help/status"}
#: Other addresses of the start page and of the plan.
TWICE = {"/", "/plans/*"}
ACTION = "Run the Violent Crime Steering Group and report to each board meeting"


@pytest.fixture(scope="module", autouse=True)
def opened(chromium: Browser, site: str) -> None:
    """A review that an officer has opened, so that its pages can be reached."""
    with visiting(chromium, site) as visitor:
        page = visitor.sign_in("officer").go("/reviews")
        visitor.follow("Open the review")
        page.get_by_label("Chair who signs it off").select_option(label="Chair of the Board")
        visitor.press("Open the review")
        assert page.url.startswith(f"{site}/reviews/")


def addresses(visitor: Visitor, start: str = "/") -> list[str]:
    """Return one address of each kind of page that links lead to, the start first."""
    waiting, found = [start], {}
    while waiting:
        path = waiting.pop(0)
        kind = pattern_of(path)
        if kind in found or kind in FILES:
            continue
        reply = visitor.context.request.get(visitor.site + path)
        assert reply.ok, path
        found[kind] = path
        waiting += re.findall(r'href="(/(?!static/)[^"]*)"', reply.text().replace("&amp;", "&"))
    return list(found.values())


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("role", ROLES)
def test_no_page_has_a_barrier_or_scrolls_sideways(
    visit: Visit, role: str, size: dict[str, int]
) -> None:
    visitor = visit(role, viewport=size)
    found = {
        path: problems
        for path in each_page(visitor, role)
        if (problems := barriers(visitor.page) + ([] if fits(visitor.page) else ["too wide"]))
    }
    assert found == {}


# What a lead or the chair sees, the two others see in the same colours.
@pytest.mark.parametrize("role", ["administrator", "officer"])
def test_no_page_is_hard_to_read_in_the_dark(visit: Visit, role: str) -> None:
    visitor = visit(role, viewport=PHONE, color_scheme="dark")
    found = {
        path: problems
        for path in each_page(visitor, role)
        if (problems := barriers(visitor.page, ["color-contrast", "link-in-text-block"]))
    }
    assert found == {}


def each_page(visitor: Visitor, role: str) -> Iterator[str]:
    """Open every kind of page that a person can reach."""
    left_out = TWICE if role == "officer" else TWICE | SAME_FOR_ALL
    for path in addresses(visitor):
        if pattern_of(path) not in left_out:
            visitor.go(path)
            yield path


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/sign-in", "/help/status", "/nothing-is-here"])
def test_a_page_for_nobody_in_particular_has_no_barrier(
    visit: Visit, path: str, scheme: str
) -> None:
    page = visit(color_scheme=scheme, viewport=PHONE).go(path)
    assert (barriers(page), fits(page)) == ([], True)


def test_links_lead_to_every_kind_of_page(visit: Visit, worker_app: Flask) -> None:
    rules = [rule for rule in worker_app.url_map.iter_rules() if "GET" in (rule.methods or ())]
    kinds = {re.sub(r"<[^>]+>", "*", rule.rule) for rule in rules}
    kinds -= FILES | ELSEWHERE | OF_A_SET_SERIES
    reached = {pattern_of(path) for role in ROLES for path in addresses(visit(role))}
    assert kinds - reached == {"/sign-in"}


def test_what_the_page_policy_refuses_is_noticed(chromium: Browser, site: str) -> None:
    with (
        pytest.raises(AssertionError, match="Content Security Policy"),
        visiting(chromium, site) as visitor,
    ):
        visitor.go("/sign-in").evaluate(
            "document.body.append(Object.assign(document.createElement('script'), {text: '1'}))"
        )


@pytest.mark.parametrize("role", ["officer", "police"])
def test_every_page_stands_without_scripts(visit: Visit, role: str) -> None:
    visitor = visit(role, java_script_enabled=False)
    for path in addresses(visitor):
        page = visitor.go(path)
        assert page.locator("h1").is_visible(), path


def test_progress_is_logged_without_scripts(visit: Visit) -> None:
    visitor = visit("police", java_script_enabled=False)
    page = visitor.go("/my-work")
    visitor.follow(f"Log progress on {ACTION}")
    page.get_by_label("On track").check()
    page.get_by_label("What happened?").fill("The group met, without a script.")
    visitor.press("Save progress")
    assert "The group met, without a script." in page.locator(".timeline li").first.inner_text()


def test_a_picture_stands_before_any_script(visit: Visit) -> None:
    visitor = visit("chair", java_script_enabled=False)
    page = measure_page(visitor)
    assert page.locator("figure.picture svg").first.is_visible()
    assert page.get_by_role("button", name="Explore").count() == 0


def test_a_picture_is_explored_and_comes_back(visit: Visit) -> None:
    page = measure_page(visit("chair"))
    page.get_by_role("button", name="Explore").click()
    page.locator("[data-live] .main-svg").first.wait_for()
    assert not page.locator("[data-still]").is_visible()
    page.get_by_role("button", name="Back to picture").click()
    assert page.locator("figure.picture svg").first.is_visible()
    assert not page.locator("[data-live]").is_visible()


def measure_page(visitor: Visitor) -> Page:
    page = visitor.go("/measures")
    visitor.follow("Acquisitive crimes recorded")
    return page


def test_the_first_key_reaches_the_link_to_the_content(visit: Visit) -> None:
    page = visit("chair").go("/dashboard")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to main content")
    assert skip.evaluate("link => link === document.activeElement")
    assert skip.evaluate("link => link.getBoundingClientRect().top") >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize("path", ["/dashboard", "/plan", "/my-work"])
def test_what_has_the_focus_shows_it(visit: Visit, path: str) -> None:
    page = visit("officer").go(path)
    outlines = []
    for _press in range(25):
        page.keyboard.press("Tab")
        outlines.append(page.evaluate(OUTLINE))
    assert min(outlines) >= 2


#: Width in pixels of the outline of what has the focus.
OUTLINE = "parseFloat(getComputedStyle(document.activeElement).outlineWidth)"


def test_an_error_leads_to_its_field(visit: Visit) -> None:
    visitor = visit("police")
    page = report_page(visitor)
    visitor.press("Save progress")
    summary = page.locator("[data-error-summary]")
    assert summary.evaluate("box => box === document.activeElement")
    summary.get_by_role("link", name="happened").click()
    field = page.get_by_label("What happened?")
    assert field.evaluate("field => field === document.activeElement")
    assert field.get_attribute("aria-invalid") == "true"


def test_leaving_a_changed_form_asks_first(visit: Visit) -> None:
    page = report_page(visit("police"))
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.get_by_label("What happened?").press_sequentially("Half a sentence")
    with page.expect_event("dialog"):
        page.get_by_role("link", name="Cancel").click(no_wait_after=True)
    assert asked == ["beforeunload"]
    assert page.get_by_label("What happened?").input_value() == "Half a sentence"


def test_a_form_that_was_not_touched_is_left_without_a_word(visit: Visit) -> None:
    visitor = visit("police")
    page = report_page(visitor)
    visitor.follow("Cancel")
    assert page.locator("h1").inner_text() == ACTION


def report_page(visitor: Visitor) -> Page:
    page = visitor.go("/my-work")
    visitor.follow(f"Log progress on {ACTION}")
    return page


@pytest.mark.parametrize("path", ["/dashboard", "/reviews/1/preview"])
def test_paper_holds_the_content_and_no_controls(visit: Visit, path: str) -> None:
    page = visit("officer").go(path)
    page.emulate_media(media="print")
    assert page.locator("h1").is_visible()
    assert page.locator("main table").last.is_visible()
    assert (
        not page.locator(".nav-main, .masthead, .demo, .btn, .filters").filter(visible=True).count()
    )
    assert page.pdf(format="A4").startswith(b"%PDF")
