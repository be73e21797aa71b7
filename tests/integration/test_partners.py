"""Partners as people read them, and as administrators add, change, retire and bring them back."""

import pytest

NEW = {
    "code": "TfL",
    "name": "Transport for London",
    "short_name": "",
    "parent_id": "",
    "statutory_from": "",
    "legal_basis": "",
}


def url(standing, code, end=""):
    return f"/partners/{standing.partners[code].id}{end}"


def row_of(page, name):
    rows = page.tree.xpath(f'//tbody/tr[th/a[text()="{name}"]]')
    return [" ".join(cell.text_content().split()) for cell in rows[0]]


def test_the_list_marks_responsible_authorities_with_their_basis(board_member):
    page = board_member.get("/partners")
    assert row_of(page, "City of London Police")[0] == (
        "City of London Police* (responsible authority) s.5(1)(b)"
    )
    assert row_of(page, "Community Safety Team")[0] == "Community Safety Team"


def test_the_list_counts_what_each_leads_and_owns(officer, outsider):
    _name, actions, overdue, measures = row_of(officer.get("/partners"), "City of London Police")
    assert (actions, overdue, measures) == ("1 off track, 1 not updated", "0", "2 no data")
    # Sensitive items are not even counted for those who may not see them.
    assert row_of(outsider.get("/partners"), "City of London Police")[1] == "1 off track"


def test_an_action_past_its_due_date_is_counted_as_overdue(officer, standing):
    fields = {
        "code": "P1.1.1",
        "title": "Patrol together",
        "lead_partner_id": standing.partners["CoLP"].id,
        "supporting_partner_ids": standing.partners["LFB"].id,
        "starts_on": "1 April 2016",
        "due_on": "31 January 2017",
        "due_reason": "Sooner",
        "marking": "official",
    }
    officer.post(f"/actions/{standing.action.id}/edit", **fields)
    assert row_of(officer.get("/partners"), "City of London Police")[2] == "1"
    assert "Supports 1 action" in officer.get(url(standing, "LFB")).text


def test_a_partner_s_page_shows_its_items_and_people(lead, outsider, standing):
    page = lead.get(url(standing, "CoLP"))
    assert "Leads 2 actions" in page.text
    assert "Police Lead" in page.text
    assert f"/actions/{standing.action.id}" in page.links()
    assert "Watch quietly" not in outsider.get(url(standing, "CoLP")).text


def test_as_at_a_day_before_the_plan_a_partner_leads_nothing(officer, standing):
    assert "Leads 0 actions" in officer.get(url(standing, "CoLP", "?as-at=1+March+2016")).text


def test_an_administrator_adds_a_team_of_a_partner(administrator, standing):
    team = {**NEW, "parent_id": standing.partners["CST"].id, "short_name": "TfL"}
    saved = administrator.post("/partners/new", **team)
    assert "Part of Community Safety Team" in administrator.get(saved.location).text
    assert "Transport for London" in administrator.get(url(standing, "CST")).text


@pytest.mark.parametrize("who", ["officer", "lead", "board_member"])
def test_nobody_else_adds_or_changes_partners(who, request, standing):
    client = request.getfixturevalue(who)
    assert client.get("/partners/new").status == 403
    assert client.send(url(standing, "LFB", "/edit"), **NEW).status == 403
    assert client.send(url(standing, "LFB", "/state"), state="back").status == 403


def test_a_code_that_is_taken_is_said_beside_its_field(administrator):
    page = administrator.post("/partners/new", **{**NEW, "code": "LFB"})
    assert page.status == 400
    assert page.error("code") == "Another partner has this code or name: enter different ones"
    assert page.value("name") == "Transport for London"


def test_a_statutory_duty_needs_its_basis(administrator):
    page = administrator.post("/partners/new", **{**NEW, "statutory_from": "1 April 2013"})
    assert page.error("legal_basis") == "Enter the law that makes it a responsible authority"
    assert page.value("statutory_from") == "1 April 2013"


def test_a_partner_is_not_part_of_its_own_team(administrator, standing):
    police, fire = (standing.partners[code] for code in ("CoLP", "LFB"))
    under = {"code": "LFB", "name": fire.name, "parent_id": police.id}
    assert administrator.post(url(standing, "LFB", "/edit"), **under).status == 303
    circle = {"code": "CoLP", "name": police.name, "parent_id": fire.id}
    page = administrator.post(url(standing, "CoLP", "/edit"), **circle)
    assert page.error("parent_id") == "A partner cannot be part of itself: choose another one"


def test_a_stale_form_keeps_its_text_and_shows_the_other(administrator, standing):
    path = url(standing, "LFB", "/edit")
    stale = administrator.hidden(path)["version"]
    administrator.post(path, **{**NEW, "name": "Theirs"})
    page = administrator.post(path, **{**NEW, "name": "Mine", "version": stale})
    assert (page.status, page.value("name")) == (409, "Mine")
    assert "Theirs" in page.text


def test_a_partner_that_left_is_no_longer_offered_until_it_is_back(
    administrator, officer, standing
):
    offered = f'//select[@name="lead_partner_id"]/option[@value="{standing.partners["LFB"].id}"]'
    new = f"/priorities/new/{standing.plan.id}"
    administrator.send(url(standing, "LFB", "/state"), **{"leaving-left_on": "1 March 2017"})
    assert "Left on 1 March 2017" in administrator.get("/partners").text
    assert not officer.get(new).tree.xpath(offered)
    administrator.send(url(standing, "LFB", "/state"), state="back")
    assert "Left on" not in administrator.get("/partners").text
    assert officer.get(new).tree.xpath(offered)


def test_leaving_needs_a_date(administrator, standing):
    refused = administrator.send(url(standing, "LFB", "/state"), **{"leaving-left_on": "soon"})
    assert refused.location == url(standing, "LFB", "/edit")
    assert "Enter a date, such as 31 March 2017" in administrator.get(refused.location).text
    assert "Left the partnership?" in administrator.get(refused.location).text
