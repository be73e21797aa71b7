"""Plans as people begin, read, change, close and restore them."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from tests.counting import statements
from tests.pages import Client
from tests.standing import PASSWORD, action_details, measure_details, target_details
from tracker.domain.actors import SYSTEM
from tracker.domain.items import ObjectiveDetails, PriorityDetails
from tracker.domain.people import PersonDetails
from tracker.domain.vocabulary import PriorityKind, Role
from tracker.extensions import db
from tracker.models import Plan
from tracker.queries.assessed import KEPT
from tracker.services import items
from tracker.services.installation import set_up_installation
from tracker.services.people import add_person

NEW = {
    "title": "Strategic plan 2017-18",
    "vision": "Safer still.",
    "starts_on": "1 April 2017",
    "ends_on": "31 March 2018",
    "review_on": "15 March 2018",
    "suppression_threshold": "5",
}
NOW = datetime(2017, 3, 15, 9, 0, tzinfo=UTC)


def edit_url(standing):
    return f"/plans/{standing.plan.id}/edit"


def test_an_officer_begins_a_plan_as_a_draft(officer):
    saved = officer.post("/plans/new", **NEW)
    assert saved.status == 303
    assert "A draft: nobody reports on it yet" in officer.get(saved.location).text
    assert "1 April 2017 to 31 March 2018" in officer.get("/plans").text


@pytest.mark.parametrize("who", ["lead", "board_member", "administrator"])
def test_nobody_but_an_officer_begins_a_plan(who, request):
    client = request.getfixturevalue(who)
    assert client.get("/plans/new").status == 403
    assert client.send("/plans/new", **NEW).status == 403


def test_a_plan_cannot_end_before_it_begins(officer):
    page = officer.post("/plans/new", **{**NEW, "ends_on": "31 March 2017"})
    assert page.status == 400
    assert page.error("ends_on") == "Enter a last day after the first day"
    assert page.value("vision") == "Safer still."


def test_what_is_no_date_is_said_beside_its_field(officer):
    page = officer.post("/plans/new", **{**NEW, "starts_on": "soon"})
    assert page.error("starts_on") == "Enter a date, such as 31 March 2017"
    assert page.value("starts_on") == "soon"


def test_two_plans_cannot_have_one_title(officer, standing):
    page = officer.post("/plans/new", **{**NEW, "title": standing.plan.title})
    assert page.status == 400
    assert page.error("title") == "Another plan has this title: enter a different one"


def test_a_plan_that_is_changed_shows_the_new_vision(officer, standing):
    saved = officer.post(edit_url(standing), **{**NEW, "vision": "A kinder place."})
    assert "A kinder place." in officer.get(saved.location).text


def test_a_stale_form_keeps_its_text_and_shows_the_other(officer, standing):
    stale = officer.hidden(edit_url(standing))["version"]
    officer.post(edit_url(standing), **{**NEW, "vision": "Theirs."})
    page = officer.post(edit_url(standing), **{**NEW, "vision": "Mine.", "version": stale})
    assert page.status == 409
    assert page.value("vision") == "Mine."
    assert "Theirs." in page.text
    assert officer.post(edit_url(standing), **{**NEW, "vision": "Mine."}).status == 303


def test_a_form_that_is_sent_twice_begins_one_plan(officer, session):
    key = officer.hidden("/plans/new")["submission_key"]
    first = officer.post("/plans/new", **NEW, submission_key=key)
    again = officer.post("/plans/new", **NEW, submission_key=key)
    assert again.location == first.location
    assert len(session.scalars(select(Plan).where(Plan.title == NEW["title"])).all()) == 1


def test_a_closed_plan_is_not_edited_until_it_is_opened_again(officer, standing):
    plan_id = standing.plan.id
    assert officer.send(f"/plans/{plan_id}/state", state="closed").status == 303
    assert f"/priorities/new/{plan_id}" not in officer.get(f"/plans/{plan_id}").links()
    fields = {"code": "P9", "title": "Late", "lead_partner_id": standing.partners["CoLP"].id}
    new = {**fields, "kind": "priority", "marking": "official"}
    refused = officer.post(f"/priorities/new/{plan_id}", **new)
    assert refused.status == 400
    assert "This plan is closed: open it again before you change it" in refused.text
    officer.send(f"/plans/{plan_id}/state", state="active")
    assert officer.post(f"/priorities/new/{plan_id}", **new).status == 303


def test_a_state_that_is_none_is_refused(officer, standing):
    assert officer.send(f"/plans/{standing.plan.id}/state", state="gone").status == 400


def test_a_lead_cannot_close_a_plan(lead, standing):
    assert lead.send(f"/plans/{standing.plan.id}/state", state="closed").status == 403


def test_the_plan_in_the_navigation_is_the_current_one(lead, standing):
    assert lead.get("/plan").location == f"/plans/{standing.plan.id}"


def test_before_the_first_plan_the_list_says_what_to_do(empty_app):
    who = {"actor": SYSTEM, "now": NOW}
    with empty_app.app_context():
        set_up_installation(db.session(), "A partnership", is_demonstration=False, **who)
        officer = PersonDetails("officer@example.org", "Officer", Role.OFFICER, None)
        add_person(db.session(), officer, PASSWORD, **who)
        db.session.commit()
    client = Client(empty_app)
    client.sign_in("officer@example.org", PASSWORD)
    assert client.get("/plan").location == "/plans"
    assert client.get("/plans").tree.xpath('//a[text()="Begin the first plan"]/@href') == [
        "/plans/new"
    ]
    assert "No partners yet" in client.get("/partners").text


def test_a_plan_on_a_page_says_every_status_in_words(officer, standing):
    page = officer.get(f"/plans/{standing.plan.id}")
    words = " ".join(li.text_content() for li in page.tree.xpath('//ul[@class="leaves"]/li'))
    assert "Patrol together" in words
    assert ", not updated" in words
    assert ", no data" in words


def test_what_is_left_out_is_said_to_those_who_may_not_see_it(outsider, officer, standing):
    theirs = outsider.get(f"/plans/{standing.plan.id}").text
    assert "2 OFFICIAL-SENSITIVE items are left out" in theirs
    assert "Watch quietly" not in theirs
    ours = officer.get(f"/plans/{standing.plan.id}").text
    assert "left out" not in ours
    assert "Watch quietly" in ours


def test_a_board_member_sees_no_links_to_edit(board_member, standing):
    links = board_member.get(f"/plans/{standing.plan.id}").links()
    assert not {link for link in links if link.endswith("/edit") or "/new" in link}


def test_on_a_day_before_it_joined_an_item_is_not_in_the_plan(officer, standing):
    page = officer.get(f"/plans/{standing.plan.id}?as-at=1+March+2016")
    assert "No priorities in this plan on this day" in page.text
    assert edit_url(standing) not in page.links()


def test_an_archived_item_is_listed_and_comes_back(officer, standing):
    plan_url, action_url = f"/plans/{standing.plan.id}", f"/actions/{standing.action.id}"
    officer.send(f"{action_url}/archive")
    assert action_url not in officer.get(plan_url).links()
    listed = officer.get(edit_url(standing))
    assert "Patrol together" in listed.text
    assert listed.tree.xpath(f'//form[@action="{action_url}/restore"]')
    officer.send(f"{action_url}/restore")
    assert action_url in officer.get(plan_url).links()
    assert "Nothing was archived" in officer.get(edit_url(standing)).text


def test_every_kind_of_item_can_be_archived_and_listed(officer, standing):
    for nouns in ("milestones", "measures", "actions", "objectives", "priorities"):
        kind = "priority" if nouns == "priorities" else nouns[:-1]
        officer.send(f"/{nouns}/{getattr(standing, kind).id}/archive")
    rows = officer.get(edit_url(standing)).tree.xpath("//tbody/tr/td[1]/text()")
    assert sorted(rows) == ["Action", "Measure", "Milestone", "Objective", "Priority"]


def grow(session, standing, priorities):
    """Add priorities, each with an objective that has an action and a measure."""
    who = {"actor": standing.actor("Officer"), "now": NOW}
    police = standing.partners["CoLP"].id
    for n in range(2, priorities + 2):
        details = PriorityDetails(f"P{n}", f"Priority {n}", "", PriorityKind.PRIORITY, police)
        priority = items.add_priority(session, standing.plan, details, **who)
        for m in range(1, 4):
            objective = items.add_objective(
                session, priority, ObjectiveDetails(f"P{n}.{m}", "More"), **who
            )
            action = action_details(police, code=f"P{n}.{m}.1", due_on=date(2017, 3, 31))
            items.add_action(session, objective, action, **who)
            measure = measure_details(police, code=f"M{n}.{m}a")
            items.add_measure(session, objective, measure, target_details(), **who)
    session.commit()


def cost(app, client, path):
    KEPT.clear()
    with app.app_context(), statements() as seen:
        assert client.get(path).status == 200
    return len(seen)


@pytest.mark.parametrize("page", ["/plans/{plan}", "/priorities/{priority}", "/partners"])
def test_a_larger_plan_costs_no_more_queries(page, app, officer, session, standing):
    path = page.format(plan=standing.plan.id, priority=standing.priority.id)
    small = cost(app, officer, path)
    session.rollback()
    grow(session, standing, 10)
    assert cost(app, officer, path) == small <= 12


def test_a_page_that_is_kept_is_not_read_again(app, officer, standing):
    path = f"/plans/{standing.plan.id}"
    officer.get(path)
    with app.app_context(), statements() as seen:
        officer.get(path)
    assert len(seen) <= 4
