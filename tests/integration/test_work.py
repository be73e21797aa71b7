"""My work: what a partner leads and owns, what is due, and what is done."""

import pytest

TYPED = {"state": "in_progress", "confidence": "high", "happened": "Patrols ran every night."}


def test_a_lead_sees_the_items_of_their_partner_alone(lead, other_lead):
    assert {"Patrol together", "Crimes recorded", "Watch quietly"} <= words(lead)
    assert not {"Patrol together", "Crimes recorded", "Watch quietly"} & words(other_lead)


def words(client):
    text = client.get("/my-work").text
    titles = {"Patrol together", "Crimes recorded", "Watch quietly", "Quiet referrals"}
    return {title for title in titles if title in text}


def test_what_was_reported_is_no_longer_due(lead, standing):
    path = f"/actions/{standing.action.id}/updates/new"
    done = '//section[contains(@class, "item--done")]//a/@href'
    assert path not in lead.get("/my-work").tree.xpath(done)
    lead.post(path, **TYPED)
    assert path in lead.get("/my-work").tree.xpath(done)


@pytest.mark.parametrize("role", ["outsider", "board_member", "administrator", "officer"])
def test_those_who_lead_nothing_are_told_so(role, request):
    assert request.getfixturevalue(role).get("/my-work").status == 200


def test_a_value_that_is_logged_is_no_longer_asked_for(lead, standing):
    before = lead.get(f"/measures/{standing.measure.id}/observations/new")
    months = before.tree.xpath('//select[@name="period"]/option/@value')
    assert months[0] == "2016-04"
    assert "2017-03" not in months
    lead.post(
        f"/measures/{standing.measure.id}/observations/new",
        period="2016-04",
        value="0",
        state="final",
    )
    after = lead.get(f"/measures/{standing.measure.id}/observations/new")
    assert "2016-04" not in after.tree.xpath('//select[@name="period"]/option/@value')
