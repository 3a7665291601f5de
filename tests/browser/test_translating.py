"""A card's language put right, and cards translated by a machine: what organiser, facilitator and people see of it."""

import re

import pytest
from playwright.sync_api import expect

from app.phones.server import ServerProcess
from tests.live.conftest import PLAN, Workshop
from tests.translating.standin import Standin

AGENDA = [{**session, "title": session["id"].title()} for session in PLAN["agenda"]]
TITLED = {**PLAN, "agenda": AGENDA, "working_languages": ["en", "fr", "hu"]}
LAPTOP = {"viewport": {"width": 1366, "height": 768}, "reduced_motion": "reduce"}


@pytest.fixture
def service():
    with Standin() as standin:
        yield standin


@pytest.fixture
def server(tmp_path, service):
    """The real server, with a translation service."""
    made = ServerProcess(tmp_path / "data", {"BARAZA_TRANSLATE": service.url})
    yield made
    assert made.stop() == 0
    assert "bug" not in made.said, made.said


@pytest.fixture
def here(server):
    """A workshop in three languages with cards in each; no glossary brings one of them to the others."""
    made = Workshop(server, TITLED).drawn()
    texts = {
        "one.A": ["The pump breaks every week", "We have to wait for the doctor", "Nobody repairs the road"],
        "one.B": ["Elromlott a szivattyú", "Nincs orvos a faluban"],
        "one.C": ["Rossz az út", "On ne répare pas toutes les routes"],
    }
    for board, cards in texts.items():
        for text in cards:
            lang = "en" if board == "one.A" else "hu"
            made.of(board)[0].must("AddCard", board=board, section="one/ideas", text=text, lang=lang)
    yield made
    for phone in (*made.phones, made.console, made.stage):
        phone.close()


def opened(watch, path, locale="en-GB", **options):
    page = watch.page(locale=locale, **{**LAPTOP, **options})
    page.goto(path)
    return page


def test_a_cards_language_is_put_right_from_its_menu_and_the_change_can_be_undone(watch, here):
    console = opened(watch, here.links["facilitator"])
    console.get_by_text("Open board").nth(2).click()
    card = console.locator("li.card", has_text="On ne répare pas").first
    card.get_by_role("button", name="Change this card").click()
    card.get_by_role("button", name="Language: Français").click()
    form = console.locator("li.editing")
    watch.accessible(console, "console: language of a card")
    form.get_by_label("Language").select_option("sw")
    form.get_by_role("button", name="Save").click()
    expect(form).to_have_count(0)
    here.console.wait(lambda t: any(c["lang"] == "sw" for c in t.all("cards")))
    console.get_by_role("button", name=re.compile("^Undo")).first.click()
    here.console.wait(lambda t: not any(c["lang"] == "sw" for c in t.all("cards")))


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_cards_are_translated_by_a_machine_once_the_organiser_allows_it_and_are_marked(watch, here, service, lang):
    locale = {"en": "en-GB", "fr": "fr-FR"}[lang]
    allow = {"en": "Allow it", "fr": "Le permettre"}[lang]
    translate = {"en": re.compile("^Translate them"), "fr": re.compile("^Les traduire")}[lang]
    said = {"en": "Translated by a machine from", "fr": "Une machine a traduit 4 cartes"}[lang]
    here.open("one/themes")
    here.console.must("FindThemes", session="one")
    console = opened(watch, here.links["facilitator"], locale)
    expect(console.locator(".compared")).to_be_visible()
    expect(console.get_by_role("button", name=translate)).to_have_count(0)
    desk = opened(watch, f"{here.address}/f#{here.server.organiser}", locale)
    desk.wait_for_url("**/desk")
    desk.goto(f"{here.address}/desk/{here.workshop}")
    watch.accessible(desk, "desk: overview with the switch")
    assert service.connections == 0
    desk.get_by_role("button", name=allow).click()
    console.get_by_role("button", name=translate).click()
    expect(console.get_by_text(said).first).to_be_visible()
    watch.accessible(console, "console: translated")
    assert {asked["target"] for asked in service.asked} == {"en"}
