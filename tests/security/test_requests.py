"""Requests that no page of ours sends: forged, misdirected, with wrong ids and wrong methods."""

import pytest

from tests.pages import Client
from tests.security.test_access import ANSWERS
from tests.standing import PASSWORD
from tests.walking import ROLES, address, contents, one_of_each, signed_in
from tracker.security import SECURITY_HEADERS

POSTS_OF_ANYBODY = {"account.sign_in", "account.sign_out"}
HOSTILE_TARGETS = [
    "https://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "/\\evil.example",
    "\\\\evil.example",
    "http:evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    " //evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "//evil.example%2f..",
    "evil.example",
    "/plans\r\nSet-Cookie: a=b",
    "https:///evil.example",
    "/\x00/evil.example",
    "\u2028//evil.example",
]
WRONG_IDS = ["0", "-1", "2147483648", "9" * 30, "9" * 5000, "x", "1.0", "1e3", "%00"]


@pytest.fixture
def ids(session, standing):
    return one_of_each(session, standing)


def routes(app, method):
    return sorted(
        (rule for rule in app.url_map.iter_rules() if method in rule.methods),
        key=lambda rule: rule.endpoint,
    )


def somebody_who_may(endpoint):
    """Return the first role that is let in."""
    return next(
        role for role, word in zip(ROLES, ANSWERS[endpoint].split(), strict=True) if word == "ok"
    )


@pytest.mark.parametrize("role", ROLES)
def test_nothing_is_changed_by_reading(role, app, session, standing, ids):
    before = contents(session)
    client = signed_in(app, standing, role)
    for rule in routes(app, "GET"):
        for filled in (ids.open, ids.secret):
            if rule.arguments <= filled.keys():
                assert client.request("GET", address(rule, filled)).status < 500, rule
    assert contents(session) == before


@pytest.mark.parametrize("forgery", ["none", "nonsense", "of another session"])
def test_a_post_without_the_token_of_its_session_is_refused(forgery, app, session, standing, ids):
    token = {
        "none": "",
        "nonsense": "IjAi.nonsense",
        "of another session": signed_in(app, standing, "officer").token(),
    }[forgery]
    before = contents(session)
    clients = {role: signed_in(app, standing, role) for role in ROLES}
    for rule in routes(app, "POST"):
        client = clients[somebody_who_may(rule.endpoint)]
        client.get("/account/password")
        page = client.request("POST", address(rule, ids.open), data={"csrf_token": token})
        assert page.status in (400, 401), rule
        assert "Nothing was saved" in page.text
    assert contents(session) == before


def test_a_token_is_good_as_long_as_its_session(officer, standing):
    token = officer.token()
    for state in ("closed", "active"):
        data = {"csrf_token": token, "state": state}
        assert officer.request("POST", f"/plans/{standing.plan.id}/state", data=data).status == 303


@pytest.mark.parametrize("target", HOSTILE_TARGETS)
def test_signing_in_leads_to_our_own_pages_alone(target, app):
    client = Client(app)
    fields = {"email": "lead@example.org", "password": PASSWORD, "next": target}
    assert client.post("/sign-in", **fields).location == "/my-work"


def test_signing_in_leads_where_one_wanted_to_go(app, public, standing):
    asked = f"/plans/{standing.plan.id}?as-at=1+March+2017"
    page = public.post(public.get(asked).location, email="lead@example.org", password=PASSWORD)
    assert page.location == asked


@pytest.mark.parametrize("wrong", WRONG_IDS)
def test_an_id_that_names_nothing_is_not_found(wrong, app, session, standing):
    clients = [signed_in(app, standing, role) for role in ("officer", "administrator", "chair")]
    tokens = [client.token() for client in clients]
    for rule in app.url_map.iter_rules():
        if not rule.arguments:
            continue
        path = address(rule, dict.fromkeys(rule.arguments, wrong))
        role = somebody_who_may(rule.endpoint)
        which = {"officer": 0, "administrator": 1, "chair": 2}.get(role, 0)
        for method in rule.methods & {"GET", "POST"}:
            data = {"csrf_token": tokens[which]} if method == "POST" else None
            assert clients[which].request(method, path, data=data).status == 404, (
                method,
                path[:80],
            )


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_other_methods_are_not_offered(method, app, officer, ids):
    for rule in app.url_map.iter_rules():
        page = officer.request(method, address(rule, ids.open))
        assert page.status == 405, rule
        assert page.title == "This address cannot be used like that"


def test_a_route_that_only_saves_is_not_read(app, officer, ids):
    for rule in app.url_map.iter_rules():
        if "GET" not in rule.methods:
            assert officer.request("GET", address(rule, ids.open)).status == 405, rule


@pytest.mark.parametrize("role", ["public", "officer"])
def test_every_reply_carries_the_header_set(role, app, standing, ids):
    client = signed_in(app, standing, role)
    for rule in routes(app, "GET"):
        path = address(rule, ids.open | ids.secret)
        headers = dict(client.request("GET", path).response.headers)
        assert SECURITY_HEADERS.items() <= headers.items(), path
        assert headers["Cache-Control"] in ("no-store", "private, no-cache"), path


def test_forms_and_sensitive_things_are_not_stored_by_a_browser(officer, standing):
    secret, edited = standing.secret_action.id, standing.measure.id
    for path in (f"/actions/{secret}", f"/measures/{edited}/edit", "/account/password"):
        assert officer.get(path).response.headers["Cache-Control"] == "no-store", path
    shown = officer.get(f"/actions/{standing.action.id}").response.headers
    assert shown["Cache-Control"] == "private, no-cache"


def test_what_the_address_asks_for_cannot_break_a_page(officer, standing):
    hostile = ("\x00", "9" * 5000, "-1", "1e5", "NaN", "<script>", "'", "\u0661", "action:\u0661")
    names = ("as-at", "page", "item", "person", "of", "priority", "partner", "status", "all")
    pages = ("/dashboard", "/history", "/measures", "/plan", "/my-work", "/partners", "/reviews")
    item = f"/measures/{standing.measure.id}"
    for path in (*pages, item, f"/actions/{standing.action.id}"):
        for value in hostile:
            for asked in (dict.fromkeys(names, value), {"plan": value}):
                page = officer.request("GET", path, query_string=asked)
                assert page.status in (200, 303, 404), (path, asked)
                assert "<script>" not in page.body, (path, asked)


def test_a_request_of_more_than_ten_megabytes_is_refused(officer, standing):
    token = officer.token()
    data = {"csrf_token": token, "name": "x" * (10 * 1024 * 1024)}
    assert officer.request("POST", "/partners/new", data=data).status == 413
