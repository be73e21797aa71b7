"""A year of the partnership in one journey: progress, values, the review, its paper."""

from pathlib import Path

from playwright.sync_api import Page

from tests.journeys.browsing import Visitor, barriers, text_of
from tests.journeys.conftest import Visit
from tests.journeys.papers import Paper, Row, plain

ACTION = "Run the Violent Crime Steering Group and report to each board meeting"
MEASURE = "Acquisitive crimes recorded"
#: The year to December, 2,624, with the 247 of January.
SO_FAR = "2,871"
PRIORITY = "P1 Violence Against the Person"
HELP = "A chair from outside the police for the first two meetings."
ACHIEVED = "Street triage kept 61 people out of custody."


def test_a_year_leads_from_a_report_to_a_signed_paper(visit: Visit, tmp_path: Path) -> None:
    lead = visit("police")
    lead_logs_progress(lead)
    lead_logs_a_value(lead)
    the_dashboard_shows_both(lead)

    officer = visit("officer")
    address = officer_opens_the_review(officer)
    officer_writes_what_was_achieved(officer, address)
    officer_decides_the_refresh(officer, address)
    read = rows_of(officer.go(f"{address}/preview"))
    assert any(row[0].endswith(MEASURE) and SO_FAR in row for row in read)
    officer_freezes(officer, address)

    chair_signs(visit("chair"), address)

    signed = rows_of(officer.go(f"{address}/preview"))
    paper = take_away(officer, address, tmp_path)
    assert signed - paper.rows == set(), "a row of the page that is not in the file"
    assert changed(read, signed) <= {"Version", "SHA-256"}
    opened = paper.opened_by_libreoffice()
    assert {text for text in paper.texts if text not in opened} == set()
    assert ACHIEVED in opened


def lead_logs_progress(lead: Visitor) -> None:
    page = lead.go("/my-work")
    lead.follow(f"Log progress on {ACTION}")
    page.get_by_label("Off track").check()
    page.get_by_label("Help needed").fill(HELP)
    lead.press("Save progress")
    assert lead.error("What happened?") == "Enter what happened"
    assert page.get_by_label("Off track").is_checked()
    assert page.get_by_label("Help needed").input_value() == HELP
    page.get_by_label("What happened?").fill("No meeting since February: nobody chairs it.")
    lead.press("Save progress")
    assert page.locator("h1").inner_text() == ACTION
    assert "No meeting since February" in page.locator(".timeline li").first.inner_text()


def lead_logs_a_value(lead: Visitor) -> None:
    page = lead.go("/my-work")
    lead.follow(f"Log a value of {MEASURE}")
    for typed in ("", "24,7"):
        page.get_by_label("Value", exact=True).fill(typed)
        lead.press("Save the value")
        assert lead.error("Value").startswith("Enter")
        assert page.get_by_label("Value", exact=True).input_value() == typed
    page.get_by_label("Value", exact=True).fill("247")
    page.get_by_label("Provisional").check()
    lead.press("Save the value")
    assert page.locator("h1").inner_text() == MEASURE
    rows = page.locator("#points >> xpath=ancestor::section >> tbody tr")
    assert rows.nth(0).inner_text().split()[:4] == ["Feb", "2017", "No", "data"]
    assert rows.nth(1).inner_text().split()[:3] == ["Jan", "2017", "247"]


def the_dashboard_shows_both(lead: Visitor) -> None:
    page = lead.go("/dashboard")
    exception = page.locator(".exception", has_text=ACTION)
    assert exception.locator(".ask__text").inner_text() == HELP
    headline = page.locator(".head-measure", has_text=MEASURE)
    assert headline.locator(".value").inner_text() == "247"
    assert "Jan 2017, provisional" in headline.inner_text()


def officer_opens_the_review(officer: Visitor) -> str:
    page = officer.go("/reviews")
    officer.follow("Open the review")
    assert barriers(page) == []
    page.get_by_label("Date of the board").fill("31 March 2017")
    page.get_by_label("Cut-off date").fill("15 March 2017")
    officer.press("Open the review")
    assert officer.error("Chair who signs it off") == "Choose the chair"
    page.get_by_label("Chair who signs it off").select_option(label="Chair of the Board")
    officer.press("Open the review")
    assert "March review for 31 March 2017" in page.locator("h1").inner_text()
    return page.url.removeprefix(officer.site)


def officer_writes_what_was_achieved(officer: Visitor, address: str) -> None:
    page = officer.go(address)
    officer.follow(PRIORITY.removeprefix("P1 "))
    page.get_by_label("What was achieved").fill(ACHIEVED)
    officer.press("Save")
    line = page.get_by_role("row", name=PRIORITY)
    assert [cell.inner_text() for cell in line.get_by_role("cell").all()] == [
        "Written",
        "Not written",
    ]


def officer_decides_the_refresh(officer: Visitor, address: str) -> None:
    page = officer.go(f"{address}/decisions")
    first = page.locator("details", has_text="P1.1.1").first
    first.locator("summary").click()
    first.get_by_label("Amend").check()
    first.get_by_label("Reason").fill("Hotspots move faster than the month.")
    officer.press("Decide on P1.1.1")
    first = page.locator("details[open]", has_text="P1.1.1").first
    assert first.locator(".field__error").count() == 1
    first.get_by_label("What changes").fill("Use weekly analysis.")
    officer.press("Decide on P1.1.1")
    assert "saved" in officer.notices
    assert "P1.1.1" in page.locator("summary", has_text=": amend").first.inner_text()


def officer_freezes(officer: Visitor, address: str) -> None:
    page = officer.go(address)
    officer.press("Freeze for signature")
    assert "The review waits for Chair of the Board." in text_of(page)
    assert page.get_by_role("link", name="Cover and texts").count() == 0


def chair_signs(chair: Visitor, address: str) -> None:
    page = chair.go(address)
    chair.follow("Sign off or send back")
    assert barriers(page) == []
    chair.press("Sign off")
    assert "Signed off by Chair of the Board." in text_of(page)


def take_away(visitor: Visitor, address: str, folder: Path) -> Paper:
    page = visitor.go(address)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download as Word").click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    assert path.name == "march-review-2016-17-2017-03-15-official-sensitive.docx"
    return Paper(path)


def rows_of(page: Page) -> set[Row]:
    """Return every row of every table of the preview, as texts."""
    rows = page.locator("main tr").evaluate_all(
        "rows => rows.map(row => [...row.cells].map(cell => cell.textContent))"
    )
    return {tuple(plain(text) for text in row) for row in rows}


def changed(before: set[Row], after: set[Row]) -> set[str]:
    """Return the first words of the rows that only one of two readings has."""
    return {row[0] for row in before ^ after}
