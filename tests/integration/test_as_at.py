"""A page as at a past day shows what was known by the end of that day, and nothing later."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy.orm.attributes import set_committed_value

from tests.standing import action_details, measure_details, target_details
from tracker.domain.observations import ObservationEntry
from tracker.domain.periods import Period
from tracker.domain.progress import ProgressEntry
from tracker.domain.vocabulary import ActionState, Confidence, Frequency, ObservationState
from tracker.services import items
from tracker.services.observations import correct_observation, record_observation
from tracker.services.progress import correct_progress, log_progress

MAY = Period.parse("2016-05", Frequency.MONTHLY)
BEFORE, AFTER = "?as-at=30+November+2016", "?as-at=1+December+2016"
#: Half past midnight in London on the day after.
LATE = datetime(2016, 12, 1, 0, 30, tzinfo=UTC)


@pytest.fixture
def told(session, standing):
    """The standing plan; everything below becomes known on 1 December 2016."""
    early = {"actor": standing.actor("Police Lead"), "now": datetime(2016, 7, 1, 9, tzinfo=UTC)}
    late = {"actor": standing.actor("Police Lead"), "now": LATE}
    officer = {"actor": standing.actor("Officer"), "now": LATE}
    first = ObservationEntry(MAY, Decimal(4321), ObservationState.FINAL)
    record_observation(session, standing.measure, first, **early)
    second = ObservationEntry(MAY, Decimal(8765), ObservationState.FINAL, change_reason="Recount")
    correct_observation(session, standing.measure, second, 1, **late)
    said = log_progress(
        session,
        standing.action,
        ProgressEntry(ActionState.IN_PROGRESS, Confidence.HIGH, "Said early."),
        **early,
    )
    set_committed_value(said, "action", standing.action)
    done = {standing.milestone.id: date(2016, 11, 30)}
    correct_progress(
        session,
        said,
        ProgressEntry(ActionState.IN_PROGRESS, Confidence.LOW, "Said late."),
        "A slip",
        **late,
    )
    entry = ProgressEntry(
        ActionState.IN_PROGRESS, Confidence.LOW, "Ticked late.", milestones_done=done
    )
    log_progress(session, standing.action, entry, **late)
    police = standing.partners["CoLP"].id
    moved = action_details(police, due_on=date(2017, 9, 30), due_reason="Slower")
    items.change_action(session, standing.action, moved, standing.action.version, **officer)
    sharper = target_details(target=Decimal(999), reason="Sharper")
    details = measure_details(police)
    version = standing.measure.version
    items.change_measure(session, standing.measure, details, sharper, version, **officer)
    added = action_details(police, code="P1.1.3", title="Came late")
    items.add_action(session, standing.objective, added, **officer)
    items.archive_item(session, standing.secret_action, **officer)
    session.commit()
    return standing


@pytest.mark.parametrize(
    ("path", "early", "late"),
    [
        ("/measures/{measure}", "4,321", "8,765"),
        ("/measures/{measure}", "1,200", "999"),
        ("/actions/{action}", "Said early.", "Said late."),
        ("/actions/{action}", "31 March 2017", "30 September 2017"),
        ("/actions/{action}", "Rota agreed", "Done 30 November 2016"),
        ("/plans/{plan}", "Watch quietly", "Came late"),
        ("/priorities/{priority}", "Watch quietly", "Came late"),
        ("/history", "Patrol together", "Said late."),
    ],
)
def test_what_became_known_later_is_not_shown_before(officer, told, path, early, late):
    names = ("measure", "action", "plan", "priority")
    url = path.format(**{name: getattr(told, name).id for name in names})
    before, after = (officer.get(url + day).tree.xpath("//main")[0] for day in (BEFORE, AFTER))
    words = [" ".join(main.text_content().split()) for main in (before, after)]
    for tag in before.xpath('.//*[contains(@class, "as-at")]'):
        words[0] = words[0].replace(" ".join(tag.text_content().split()), "")
    assert early in words[0]
    assert late not in words[0]
    assert late in words[1]


def test_the_dashboard_and_lists_know_only_what_was_known(officer, told):
    for path in ("/dashboard", "/measures", "/partners", "/my-work"):
        text = officer.get(path + BEFORE).text
        for word in ("8,765", "Said late", "Ticked late", "Came late"):
            assert word not in text, (path, word)


def test_an_archived_item_is_there_on_the_day_before(officer, told):
    assert "Watch quietly" in officer.get(f"/plans/{told.plan.id}{BEFORE}").text
    assert "Watch quietly" not in officer.get(f"/plans/{told.plan.id}{AFTER}").text


@pytest.mark.parametrize("day", ["nonsense", "31+February+2017", "0", "%00", "1+1+99999", "\u0661"])
def test_a_day_that_is_none_is_said_and_today_is_shown(officer, told, day):
    page = officer.get(f"/dashboard?as-at={day}")
    assert page.status == 200
    assert "Shown as at today instead" in page.text


def test_a_day_to_come_is_said_and_today_is_shown(officer, told):
    page = officer.get("/dashboard?as-at=1+April+2017")
    assert "1 April 2017 is still to come. Shown as at today instead" in page.text


@pytest.mark.parametrize("day", ["1+March+2016", "1+January+2000"])
def test_a_day_before_the_plan_breaks_no_page(officer, told, day):
    items_ = (f"/actions/{told.action.id}", f"/measures/{told.measure.id}")
    pages = ("/dashboard", "/measures", "/partners", "/my-work", "/history", "/reviews")
    for path in (*pages, *items_, f"/plans/{told.plan.id}", f"/priorities/{told.priority.id}"):
        page = officer.get(f"{path}?as-at={day}")
        assert page.status == 200, path
        assert "8,765" not in page.text


def test_links_of_a_past_day_keep_the_day_and_nothing_is_logged_there(lead, standing):
    page = lead.get("/dashboard?as-at=2016-10-01")
    to_pages = {href for href in page.links() if href.startswith(("/priorities/", "/plan"))}
    assert to_pages
    assert all("as-at=2016-10-01" in href for href in to_pages)
    past = lead.get(f"/actions/{standing.action.id}?as-at=2016-10-01")
    assert "Log progress" not in past.text
    assert "Log progress" in lead.get(f"/actions/{standing.action.id}").text
