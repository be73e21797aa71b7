"""Accounts as administrators and officers make them, and one's own account."""

import pytest
from sqlalchemy import select

from tests.pages import Client
from tests.standing import PASSWORD
from tracker.models import Person

SECRET = "copper thursday bicycle"
NEW = {
    "name": "New Lead",
    "email": "New.Lead@example.org",
    "role": "lead",
    "password": SECRET,
    "again": SECRET,
}


@pytest.fixture
def fields(standing):
    return {**NEW, "partner_id": standing.partners["LFB"].id}


def url(standing, name, end):
    return f"/people/{standing.people[name].id}/{end}"


def stored(session, email):
    session.rollback()
    return session.scalar(select(Person).where(Person.email == email))


@pytest.mark.parametrize("who", ["officer", "administrator"])
def test_administrators_and_officers_see_who_has_an_account(who, request):
    page = request.getfixturevalue(who).get("/people")
    assert "chair@example.org" in page.text
    assert "Community Safety Team" in page.text


@pytest.mark.parametrize("who", ["lead", "board_member"])
def test_others_do_not(who, request):
    assert request.getfixturevalue(who).get("/people").status == 403


def test_a_lead_that_an_officer_added_can_sign_in(app, officer, fields):
    assert officer.post("/people/new", **fields).status == 303
    newcomer = Client(app)
    assert newcomer.sign_in("new.lead@example.org", SECRET).status == 303
    assert newcomer.get("/plans").status == 200


@pytest.mark.parametrize("role", ["administrator", "officer", "board_member"])
def test_an_officer_makes_leads_alone(role, officer, session, fields):
    page = officer.post("/people/new", **{**fields, "role": role})
    assert page.status == 400
    assert page.error("role")
    assert stored(session, "new.lead@example.org") is None
    offered = officer.get("/people/new").tree.xpath('//input[@name="role"]/@value')
    assert offered == ["lead"]


def test_an_administrator_makes_officers(administrator, session, fields):
    administrator.post("/people/new", **{**fields, "role": "officer", "partner_id": ""})
    assert stored(session, "new.lead@example.org").role.value == "officer"


def test_an_officer_changes_no_account(officer, standing):
    assert officer.get(url(standing, "Police Lead", "edit")).status == 403
    assert officer.send(url(standing, "Police Lead", "password"), password=SECRET).status == 403
    assert officer.send(url(standing, "Police Lead", "state"), state="disabled").status == 403


@pytest.mark.parametrize(
    ("wrong", "field", "message"),
    [
        ({"password": "short", "again": "short"}, "password", "Enter 12 characters or more"),
        ({"again": "something else"}, "again", "The two passwords differ: enter the same twice"),
        (
            {"password": "new.lead@example.org", "again": "new.lead@example.org"},
            "password",
            "Choose a password that is harder to guess",
        ),
        ({"email": "nowhere"}, "email", "Enter an email address, such as name@example.org"),
        ({"partner_id": ""}, "partner_id", "Choose the partner that this lead reports for"),
        (
            {"email": "chair@example.org"},
            "email",
            "Somebody has an account with this address already",
        ),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(wrong, field, message, administrator, fields):
    page = administrator.post("/people/new", **{**fields, **wrong})
    assert page.status == 400
    assert page.error(field) == message
    assert page.value("name") == "New Lead"
    assert SECRET not in page.body


def test_nobody_changes_their_own_role(administrator, standing):
    own = {"name": "Administrator", "email": "administrator@example.org", "role": "officer"}
    page = administrator.post(url(standing, "Administrator", "edit"), **own)
    assert page.error("role") == "Nobody changes their own role: ask another administrator"


def test_the_last_administrator_stays(app, administrator, fields, standing):
    second = {**fields, "role": "administrator", "partner_id": ""}
    administrator.post("/people/new", **second)
    other = Client(app)
    other.sign_in("new.lead@example.org", SECRET)
    other.send(url(standing, "Administrator", "state"), state="disabled")
    assert administrator.get("/people").status == 303
    myself = other.get("/people").tree.xpath('//tr[th="New Lead"]//a/@href')[0]
    page = other.post(myself, name="New Lead", email="new.lead@example.org", role="officer")
    assert page.error("role")
    other.send(myself.replace("edit", "state"), state="disabled")
    assert other.get("/people").status == 200


def test_a_new_role_ends_the_sessions_of_the_person(administrator, lead, standing):
    board = {"name": "Police Lead", "email": "lead@example.org", "role": "board_member"}
    administrator.post(url(standing, "Police Lead", "edit"), **board)
    assert lead.get("/plans").location.startswith("/sign-in")


def test_a_closed_account_cannot_sign_in_until_it_is_open_again(app, administrator, standing):
    state = url(standing, "Fire Lead", "state")
    administrator.send(state, state="disabled")
    assert Client(app).sign_in("other.lead@example.org", PASSWORD).status == 400
    administrator.send(state, state="enabled")
    assert Client(app).sign_in("other.lead@example.org", PASSWORD).status == 303


def test_a_password_that_was_set_for_somebody_replaces_theirs(app, administrator, standing):
    path = url(standing, "Fire Lead", "password")
    assert administrator.post(path, password=SECRET, again=SECRET).status == 303
    assert Client(app).sign_in("other.lead@example.org", PASSWORD).status == 400
    assert Client(app).sign_in("other.lead@example.org", SECRET).status == 303


def test_a_state_that_is_none_is_refused(administrator, standing):
    assert administrator.send(url(standing, "Fire Lead", "state"), state="gone").status == 400


def test_a_stale_form_keeps_its_text_and_shows_the_other(administrator, standing):
    path = url(standing, "Fire Lead", "edit")
    fields = {
        "email": "other.lead@example.org",
        "role": "lead",
        "partner_id": standing.partners["LFB"].id,
    }
    stale = administrator.hidden(path)["version"]
    administrator.post(path, **fields, name="Theirs")
    page = administrator.post(path, **fields, name="Mine", version=stale)
    assert (page.status, page.value("name")) == (409, "Mine")
    assert "Theirs" in page.text


def test_clearance_counts_for_board_members_alone(administrator, session, fields):
    administrator.post("/people/new", **fields, is_cleared="y")
    assert stored(session, "new.lead@example.org").is_cleared is False


def test_one_s_own_password_is_changed_with_the_present_one(app, lead):
    wrong = {"current": "not this one", "password": SECRET, "again": SECRET}
    assert lead.post("/account/password", **wrong).error("current") == (
        "This is not your present password"
    )
    assert lead.post("/account/password", **{**wrong, "current": PASSWORD}).status == 303
    assert lead.get("/plans").status == 200
    assert Client(app).sign_in("lead@example.org", SECRET).status == 303


def test_a_wrong_password_says_no_more_than_that(public):
    page = public.sign_in("lead@example.org", "not the password")
    assert page.status == 400
    assert "The email address or the password is wrong" in page.text
    assert public.sign_in("nobody@example.org", "not the password").text == page.text
