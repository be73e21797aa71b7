"""Priorities, objectives and milestones as people read, add, change, order and restore them."""

import pytest
from sqlalchemy import select

from tracker.models import Milestone, Objective, Priority


@pytest.fixture
def fields(standing):
    return {
        "code": "P2",
        "title": "Fraud",
        "aim": "Fewer victims.",
        "kind": "priority",
        "lead_partner_id": standing.partners["LFB"].id,
        "marking": "official",
    }


def new_url(standing):
    return f"/priorities/new/{standing.plan.id}"


def url(standing, end=""):
    return f"/priorities/{standing.priority.id}{end}"


def stored(session, model, **fields):
    session.rollback()
    return session.scalars(select(model).filter_by(**fields)).one()


def headings(page):
    return [h.text_content().strip() for h in page.tree.xpath('//h2[starts-with(@id,"priority-")]')]


def test_an_officer_adds_a_priority_and_reads_it(officer, standing, fields):
    saved = officer.post(new_url(standing), **fields)
    page = officer.get(saved.location)
    assert page.title == "P2 Fraud"
    assert "Fewer victims." in page.text
    assert "London Fire Brigade" in page.text
    assert "Fraud is not evidenced" in page.text


@pytest.mark.parametrize("who", ["lead", "board_member", "administrator"])
@pytest.mark.parametrize("end", ["/edit", "/move", "/archive", "/restore"])
def test_nobody_but_an_officer_changes_a_priority(who, end, request, standing):
    assert request.getfixturevalue(who).send(url(standing, end)).status == 403


def test_a_code_that_is_taken_is_said_beside_its_field(officer, standing, fields):
    page = officer.post(new_url(standing), **{**fields, "code": "P1"})
    assert page.status == 400
    assert page.error("code") == "This code is taken: enter another one"
    assert page.value("title") == "Fraud"
    assert page.tree.xpath('//a[@href="#code"]')


def test_a_priority_needs_a_lead(officer, standing, fields):
    page = officer.post(new_url(standing), **{**fields, "lead_partner_id": ""})
    assert page.error("lead_partner_id") == "Choose the partner that leads"


def test_a_lead_that_was_not_offered_is_refused(officer, standing, fields):
    page = officer.post(new_url(standing), **{**fields, "lead_partner_id": "999"})
    assert page.error("lead_partner_id") == "Choose one from the list"


def test_a_priority_that_is_changed_shows_its_new_title(officer, standing, fields):
    saved = officer.post(url(standing, "/edit"), **{**fields, "title": "Violence at night"})
    assert officer.get(saved.location).title == "P2 Violence at night"


def test_a_stale_form_keeps_its_text_and_shows_the_other(officer, standing, fields):
    stale = officer.hidden(url(standing, "/edit"))["version"]
    officer.post(url(standing, "/edit"), **{**fields, "title": "Theirs"})
    mine = {**fields, "title": "Mine", "version": stale}
    page = officer.post(url(standing, "/edit"), **mine)
    assert page.status == 409
    assert page.value("title") == "Mine"
    assert "Theirs" in page.text


@pytest.mark.parametrize(
    ("direction", "expected"), [("up", ["Fraud", "Violence"]), ("down", ["Violence", "Fraud"])]
)
def test_priorities_change_places(direction, expected, officer, session, standing, fields):
    added = officer.post(new_url(standing), **fields).location
    officer.send(f"{added}/move", direction=direction)
    assert headings(officer.get(f"/plans/{standing.plan.id}")) == expected


def test_the_first_cannot_move_up_and_the_last_not_down(officer, standing):
    page = officer.get(f"/plans/{standing.plan.id}")
    assert not page.tree.xpath(f'//form[@action="{url(standing, "/move")}"]')


def test_an_archived_priority_says_so_and_is_restored(officer, standing):
    officer.send(url(standing, "/archive"))
    assert "This priority is archived" in officer.get(url(standing)).text
    assert headings(officer.get(f"/plans/{standing.plan.id}")) == []
    officer.send(url(standing, "/restore"))
    assert headings(officer.get(f"/plans/{standing.plan.id}")) == ["Violence"]


def test_a_priority_says_its_status_why_and_both_lights(officer, standing):
    page = officer.get(url(standing))
    terms = page.tree.xpath('//dl[@class="lights"]/dt')
    lights = [" ".join(f"{term.text} {term.getnext().text_content()}".split()) for term in terms]
    assert "Violence is red 1 of 1 objective red" in page.text
    assert "Red: unproven, and delivery is off track" in page.text
    assert lights == [
        "Outcome Not evidenced no measure is rated",
        "Delivery Red 1 of 1 action off track",
    ]


def test_an_item_says_its_first_reason_and_its_target(officer, standing):
    text = officer.get(url(standing)).text
    assert "1,200" in text
    assert "never reported in 348 days" in text


def test_on_a_day_before_it_joined_a_priority_says_so(officer, standing):
    page = officer.get(url(standing, "?as-at=1+March+2016"))
    assert "was not in the plan on 1 March 2016" in page.text


def test_leads_find_links_to_log_for_their_own_items_only(lead, other_lead, officer, standing):
    report = f"/actions/{standing.action.id}/updates/new"
    record = f"/measures/{standing.measure.id}/observations/new"
    assert {report, record} <= lead.get(url(standing)).links()
    assert {report, record} <= officer.get(url(standing)).links()
    assert not {report, record} & other_lead.get(url(standing)).links()


def test_a_sensitive_priority_is_not_found_by_outsiders(officer, outsider, standing, fields):
    secret = {**fields, "code": "P1", "marking": "official_sensitive"}
    officer.post(url(standing, "/edit"), **secret)
    assert outsider.get(url(standing)).status == 404
    assert officer.get(url(standing)).status == 200


def test_an_objective_is_added_changed_moved_and_archived(officer, session, standing):
    new = {"code": "P1.2", "title": "More trust", "marking": "official", "is_critical": "y"}
    home = officer.post(f"/objectives/new/{standing.priority.id}", **new).location
    added = stored(session, Objective, code="P1.2")
    assert "More trust" in officer.get(home).text
    officer.post(f"/objectives/{added.id}/edit", **{**new, "title": "Much trust"})
    officer.send(f"/objectives/{added.id}/move", direction="up")
    first = officer.get(home).tree.xpath("//h2[starts-with(@id,'objective-')]")[0]
    assert first.text_content().split() == ["P1.2", "Much", "trust"]
    officer.send(f"/objectives/{added.id}/archive")
    assert f"objective-{added.id}" not in officer.get(home).body


def test_an_objective_with_a_taken_code_is_refused_beside_it(officer, standing):
    again = {"code": "P1.1", "title": "Twice", "marking": "official"}
    page = officer.post(f"/objectives/new/{standing.priority.id}", **again)
    assert page.error("code") == "This code is taken: enter another one"


def test_a_stale_objective_keeps_its_text(officer, standing):
    path = f"/objectives/{standing.objective.id}/edit"
    fields = {"code": "P1.1", "marking": "official"}
    stale = officer.hidden(path)["version"]
    officer.post(path, **fields, title="Theirs")
    page = officer.post(path, **fields, title="Mine", version=stale)
    assert (page.status, page.value("title")) == (409, "Mine")


def test_a_milestone_is_added_and_changed_on_its_action(officer, session, standing):
    new = {"title": "Rota printed", "due_on": "30 November 2016"}
    home = officer.post(f"/milestones/new/{standing.action.id}", **new).location
    assert home == f"/actions/{standing.action.id}"
    assert "Rota printed" in officer.get(home).text
    added = stored(session, Milestone, title="Rota printed")
    officer.post(f"/milestones/{added.id}/edit", title="Rota sent", due_on="1 December 2016")
    assert "Rota sent" in officer.get(home).text


def test_a_milestone_needs_a_date(officer, standing):
    page = officer.post(f"/milestones/new/{standing.action.id}", title="Rota", due_on="")
    assert page.error("due_on") == "Enter the day it is due, such as 30 September 2016"


def test_a_due_date_that_moves_needs_its_reason(officer, session, standing):
    path = f"/actions/{standing.action.id}/edit"
    fields = {
        "code": "P1.1.1",
        "title": "Patrol together",
        "lead_partner_id": standing.partners["CoLP"].id,
        "starts_on": "1 April 2016",
        "due_on": "30 April 2017",
        "marking": "official",
    }
    page = officer.post(path, **fields)
    assert page.error("due_reason") == "Say why the due date moves: the board sees both dates"
    assert officer.post(path, **fields, due_reason="The board asked for it").status == 303
    assert "first due 31 March 2017" in officer.get(url(standing)).text


def test_what_is_not_there_is_not_found(officer):
    for path in ("/priorities/999", "/objectives/999/edit", "/milestones/999/edit", "/plans/999"):
        assert officer.get(path).status == 404


def test_the_rows_of_the_plan_are_what_was_typed(officer, session, standing, fields):
    officer.post(
        new_url(standing), **{**fields, "title": "  Fraud   and  scams ", "kind": "strand"}
    )
    row = stored(session, Priority, code="P2")
    assert (row.title, row.kind.value, row.position) == ("Fraud and scams", "strand", 2)
