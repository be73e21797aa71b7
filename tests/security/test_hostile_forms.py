"""Every field of every form, filled with what no form asks for: refused beside it, never a 500."""

from functools import partial

import pytest
from sqlalchemy import select

from tests.security.test_access import ANSWERS
from tests.series import stand_ready
from tests.walking import ROLES, address, one_of_each, signed_in
from tracker.models import Installation, Plan

JUDGED = {"judged": "red", "reason": "Nobody answered at any door.", "expires_on": "1 June 2017"}
#: Forms that can be sent once, or have a twin on their page: they have tests of their own.
ONCE = {"account.sign_in", "judgements.second", "judgements.withdraw", "reviews.sign_off"}
#: What a person would fill in where a form is empty.
FILLED = {
    "account.password": {},
    "actions.correct": {"reason": "A slip"},
    "actions.edit": {},
    "actions.new": {"title": "Walk", "lead_partner_id": "1"},
    "actions.report": {"confidence": "high", "happened": "We walked."},
    "breaks.freeze": {"points": "13", "reason": "Before the new policy"},
    "breaks.mark": {"starts_on": "2016-10-01", "reason": "A new recording system"},
    "breaks.release": {"reason": "The policy has settled"},
    "breaks.withdraw": {"starts_on": "2016-09-01", "reason": "Nothing had changed"},
    "judgements.new_measure": JUDGED,
    "judgements.new_objective": JUDGED,
    "judgements.new_priority": JUDGED,
    "measures.correct": {"change_reason": "A slip", "value": "91"},
    "measures.edit": {"target_reason": "A slip"},
    "measures.new": {"title": "Thefts", "owner_partner_id": "1"},
    "measures.record": {"period": "2016-12", "value": "12"},
    "milestones.edit": {},
    "milestones.new": {"title": "Rota", "due_on": "1 June 2016"},
    "objectives.edit": {},
    "objectives.new": {"code": "P1.9", "title": "Calm"},
    "partners.edit": {},
    "partners.new": {"code": "NHS", "name": "National Health Service"},
    "people.edit": {},
    "people.new": {
        "name": "New",
        "email": "new@example.org",
        "partner_id": "1",
        "password": "copper thursday bicycle",
        "again": "copper thursday bicycle",
    },
    "people.password": {
        "password": "copper thursday bicycle",
        "again": "copper thursday bicycle",
    },
    "plans.edit": {},
    "plans.new": {
        "title": "Next",
        "starts_on": "1 April 2017",
        "ends_on": "31 March 2018",
        "review_on": "15 March 2018",
    },
    "priorities.edit": {},
    "priorities.new": {"code": "P9", "title": "Acquisitive crime", "lead_partner_id": "1"},
    "reviews.add_item": {"new_wording": "More", "reason": "Asked for"},
    "reviews.edit": {},
    "reviews.narrative": {"achieved": "Much"},
    "reviews.new": {"edition": "final_outturn"},
    "site.edit_settings": {},
}
HOSTILE = [
    None,
    "",
    "\x00",
    "a\x07b",
    "x" * 10_000,
    "1" + "0" * 30,
    "-1",
    "12,5",
    "\u0661\u0662",
    "1e5",
    "NaN",
    "=cmd|' /C calc'!A0",
    "<script>alert(1)</script>",
    "2147483648",
    "31 February 2017",
    ["1", "2"],
    b"\xff\xfe",
]
HIDDEN = {"csrf_token", "submission_key", "version", "next"}


def heads(session):
    session.rollback()
    chains = (select(model.ledger_seq).order_by(model.id) for model in (Plan, Installation))
    return [tuple(session.scalars(chain)) for chain in chains]


def filled_in(client, path, endpoint, ready):
    """Return the form as a person would send it, once there is something for it to do."""
    if endpoint.startswith("breaks."):
        ready()
    return {**client.form_fields(path), **FILLED[endpoint]}


def names_of(page):
    """Return the names of the page's own form: the one with the most fields."""
    form = max(page.tree.xpath("//main//form"), key=lambda one: len(one.fields))
    return sorted({*form.fields} - {"csrf_token"})


def sent(client, path, spoilt, given):
    """Send the form with some fields spoilt."""
    fields = {**given, **spoilt}
    kept = {key: one for key, one in fields.items() if one is not None}
    return client.request("POST", path, data=kept)


def spoilings(names):
    """Yield fields to spoil: every value in all fields at once, and some in each alone."""
    visible = [name for name in names if name not in HIDDEN]
    for value in HOSTILE:
        yield dict.fromkeys(visible, value)
    for i, name in enumerate(names):
        yield {name: HOSTILE[i % len(HOSTILE)]}


def test_every_form_is_listed_here(app):
    posts = {rule.endpoint for rule in app.url_map.iter_rules() if {"GET", "POST"} <= rule.methods}
    assert posts - ONCE == set(FILLED)


@pytest.mark.parametrize("endpoint", sorted(FILLED))
def test_no_field_takes_what_it_cannot_store(endpoint, app, session, standing):
    ids = one_of_each(session, standing)
    rule = next(rule for rule in app.url_map.iter_rules() if rule.endpoint == endpoint)
    words = ANSWERS[endpoint].split()
    client = signed_in(app, standing, [*ROLES][len(words) - 1 - words[::-1].index("ok")])
    path = address(rule, ids.open)
    ready = partial(stand_ready, session, standing)
    given = filled_in(client, path, endpoint, ready)
    for spoilt in spoilings(names_of(client.get(path))):
        before = heads(session)
        page = sent(client, path, spoilt, given)
        case = (page.status, repr(spoilt)[:80])
        assert page.status in (303, 400, 409), case
        assert "<script>alert" not in page.body, case
        if page.status != 303:
            assert heads(session) == before, case
            assert "error" in page.body or "conflict" in page.body, case
            check_kept(page, spoilt)
        else:
            given = filled_in(client, path, endpoint, ready)


def check_kept(page, spoilt):
    """Hold the page to what was typed: nobody types it twice."""
    for name, value in spoilt.items():
        is_text = page.tree.xpath(f'//*[@name="{name}"][@type="text" or self::textarea]')
        if is_text and isinstance(value, str) and value.isprintable() and name not in HIDDEN:
            assert page.value(name) == value, name


@pytest.mark.parametrize(
    ("noun", "field", "ids"),
    [
        ("actions", "lead_partner_id", ["999", "abc", "-1", "1 OR 1=1", ""]),
        ("actions", "supporting_partner_ids", ["999", "abc", "-1", "\u0661"]),
        ("measures", "owner_partner_id", ["999", "abc", "-1", ""]),
        ("priorities", "lead_partner_id", ["999", "abc", "-1", ""]),
    ],
)
def test_a_partner_that_is_none_is_refused(noun, field, ids, officer, standing):
    one = {"actions": "action", "measures": "measure", "priorities": "priority"}[noun]
    path = f"/{noun}/{getattr(standing, one).id}/edit"
    given = officer.form_fields(path)
    for wrong in ids:
        page = sent(officer, path, {field: wrong}, given)
        assert page.status == 400, wrong
        assert page.error(field), wrong


@pytest.mark.parametrize(
    ("noun", "field"),
    [
        ("actions", "marking"),
        ("measures", "unit"),
        ("measures", "direction"),
        ("measures", "frequency"),
        ("measures", "aggregation"),
        ("measures", "standing"),
        ("measures", "trajectory"),
        ("priorities", "kind"),
    ],
)
def test_a_word_that_is_none_is_refused(noun, field, officer, standing):
    one = {"actions": "action", "measures": "measure", "priorities": "priority"}[noun]
    path = f"/{noun}/{getattr(standing, one).id}/edit"
    given = officer.form_fields(path)
    for wrong in ("sideways", "", "<b>"):
        page = sent(officer, path, {field: wrong}, given)
        assert page.status == 400, wrong
        assert page.error(field), wrong


def test_fields_that_a_form_does_not_have_are_ignored(officer, session, standing):
    path = f"/plans/{standing.plan.id}/edit"
    extra = {"title": "Renamed", "state": "closed", "ledger_seq": "0", "id": "7", "rules": "{}"}
    fields = {**officer.form_fields(path), **extra}
    assert officer.request("POST", path, data=fields).status == 303
    session.rollback()
    plan = session.get(Plan, standing.plan.id, populate_existing=True)
    assert (plan.title, plan.state) == ("Renamed", "active")
    assert plan.ledger_seq > 0
