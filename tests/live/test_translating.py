"""A machine that translates, over the wire: only where the organiser allowed it, and nobody else waits for it."""

from threading import Thread

import pytest

from app.commands.replay import UNHURRIED
from app.phones.phone import new_id
from app.phones.server import ServerProcess
from tests.live.conftest import PLAN, Workshop
from tests.translating.standin import Standin

TWO_LANGUAGES = {**PLAN, "working_languages": ["en", "fr"]}


@pytest.fixture(scope="module")
def service():
    """The translation service of the server of these tests."""
    with Standin() as standin:
        yield standin


@pytest.fixture(scope="module", params=["eventlet", "gevent", "threading"])
def server(request, service, tmp_path_factory):
    """One server a mode, with a translation service."""
    settings = {**UNHURRIED, "BARAZA_ASYNC_MODE": request.param, "BARAZA_TRANSLATE": service.url}
    made = ServerProcess(tmp_path_factory.mktemp(f"translating-{request.param}"), settings)
    yield made
    assert made.stop() == 0
    assert "bug" not in made.said, made.said
    assert "The pump" not in made.said and "La pompe" not in made.said


def allow(here: Workshop, on=True):
    """The organiser switches it."""
    path = f"/api/workshops/{here.workshop}/asks"
    assert here.post(path, {"id": new_id(), "do": {"kind": "AllowTranslation", "on": on}})["ok"]


def translate(here, lang="fr"):
    """The facilitator asks for it."""
    return here.console.ask("TranslateCards", session="one", lang=lang)


def written(here, *texts):
    """Cards by the first phone; their board."""
    phone = here.phones[0]
    board = here.board(phone.tables)
    for text in texts:
        phone.must("AddCard", board=board, section="one/ideas", text=text, lang="en")
    return phone


def test_without_the_switch_not_a_single_connection_reaches_the_service(workshop, service):
    here = workshop(TWO_LANGUAGES).drawn()
    phone = written(here, "The pump breaks")
    before = service.connections
    for lang in ("fr", "es", "en"):
        assert translate(here, lang)["error"]["code"] == "translation-off"
    assert phone.ask("TranslateCards", session="one", lang="fr")["error"]["code"] == "not-allowed"
    assert phone.ask("AllowTranslation", on=True)["error"]["code"] == "not-allowed"
    assert here.console.ask("AllowTranslation", on=True)["error"]["code"] == "not-allowed"
    here.console.must("FindThemes", session="one")
    here.download("html", "full", "fr")
    allow(here)
    allow(here, on=False)
    assert translate(here)["error"]["code"] == "translation-off"
    assert service.connections == before


def test_with_it_cards_come_back_translated_to_the_phones_that_see_them(workshop, service):
    here = workshop(TWO_LANGUAGES).drawn()
    phone = written(here, "The pump breaks", "The well is dry")
    allow(here)
    here.console.wait(lambda t: t.get("permissions", "translation") is not None)
    service.asked.clear()
    assert translate(here)["ok"]
    phone.wait(lambda t: len(t.all("translations")) == 2)
    assert {row["text"] for row in phone.tables.all("translations")} == {"fr: The pump breaks", "fr: The well is dry"}
    assert {row["by"] for row in phone.tables.all("translations")} == {"machine"}
    assert [set(asked) for asked in service.asked] == [{"q", "source", "target", "format"}]
    assert not phone.tables.all("permissions") and not phone.tables.all("translated")
    other = next(p for p in here.phones if here.board(p.tables) != here.board(phone.tables))
    assert not other.tables.all("translations")
    assert translate(here)["error"]["code"] == "nothing-to-translate"


@pytest.mark.parametrize("how", [(500, b"no"), (200, b'{"translatedText": "The pump breaks"}')])
def test_a_broken_service_is_said_and_changes_nothing(workshop, service, how):
    here = workshop(TWO_LANGUAGES).drawn()
    written(here, "The pump breaks")
    allow(here)
    service.how = how
    try:
        error = translate(here)["error"]
    finally:
        service.how = "well"
    assert error["code"] == "translation-failed" and "pump" not in str(error)
    assert error["facts"]["reason"] == ("refused" if how[0] == 500 else "wrong-answer")
    assert translate(here)["ok"]


def test_nobody_waits_with_a_draw_while_a_slow_service_is_waited_for(workshop, service):
    here = workshop(TWO_LANGUAGES).drawn()
    written(here, "The pump breaks")
    allow(here)
    service.slow()
    answers = []
    asking = Thread(target=lambda: answers.append(translate(here)))
    asking.start()
    assert service.reached.wait(30)
    other = here.link("facilitator")
    other.must("DrawGroups")
    other.close()
    assert not answers
    service.release()
    asking.join(30)
    assert answers[0]["ok"]
