"""The history, and what it and every other page keep from those who may not know."""

import pytest

from tests.walking import address, one_of_each, report_on, signed_in

QUIET = ("Watch quietly", "Quiet referrals", "Quiet words", "Quiet step")


@pytest.fixture
def ids(session, standing):
    return one_of_each(session, standing)


@pytest.mark.parametrize("role", ["public", "outsider", "other_lead"])
def test_no_page_nor_file_names_what_one_may_not_know_of(role, app, standing, ids):
    client = signed_in(app, standing, role)
    for rule in app.url_map.iter_rules():
        if "GET" not in rule.methods:
            continue
        body = client.request("GET", address(rule, ids.open)).response.get_data()
        for word in QUIET:
            assert word.encode() not in body, (rule, word)


@pytest.mark.parametrize("role", ["chair", "lead", "officer", "administrator"])
def test_those_who_may_know_see_it(role, app, standing, ids):
    client = signed_in(app, standing, role)
    assert "Watch quietly" in client.get(f"/plans/{standing.plan.id}").text
    assert "Quiet referrals" in client.get("/measures").text
    assert "Watch quietly" in client.get("/history").text


@pytest.mark.parametrize("kind", ["action", "measure"])
def test_asking_for_a_hidden_items_history_tells_nothing(outsider, standing, ids, kind):
    hidden = outsider.get(f"/history?item={kind}:{ids.secret[kind + '_id']}")
    missing = outsider.get(f"/history?item={kind}:999")
    assert hidden.status == missing.status == 200
    assert not [word for word in QUIET if word in hidden.body]


def test_counts_are_of_what_one_may_know(app, standing, ids):
    seen = signed_in(app, standing, "officer").get("/measures")
    unseen = signed_in(app, standing, "outsider").get("/measures")
    assert len(seen.tree.xpath("//tbody/tr")) == len(unseen.tree.xpath("//tbody/tr")) + 1


def test_two_audiences_never_share_a_kept_page(app, standing, ids):
    chair, outsider = (signed_in(app, standing, role) for role in ("chair", "outsider"))
    for path in ("/dashboard", f"/plans/{standing.plan.id}", "/measures", "/partners"):
        assert chair.get(path).status == 200
        assert not [word for word in QUIET if word in outsider.get(path).body], path


def test_the_history_says_who_did_what_newest_first(officer, ids):
    page = officer.get("/history")
    assert "Police Lead, lead" in page.text
    assert page.text.index("Patrols began.") < page.text.index("Rota agreed")


@pytest.mark.parametrize("asked", ["item=action:1", "person=3"])
def test_the_history_is_of_an_item_or_a_person(officer, standing, ids, asked):
    person = standing.people["Police Lead"].id
    wanted = asked.replace("action:1", f"action:{standing.action.id}").replace("=3", f"={person}")
    assert "Patrols began." in officer.get(f"/history?{wanted}").text


def test_fifty_entries_make_a_page(officer, session, standing):
    for n in range(60):
        report_on(session, standing, standing.action, f"Night {n:02}.")
    session.commit()
    assert "Night 59." in officer.get("/history").text
    assert "Night 00." not in officer.get("/history").text
    assert "Night 00." in officer.get("/history?page=2").text


@pytest.mark.parametrize("role", ["lead", "chair"])
def test_the_installations_own_history_is_for_those_who_run_it(role, app, standing, ids):
    text = signed_in(app, standing, role).get("/history?of=installation").text
    assert "member@example.org" not in text
    assert (
        "member@example.org"
        in signed_in(app, standing, "administrator").get("/history?of=installation").text
    )
