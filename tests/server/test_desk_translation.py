"""The switch at the desk: whether cards may be sent to the translation service of this server."""

import dataclasses

import pytest


def with_service(web):
    """The same server, with a translation service."""
    house = web.baraza.flask.extensions["house"]
    settings = dataclasses.replace(house.settings, translate="http://127.0.0.1:5000/deep", translate_key="opensesame")
    web.baraza.flask.extensions["house"] = dataclasses.replace(house, settings=settings)
    return web


def allowed(web, workshop):
    rows = web.browser().get(f"/api/workshops/{workshop}/rows", headers=web.bearer).json["rows"]
    return [row["on"] for row in rows if row["table"] == "permissions"]


def test_where_the_server_has_no_service_there_is_no_switch(web):
    workshop, _ = web.make()
    assert "Translation by a machine" not in web.organiser().get(f"/desk/{workshop}")


def test_the_switch_is_off_at_first_says_where_words_would_go_and_can_be_taken_back(web):
    workshop, _ = with_service(web).make()
    organiser = web.organiser()
    page = organiser.get(f"/desk/{workshop}")
    assert "127.0.0.1:5000" in page and "opensesame" not in page
    assert "It is off for this workshop: nothing is sent." in page and allowed(web, workshop) == []
    page = organiser.post(f"/desk/{workshop}/translation", on="yes").text
    assert "It is allowed for this workshop." in page and allowed(web, workshop) == [True]
    page = organiser.post(f"/desk/{workshop}/translation", on="no").text
    assert "It is off for this workshop" in page and allowed(web, workshop) == [False]


@pytest.mark.parametrize("fields", [{}, {"on": "maybe"}])
def test_a_form_that_says_anything_else_never_switches_it_on(web, fields):
    workshop, _ = with_service(web).make()
    web.organiser().post(f"/desk/{workshop}/translation", **fields)
    assert allowed(web, workshop) == []


def test_a_workshop_that_allowed_it_says_so_when_the_service_is_gone(web):
    workshop, _ = web.make()
    web.ask(workshop, kind="AllowTranslation", on=True)
    page = web.organiser().get(f"/desk/{workshop}")
    assert "has named no translation service" in page and "Switch it off" in page


def test_no_facilitators_link_switches_it(web):
    workshop, secrets = with_service(web).make()
    browser = web.browser()
    browser.post("/api/exchange", json={"secret": secrets["facilitator"]})
    assert browser.post(f"/desk/{workshop}/translation", data={"on": "yes"}).status_code == 403
    assert allowed(web, workshop) == []
