"""A vote: opened on the console, given on phones, also without a connection, and seen by all once it is closed."""

import re

import msgspec
import pytest
from playwright.sync_api import expect

from app.domain.agenda import WorkshopPlan
from app.phones.house import House
from tests.browser.conftest import PHONE
from tests.browser.network import Wire

TITLES = ["Unsafe way to the water point", "Pumps stay broken", "Waiting takes the morning", "Water costs too much"]
PLAN = {
    "title": "Water",
    "working_languages": ["en", "fr"],
    "agenda": [{"id": "one", "kind": "plenary", "title": "Our water", "steps": ["work", "themes", "vote"]}],
}


class Room(House):
    """A workshop whose themes are confirmed, with screens in browsers."""

    def __init__(self, server, watch):
        super().__init__(server.address, server.organiser)
        self.watch = watch
        self.make(msgspec.convert(PLAN, WorkshopPlan))
        self.console.must("OpenDoors")
        self.open("one/work")
        for title in TITLES:
            card = self.console.must("AddCard", board="one", section="one/ideas", text=title)["id"]
            theme = self.console.must("NewTheme", session="one", cards=[card])["id"]
            self.console.must("DecideTheme", theme=theme, state="confirmed")

    def open(self, step):
        """Open a step, whichever is open."""
        now = next((s["id"] for s in self.console.tables.all("steps") if s.get("state") == "open"), None)
        seq = self.console.must("OpenStep", step=step, **{"from": now})["seq"]
        self.console.wait(lambda t: t.cursor >= seq)

    def phone(self, address=None, **options):
        """Somebody joins with the code."""
        page = self.watch.page(**{**PHONE, **options})
        page.goto(address or self.address)
        page.locator("input[name=code]").fill(self.console.tables.get("doors", "doors")["code"])
        page.locator("form button").last.click()
        page.locator("main form button, main button").last.click()
        page.wait_for_url("**/p/**")
        expect(page.locator(".net.connected")).to_be_visible()
        return page

    def screen(self, role, width, height, **options):
        """The console or the stage."""
        page = self.watch.page(viewport={"width": width, "height": height}, reduced_motion="reduce", **options)
        page.goto(self.links[role])
        return page


@pytest.fixture
def room(server, watch):
    """The room before its vote."""
    made = Room(server, watch)
    yield made
    made.console.close()
    made.stage.close()


def give(phone, title, times=1, more="One point more: "):
    """Somebody taps + at a theme."""
    for _ in range(times):
        phone.get_by_role("button", name=more + title).click()


def test_a_vote_from_the_console_to_the_phones_and_the_stage(room, watch):
    phone, other = room.phone(), room.phone(locale="fr-FR")
    console = room.screen("facilitator", 1366, 768)
    stage = room.screen("stage", 1920, 1080)
    room.open("one/themes")
    room.open("one/vote")

    console.get_by_role("button", name="Open the vote").click()
    dialog = console.get_by_role("dialog")
    expect(dialog.get_by_text("So the themes are shown first")).to_be_visible()
    watch.accessible(console, "console: open a vote")
    dialog.get_by_role("button", name="Show the themes and open the vote").click()

    expect(phone.get_by_role("heading", name="Which matter most to you?")).to_be_visible()
    expect(stage.get_by_text("0 of 2 have voted")).to_be_visible()
    watch.accessible(stage, "stage: vote")
    give(phone, TITLES[1], 2)
    give(phone, TITLES[3])
    expect(phone.get_by_text("0 points left")).to_be_visible()
    watch.accessible(phone, "phone: vote")
    phone.get_by_role("button", name="Send my vote").click()
    expect(phone.get_by_text("Your vote is in.")).to_be_focused()
    expect(console.get_by_text("1 of 2 has voted").first).to_be_visible()
    expect(stage.get_by_text("1 of 2 has voted")).to_be_visible()
    watch.accessible(console, "console: a vote is open")

    phone.reload()
    expect(phone.get_by_text("Your vote is in.")).to_be_visible()
    give(phone, TITLES[1], more="One point less: ")
    give(phone, TITLES[0])
    phone.get_by_role("button", name="Send my vote").click()
    expect(phone.get_by_text("Your vote is in.")).to_be_visible()
    give(other, TITLES[0], 2, "Un point de plus : ")
    expect(other.get_by_text("Il reste 1 point")).to_be_visible()
    other.get_by_role("button", name="Envoyer mon vote").click()
    expect(stage.get_by_text("2 of 2 have voted")).to_be_visible()

    console.get_by_role("button", name="Close the vote").first.click()
    console.get_by_role("dialog").get_by_role("button", name="Close the vote").click()
    for page, row in ((phone, ".got"), (stage, ".vote ol li"), (console, ".middle .totals li")):
        expect(page.locator(row).first).to_contain_text(re.compile(rf"{TITLES[0]}.*3", re.DOTALL))
        expect(page.locator(row).last).to_contain_text("0")
    expect(other.get_by_role("heading", name="Le vote est clos")).to_be_visible()
    for page, name in ((phone, "phone"), (stage, "stage"), (console, "console")):
        watch.accessible(page, f"{name}: totals")
    expect(console.get_by_role("button", name="End the workshop").first).to_be_visible()


def test_a_vote_given_without_a_connection_is_sent_when_it_is_back(room, server):
    wire = Wire(("127.0.0.1", server.port))
    phone = room.phone(f"http://127.0.0.1:{wire.port}")
    room.console.must("ShowThemes", session="one")
    room.console.must("OpenVote", session="one")
    expect(phone.get_by_role("heading", name="Which matter most to you?")).to_be_visible()
    wire.cut()
    expect(phone.locator(".net.lost")).to_be_visible(timeout=30_000)
    give(phone, TITLES[2], 3)
    phone.get_by_role("button", name="Send my vote").click()
    expect(phone.get_by_text("Your vote is on its way.")).to_be_visible()
    expect(phone.get_by_text("Saved on this phone.")).to_be_visible()
    wire.restore()
    expect(phone.get_by_text("Your vote is in.")).to_be_visible(timeout=30_000)
    room.console.wait(lambda t: [row["voted"] for row in t.all("turnouts")] == [1])


def test_a_phone_waits_calmly_for_the_script_of_the_vote_and_fetches_it_again(room):
    phone = room.phone()
    missing = re.compile(r"js/phone/vote\.js$")
    phone.route(missing, lambda route: route.abort())
    room.console.must("ShowThemes", session="one")
    room.console.must("OpenVote", session="one")
    expect(phone.get_by_text("One moment …")).to_be_visible()
    phone.unroute(missing)
    room.phone()
    expect(phone.get_by_role("heading", name="Which matter most to you?")).to_be_visible()


def test_a_vote_on_the_merge_board_can_be_undone_until_somebody_votes(room, watch):
    console = room.screen("facilitator", 1366, 900, locale="fr-FR")
    room.console.must("ShowThemes", session="one")
    room.open("one/themes")
    phone = room.phone(locale="fr-FR")
    console.get_by_role("button", name="Voter avec des points").click()
    dialog = console.get_by_role("dialog")
    dialog.get_by_label("Points par personne").fill("5")
    dialog.get_by_text(TITLES[3]).click()
    dialog.get_by_role("button", name="Ouvrir le vote").click()
    expect(phone.get_by_text("Donnez 5 points.")).to_be_visible()
    expect(phone.get_by_text(TITLES[3])).to_have_count(0)
    expect(console.get_by_role("button", name="Clore le vote").first).to_be_visible()
    watch.accessible(console, "console: a vote on the merge board")
    console.get_by_role("button", name=re.compile("^Annuler")).click()
    expect(phone.get_by_text("Donnez 5 points.")).to_have_count(0)
    expect(console.get_by_role("button", name="Voter avec des points")).to_be_visible()
