"""Who may do what: every route as everybody, against a table written from the domain's rules."""

from dataclasses import fields

import pytest

from tests.walking import KNOWN, ROLES, address, one_of_each, signed_in
from tracker import create_app, permissions
from tracker.domain.items import ObjectiveDetails, PriorityDetails
from tracker.domain.people import PersonDetails
from tracker.domain.vocabulary import Marking, Role
from tracker.services.items import change_item
from tracker.services.people import add_person

#: The columns: what a route answers each. "in" asks to sign in, "no" is 403, "gone" is 404.
#:            public outsider chair lead other_lead officer administrator
EVERYBODY = "ok     ok       ok    ok   ok         ok      ok"
SIGNED_IN = "in     ok       ok    ok   ok         ok      ok"
OFFICER = "  in     no       no    no   no         ok      no"
REPORTER = " in     no       no    ok   no         ok      no"
CHAIR = "    in     no       ok    no   no         no      no"
SECONDER = " in     ok       ok    no   no         no      no"
INVITER = "  in     no       no    no   no         ok      ok"
ADMIN = "    in     no       no    no   no         no      ok"
#: The same of things marked OFFICIAL-SENSITIVE that the police alone are named on.
SECRET = {
    SIGNED_IN: "in gone ok ok gone ok ok",
    OFFICER: "  in gone no no gone ok no",
    REPORTER: " in gone no ok gone ok no",
    SECONDER: " in gone ok no gone no no",
}

EXPECTED = {
    EVERYBODY: (
        "account.sign_in account.sign_out site.health site.ready site.start site.status_help"
    ),
    SIGNED_IN: (
        "account.password site.dashboard plans.index plans.current plans.show priorities.show "
        "actions.show measures.index measures.show measures.points measures.figure "
        "breaks.show judgements.index "
        "explanations.plan explanations.priority explanations.partner explanations.action "
        "explanations.measure explanations.review "
        "partners.index partners.show history.index work.show "
        "reviews.index reviews.show reviews.preview reviews.export"
    ),
    OFFICER: (
        "plans.new plans.edit plans.state "
        "priorities.new priorities.edit priorities.move priorities.archive priorities.restore "
        "objectives.new objectives.edit objectives.move objectives.archive objectives.restore "
        "actions.new actions.edit actions.move actions.archive actions.restore "
        "milestones.new milestones.edit milestones.move milestones.archive milestones.restore "
        "measures.new measures.edit measures.move measures.archive measures.restore "
        "breaks.mark breaks.withdraw breaks.freeze breaks.release "
        "reviews.new reviews.edit reviews.narrative reviews.decisions reviews.decide "
        "reviews.add_item reviews.remove_decision reviews.freeze reviews.unfreeze"
    ),
    REPORTER: (
        "actions.report actions.correct measures.record measures.correct "
        "judgements.new_measure judgements.new_objective judgements.new_priority "
        "judgements.withdraw"
    ),
    SECONDER: "judgements.second",
    CHAIR: "reviews.sign_off reviews.send_back",
    INVITER: "people.index people.new site.settings",
    ADMIN: (
        "people.edit people.password people.state partners.new partners.edit partners.state "
        "site.edit_settings"
    ),
}
ANSWERS = {name: row for row, names in EXPECTED.items() for name in names.split()}
DETAILS = {"objective": ObjectiveDetails, "priority": PriorityDetails}
THINGS = {
    "action_id",
    "judgement_id",
    "measure_id",
    "milestone_id",
    "observation_id",
    "update_id",
}


@pytest.fixture
def ids(session, standing):
    return one_of_each(session, standing)


def kind_of(page):
    """Return the word for an answer; a form that is refused for what it holds was let in."""
    if page.status == 401 or (page.status == 303 and page.location.startswith("/sign-in?")):
        return "in"
    words = {200: "ok", 303: "ok", 400: "ok", 409: "ok", 403: "no", 404: "gone"}
    return words.get(page.status, str(page.status))


def ask(client, method, path, token):
    data = {"csrf_token": token} if method == "POST" else None
    return kind_of(client.request(method, path, data=data))


def walk(app, client, ids, *, only=frozenset()):
    """Return what each route answers to GET and POST, signing out at the end."""
    token = client.hidden("/sign-in").get("csrf_token") or client.token()
    rules = sorted(app.url_map.iter_rules(), key=lambda rule: rule.endpoint == "account.sign_out")
    return {
        (rule.endpoint, method): ask(client, method, address(rule, ids), token)
        for rule in rules
        if not only or rule.arguments & only
        for method in ("GET", "POST")
        if method in rule.methods
    }


def test_every_route_stands_in_the_table_of_expected_answers(app):
    assert set(ANSWERS) == set(app.view_functions)


@pytest.mark.parametrize("role", ROLES)
def test_every_route_answers_a_role_as_the_rules_say(role, app, standing, ids):
    column = list(ROLES).index(role)
    answers = walk(app, signed_in(app, standing, role), ids.open)
    # The public is sent from the start page to the sign-in page, which is open to all.
    assert answers == {key: ANSWERS[key[0]].split()[column] for key in answers}
    assert len(answers) > 100


@pytest.mark.parametrize("role", ROLES)
def test_sensitive_things_are_not_there_for_those_who_may_not_know(role, app, standing, ids):
    column = list(ROLES).index(role)
    client = signed_in(app, standing, role)
    answers = walk(app, client, ids.open | ids.secret, only=THINGS)
    assert answers == {key: SECRET[ANSWERS[key[0]]].split()[column] for key in answers}
    nouns = {"actions", "breaks", "explanations", "judgements", "measures", "milestones"}
    assert nouns == {name.partition(".")[0] for name, _ in answers}


@pytest.mark.parametrize("parent", ["objective", "priority"])
def test_a_marking_covers_what_stands_below(parent, app, session, standing, ids):
    row = getattr(standing, parent)
    names = {field.name for field in fields(DETAILS[parent])}
    kept = {name: getattr(row, name) for name in names} | {"marking": Marking.OFFICIAL_SENSITIVE}
    who = {"actor": standing.actor("Officer"), "now": KNOWN}
    change_item(session, row, DETAILS[parent](**kept), row.version, **who)
    session.commit()
    outsider, lead = signed_in(app, standing, "outsider"), signed_in(app, standing, "lead")
    for noun in ("actions", "measures"):
        path = f"/{noun}/{ids.open[noun[:-1] + '_id']}"
        assert outsider.get(path).status == 404
        assert lead.get(path).status == 200
    for page in ("/dashboard", f"/plans/{standing.plan.id}", "/measures", "/partners", "/history"):
        text = outsider.get(page).body
        assert "Patrol together" not in text, page
        assert "Crimes recorded" not in text, page


def test_a_colleague_cannot_correct_what_a_lead_reported(app, session, standing, ids):
    police = standing.partners["CoLP"].id
    details = PersonDetails("second@example.org", "Second Lead", Role.LEAD, police)
    who = {"actor": standing.actor("Administrator"), "now": standing.plan.created_at}
    standing.people["Second Lead"] = add_person(session, details, **who)
    session.commit()
    person = standing.people["Second Lead"]
    colleague = signed_in(app, standing, "public")
    colleague.resume(f"{person.id}.{person.session_version}")
    assert colleague.get(f"/actions/updates/{ids.open['update_id']}/correct").status == 403
    path = f"/measures/observations/{ids.open['observation_id']}/correct"
    assert colleague.get(path).status == 403
    assert colleague.get(f"/actions/{standing.action.id}/updates/new").status == 200


def test_a_supporting_partner_sees_a_sensitive_action_and_cannot_report_on_it(
    session, standing, other_lead
):
    standing.secret_action.supporting_partners.append(standing.partners["LFB"])
    session.commit()
    path = f"/actions/{standing.secret_action.id}"
    assert "Watch quietly" in other_lead.get(path).text
    assert other_lead.get(f"{path}/updates/new").status == 403


def test_a_route_without_a_policy_stops_the_start(tmp_path, monkeypatch):
    told = {**permissions.POLICY}
    del told["plans.index"]
    monkeypatch.setattr(permissions, "POLICY", told)
    with pytest.raises(RuntimeError, match=r"routes without a policy: \['plans.index'\]"):
        create_app({"TESTING": True}, instance_path=tmp_path)


def test_a_policy_without_a_route_stops_the_start(tmp_path, monkeypatch):
    told = permissions.POLICY | {"plans.gone": permissions.Rule(permissions.Verb.VISIT)}
    monkeypatch.setattr(permissions, "POLICY", told)
    with pytest.raises(RuntimeError, match=r"policies without: \['plans.gone'\]"):
        create_app({"TESTING": True}, instance_path=tmp_path)


def test_a_planted_route_without_a_policy_fails_this_walk(worker_app):
    planted = {*worker_app.view_functions, "plans.planted"}
    assert planted - set(ANSWERS) == {"plans.planted"}


def test_nobody_changes_their_own_role_nor_closes_their_own_account(administrator, standing):
    path = f"/people/{standing.people['Administrator'].id}"
    page = administrator.post(
        f"{path}/edit", name="Administrator", email="administrator@example.org", role="officer"
    )
    assert page.status == 400
    assert "Nobody changes their own role" in page.error("role")
    administrator.send(f"{path}/state", state="disabled")
    assert administrator.get("/people").status == 200
