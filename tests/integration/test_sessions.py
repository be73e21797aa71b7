"""Signing in and out, what ends a session, and how long one lasts."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from tests.pages import Client
from tests.standing import PASSWORD
from tracker.models import Person, SignInFailure

WRONG = "The email address or the password is wrong"
NEW = "copper thursday bicycle"
#: A morning on which nothing is open yet.
BEGAN = datetime(2026, 1, 10, 8, 0, tzinfo=UTC)


def signed_in(app, email="lead@example.org", password=PASSWORD):
    client = Client(app)
    assert client.sign_in(email, password).status == 303
    return client


def is_in(client):
    return client.request("GET", "/plans").status == 200


def test_a_lead_begins_with_their_work(app):
    assert Client(app).sign_in("lead@example.org", PASSWORD).location == "/my-work"


def test_a_board_member_begins_with_the_dashboard(app):
    assert Client(app).sign_in("chair@example.org", PASSWORD).location == "/dashboard"


def test_an_address_is_known_whatever_its_case(app):
    assert Client(app).sign_in("  Lead@Example.ORG ", PASSWORD).status == 303


@pytest.mark.parametrize("email", ["lead@example.org", "nobody@example.org", "x" * 10_000, "\x00"])
def test_a_wrong_guess_says_the_same_of_known_and_unknown_accounts(app, email):
    page = Client(app).sign_in(email, "not the password")
    assert page.status == 400
    assert WRONG in page.text
    assert "not the password" not in page.body


@pytest.mark.parametrize("password", ["\x00" * 20, "x" * 10_000, "=1+1", "<script>", "\u0661" * 12])
def test_any_password_is_read(app, password):
    assert WRONG in Client(app).sign_in("lead@example.org", password).text


def test_a_closed_account_is_told_no_more_than_an_unknown_one(app, administrator, standing):
    administrator.send(f"/people/{standing.people['Police Lead'].id}/state", state="disabled")
    page = Client(app).sign_in("lead@example.org", PASSWORD)
    assert (page.status, WRONG in page.text) == (400, True)


def test_an_account_without_a_password_lets_nobody_in(app, session, standing):
    session.get(Person, standing.people["Police Lead"].id).password_hash = ""
    session.commit()
    for password in ("", "x", "an account that does not exist"):
        assert Client(app).sign_in("lead@example.org", password).status == 400


@pytest.mark.parametrize("email", ["lead@example.org", "nobody@example.org"])
def test_the_eleventh_wrong_guess_is_refused_and_others_are_not(app, email):
    client = Client(app)
    for _ in range(10):
        assert client.sign_in(email, "not the password").status == 400
    refused = client.sign_in(email, "not the password")
    assert (refused.status, refused.title) == (429, "Too many attempts")
    assert Client(app).sign_in("officer@example.org", PASSWORD).status == 303


def test_guessing_on_is_refused_even_with_the_right_password(app):
    for _ in range(10):
        Client(app).sign_in("lead@example.org", "not the password")
    assert Client(app).sign_in("lead@example.org", PASSWORD).status == 429


def test_five_minutes_later_one_may_guess_again(app):
    with time_machine.travel(BEGAN, tick=False) as clock:
        for _ in range(10):
            Client(app).sign_in("lead@example.org", "not the password")
        clock.shift(timedelta(minutes=5, seconds=1))
        assert Client(app).sign_in("lead@example.org", PASSWORD).status == 303


def test_signing_in_forgets_the_wrong_guesses(app, session):
    for _ in range(9):
        Client(app).sign_in("lead@example.org", "not the password")
    signed_in(app)
    assert session.scalar(select(func.count()).select_from(SignInFailure)) == 0


def test_signing_out_ends_every_session_of_the_person(app):
    here, there = signed_in(app), signed_in(app)
    page = here.send("/sign-out")
    assert page.location == "/sign-in"
    assert page.response.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert not is_in(here)
    assert not is_in(there)


def test_a_cookie_kept_from_before_signing_out_opens_nothing(app):
    client = signed_in(app)
    kept = client.request("GET", "/plans").response.headers["Set-Cookie"].partition(";")[0]
    client.send("/sign-out")
    thief = app.test_client(use_cookies=False)
    assert thief.get("/plans", headers={"Cookie": kept}).status_code == 303


def test_a_new_password_ends_the_other_sessions_and_not_this_one(app):
    here, there = signed_in(app), signed_in(app)
    fields = {"current": PASSWORD, "password": NEW, "again": NEW}
    assert here.post("/account/password", **fields).status == 303
    assert is_in(here)
    assert not is_in(there)
    assert Client(app).sign_in("lead@example.org", PASSWORD).status == 400
    assert Client(app).sign_in("lead@example.org", NEW).status == 303


@pytest.mark.parametrize(
    ("typed", "field", "message"),
    [
        ({"current": "wrong"}, "current", "This is not your present password"),
        ({"current": None}, "current", "Enter your present password"),
        ({"password": "short", "again": "short"}, "password", "Enter 12 characters or more"),
        ({"again": "another one entirely"}, "again", "The two new passwords differ"),
        ({"password": "passwordpassword", "again": "passwordpassword"}, "password", "harder"),
        ({"password": "Police Lead 2017", "again": "Police Lead 2017"}, "password", "harder"),
        ({"password": "x" * 201, "again": "x" * 201}, "password", "at most 200"),
        ({"password": "walnut\x00ladder", "again": "walnut\x00ladder"}, "password", "controls"),
    ],
)
def test_a_password_that_will_not_do_is_refused_beside_its_field(lead, typed, field, message):
    fields = {"current": PASSWORD, "password": NEW, "again": NEW, **typed}
    page = lead.post("/account/password", **fields)
    assert page.status == 400
    assert message in page.error(field)
    assert NEW not in page.body


def test_a_password_set_by_the_administrator_ends_the_persons_sessions(
    app, administrator, standing
):
    client = signed_in(app)
    path = f"/people/{standing.people['Police Lead'].id}/password"
    assert administrator.post(path, password=NEW, again=NEW).status == 303
    assert not is_in(client)


@pytest.mark.parametrize("change", [{"role": "officer"}, {"partner_id": "LFB"}])
def test_a_new_role_or_partner_ends_the_persons_sessions(app, administrator, standing, change):
    client = signed_in(app)
    ids = {code: str(partner.id) for code, partner in standing.partners.items()}
    fields = {"name": "Police Lead", "email": "lead@example.org", "role": "lead"}
    changed = {**fields, "partner_id": ids["CoLP"], **change}
    changed["partner_id"] = ids.get(changed["partner_id"], changed["partner_id"])
    path = f"/people/{standing.people['Police Lead'].id}/edit"
    assert administrator.post(path, **changed).status == 303
    assert not is_in(client)


def test_closing_an_account_ends_its_sessions_and_opening_it_revives_none(
    app, administrator, standing
):
    client = signed_in(app)
    path = f"/people/{standing.people['Police Lead'].id}/state"
    administrator.send(path, state="disabled")
    assert not is_in(client)
    administrator.send(path, state="enabled")
    assert not is_in(client)
    assert is_in(signed_in(app))


@pytest.mark.parametrize(
    ("email", "minutes"),
    [
        ("administrator@example.org", 30),
        ("officer@example.org", 30),
        ("lead@example.org", 480),
        ("chair@example.org", 480),
    ],
)
def test_a_session_ends_after_a_pause(app, email, minutes):
    with time_machine.travel(BEGAN, tick=False) as clock:
        client = signed_in(app, email)
        clock.shift(timedelta(minutes=minutes))
        assert is_in(client)
        clock.shift(timedelta(minutes=minutes, seconds=1))
        assert not is_in(client)


def test_a_session_ends_after_twenty_hours_however_busy_it_was(app):
    with time_machine.travel(BEGAN, tick=False) as clock:
        client = signed_in(app)
        for _ in range(20):
            clock.shift(timedelta(hours=1))
            assert is_in(client)
        clock.shift(timedelta(seconds=1))
        assert not is_in(client)


def test_what_was_typed_when_the_session_ended_is_shown_to_be_copied(app, standing):
    with time_machine.travel(BEGAN, tick=False) as clock:
        client = signed_in(app, "officer@example.org")
        path = f"/actions/{standing.action.id}/updates/new"
        hidden = client.hidden(path)
        clock.shift(timedelta(hours=1))
        page = client.request("POST", path, data={**hidden, "happened": "An hour of words."})
        assert (page.status, page.title) == (401, "You have been signed out")
        assert "An hour of words." in page.text


def test_a_session_is_new_after_signing_in(app):
    client = Client(app)
    client.get("/sign-in")
    with client._client.session_transaction() as planted:
        planted["planted"] = "by somebody else"
        before = planted["csrf_token"]
    client.sign_in("lead@example.org", PASSWORD)
    client.get("/account/password")
    with client._client.session_transaction() as session:
        assert "planted" not in session
        assert session["csrf_token"] != before


@pytest.mark.parametrize(
    "identity", ["", "x", "1", "1.x", ".", "1.99", "999999999.1", "9" * 40, "-1.1"]
)
def test_an_identity_that_is_none_opens_nothing(app, identity):
    client = Client(app)
    client.resume(identity)
    assert not is_in(client)


def test_a_session_without_its_beginning_opens_nothing(app, standing):
    client = Client(app)
    client.resume(f"{standing.people['Officer'].id}.1")
    with client._client.session_transaction() as session:
        del session["began"]
    assert not is_in(client)


def test_the_session_cookie_is_kept_from_scripts_and_other_sites(app):
    cookie = Client(app).sign_in("lead@example.org", PASSWORD).response.headers["Set-Cookie"]
    name, *flags = cookie.split("; ")
    assert name.startswith("tracker-session=")
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(flags)
