"""The merge board, by what two facilitators press: nothing moves by itself, everything can be taken back."""

import re

import msgspec
import pytest
from playwright.sync_api import expect

from app.commands.replay import UNHURRIED, compare
from app.domain.agenda import WorkshopPlan
from app.phones.house import House
from app.phones.server import ServerProcess

PLAN = {
    "title": "Water",
    "working_languages": ["en", "fr"],
    "agenda": [{"id": "one", "kind": "groups", "groups": 3, "title": "Problems", "sections": ["ideas"]}],
}
SAID = ["The water pump breaks often", "Roads flood in the rain", "Schools lack teachers"]


@pytest.fixture
def server(tmp_path):
    """The real server, without the limits for people."""
    made = ServerProcess(tmp_path / "data", UNHURRIED)
    yield made
    assert made.stop() == 0
    assert "bug" not in made.said, made.said


class Sorting:
    """Six phones in three groups, with nine cards of three kinds, and a facilitator before the merge board."""

    def __init__(self, server, watch):
        self.server, self.watch = server, watch
        self.house = house = House(server.address, server.organiser)
        house.make(msgspec.convert(PLAN, WorkshopPlan))
        house.console.must("OpenDoors")
        house.console.wait(lambda t: t.get("doors", "doors") is not None)
        code = house.console.tables.get("doors", "doors")["code"]
        self.phones = [house.join(code, f"Person {n}", {}, "en") for n in range(6)]
        house.console.must("DrawGroups")
        house.console.must("RevealGroups", session="one")
        self.step("work")
        self.cards = {}
        for label in "ABC":
            board = f"one.{label}"
            writer = next(p for p in self.phones if self.board(p) == board)
            for text in SAID:
                answer = writer.must("AddCard", board=board, section="one/ideas", text=f"{text} ({label})")
                self.cards[text, label] = answer["id"]
        self.step("report-back")
        house.console.must("Present", session="one", board="one.A")
        echoer = next(p for p in self.phones if self.board(p) == "one.B")
        card = self.cards[SAID[0], "A"]
        echoer.wait(lambda t: t.get("cards", card) is not None)
        echoer.must("EchoCard", card=card, own_card=self.cards[SAID[0], "B"])
        self.step("themes")

    @staticmethod
    def board(phone):
        """The board of a phone's group."""
        phone.wait(lambda t: any("board:" in name for row in t.all("me") for name in row["audiences"]))
        names = (name for row in phone.tables.all("me") for name in row["audiences"])
        return next(name.partition(":")[2] for name in names if name.startswith("board:"))

    def step(self, step):
        """Open a step, whichever is open."""
        console = self.house.console
        now = next((s["id"] for s in console.tables.all("steps") if s.get("state") == "open"), None)
        seq = console.must("OpenStep", step=f"one/{step}", **{"from": now})["seq"]
        console.wait(lambda t: t.cursor >= seq)

    def console(self, **options):
        """A facilitator's page."""
        page = self.watch.page(**{"viewport": {"width": 1280, "height": 720}, "reduced_motion": "reduce", **options})
        page.goto(self.house.links["facilitator"])
        page.wait_for_url("**/console/**")
        return page

    def compared(self):
        """What the five-way comparison finds."""
        return compare(self.server, self.house, [*self.phones, self.house.console, self.house.stage])


def theme(page, title):
    """The theme with this title."""
    return page.locator(".theme", has=page.get_by_role("heading", name=re.compile(title)))


def test_two_facilitators_sort_by_hand_and_by_suggestion(server, watch):
    room = Sorting(server, watch)
    page, other = room.console(), room.console()
    page.get_by_role("button", name=re.compile("^Suggest themes")).first.click()
    for text in SAID:
        expect(theme(other, text)).to_be_visible()
    watch.accessible(page, "the merge board")
    expect(page.get_by_text("1 thread between cards")).to_be_visible()

    # Evidence, one tap away, and cards that say nearly the same on one pile.
    theme(page, SAID[1]).get_by_role("button", name="3 cards").click()
    expect(theme(page, SAID[1]).get_by_text("that say nearly the same")).to_be_visible()
    watch.accessible(page, "evidence")

    # A pile goes by keyboard into another theme, is undone, and done again.
    move = theme(page, SAID[1]).get_by_label(re.compile("^Move “Roads"))
    move.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(theme(other, SAID[1])).to_have_count(0)
    page.get_by_role("button", name=re.compile("^Undo cards sorted")).click()
    expect(theme(other, SAID[1])).to_be_visible()
    page.get_by_role("button", name=re.compile("^Redo")).click()
    expect(theme(other, SAID[1])).to_have_count(0)
    page.get_by_role("button", name=re.compile("^Undo")).first.click()
    expect(theme(other, SAID[1])).to_be_visible()

    # Several chosen cards become a theme, which is renamed, confirmed, and split again.
    for text in SAID[:2]:
        if not theme(page, text).locator(".members").count():
            theme(page, text).locator(".cards-of").click()
        theme(page, text).get_by_role("checkbox").first.check()
    page.locator(".chosen").get_by_role("button", name="New theme").click()
    expect(page.locator(".chosen")).to_have_count(0)
    expect(page.locator(".theme")).to_have_count(2)
    mixed = page.locator(".theme", has=page.get_by_text("6 cards"))
    mixed.get_by_role("button", name=re.compile("^Rename")).click()
    mixed.get_by_label("Title of the theme").fill("Water and roads")
    page.keyboard.press("Enter")
    expect(theme(other, "Water and roads")).to_be_visible()
    theme(page, "Water and roads").get_by_role("button", name=re.compile("^Confirm")).click()
    expect(theme(other, "Water and roads").get_by_text("confirmed", exact=True)).to_be_visible()
    theme(page, "Water and roads").get_by_role("button", name=re.compile("^Move or merge")).click()
    page.get_by_role("button", name="Split …").click()
    page.get_by_role("button", name="How could it be split?").click()
    watch.accessible(page, "how a theme would be split")
    page.get_by_role("button", name="Split into 2").click()
    expect(other.locator(".theme")).to_have_count(3)
    expect(theme(other, "Water and roads").get_by_text("Its cards have changed")).to_be_visible()

    # What happened to it is told.
    theme(page, "Water and roads").get_by_role("button", name=re.compile("^Move or merge")).click()
    page.get_by_role("button", name="History").click()
    expect(page.locator(".deeds li").filter(has_text="renamed “Water and roads”")).to_be_visible()
    expect(page.locator(".deeds li").filter(has_text="cards out")).to_be_visible()
    watch.accessible(page, "history")
    page.keyboard.press("Escape")

    # Lanes for some groups only; nothing is changed by it.
    page.get_by_role("group", name="Groups that count").get_by_role("button").first.click()
    expect(page.get_by_text(re.compile("^Lanes for B and C only"))).to_be_visible()
    page.get_by_role("button", name="All groups").click()
    assert room.compared() == []


def test_suggestions_are_a_preview_and_a_late_card_moves_no_other(server, watch):
    room = Sorting(server, watch)
    page, other = room.console(), room.console(locale="fr-FR")
    page.get_by_role("button", name=re.compile("^Suggest themes")).first.click()
    expect(theme(other, SAID[2])).to_be_visible()

    # A thread is cut: it ties the two cards no more.
    theme(page, SAID[0]).get_by_role("button", name="3 cards").click()
    theme(page, SAID[0]).get_by_text("1 person had that too").click()
    watch.accessible(page, "a thread")
    theme(page, SAID[0]).get_by_role("button", name=re.compile("^Cut")).click()
    expect(page.get_by_text("thread between cards")).to_have_count(0)

    # Somebody writes late: the card waits until it is sorted in.
    house = room.house
    board = room.board(room.phones[0])
    room.phones[0].must("AddCard", board=board, section="one/ideas", text="No teachers at our schools")
    expect(page.get_by_text("1 new card")).to_be_visible()
    before = {m["id"]: m["theme"] for m in house.console.tables.all("members")}
    page.get_by_role("button", name="Sort them in").click()
    expect(theme(other, SAID[2]).get_by_text("4 cartes")).to_be_visible()
    now = {m["id"]: m["theme"] for m in house.console.tables.all("members")}
    assert {id: now[id] for id in before} == before

    # A card that somebody put back among those to sort is offered elsewhere, never for the theme it came from.
    theme(page, SAID[2]).get_by_role("button", name="4 cards").click()
    theme(page, SAID[2]).locator(".sort-card").last.get_by_role("combobox").select_option("tray")
    expect(page.get_by_role("heading", name=re.compile("cards? to sort"))).to_be_visible()
    page.get_by_role("button", name="Suggest again").click()
    expect(page.locator(".suggestions").get_by_role("status").first).not_to_have_text(re.compile("Comparing"))
    expect(page.locator(".suggestions li b", has_text=SAID[2])).to_have_count(0)

    # Words that mean the same are said, and stand on the other console.
    page.get_by_text("Words that mean the same").click()
    page.get_by_label("This word", exact=True).fill("pump")
    page.get_by_label("means the same as this word").fill("moteur")
    watch.accessible(page, "suggestions")
    page.get_by_role("button", name="Same meaning").click()
    expect(page.locator(".same-words li", has_text="moteur")).to_be_visible()
    page.get_by_role("button", name="Close", exact=True).click()

    # Fewer themes: one search replaces only what nobody touched.
    page.get_by_role("button", name="Fewer or more themes …").click()
    page.get_by_role("slider").fill("0")
    watch.accessible(page, "fewer or more")
    page.get_by_role("button", name="Compare anew").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    watch.accessible(other, "the merge board in French")
    assert room.compared() == []


def test_a_card_is_dragged_onto_a_theme(server, watch):
    room = Sorting(server, watch)
    page = room.console(viewport={"width": 1366, "height": 1400})
    page.get_by_role("button", name=re.compile("^Suggest themes")).first.click()
    expect(theme(page, SAID[2])).to_be_visible()
    theme(page, SAID[1]).get_by_role("button", name="3 cards").click()
    card = theme(page, SAID[1]).locator(".sort-card p").first.bounding_box()
    target = theme(page, SAID[2]).get_by_role("heading").bounding_box()
    page.mouse.move(card["x"] + 5, card["y"] + 5)
    page.mouse.down()
    page.mouse.move(target["x"] + 40, target["y"] + 4, steps=8)
    page.mouse.move(target["x"] + 44, target["y"] + 6)
    page.mouse.up()
    expect(theme(page, SAID[2]).get_by_text("6 cards")).to_be_visible()
    assert room.compared() == []


def test_themes_of_two_sessions_are_said_to_be_the_same(server, watch):
    plan = {"title": "Water", "agenda": [
        {"id": id, "day": day, "kind": "plenary", "title": id.title(), "sections": ["ideas"]}
        for day, id in ((1, "problems"), (2, "actions"))
    ]}  # fmt: skip
    house = House(server.address, server.organiser)
    house.make(msgspec.convert(plan, WorkshopPlan))
    console = house.console
    for session in ("problems", "actions"):
        now = next((s["id"] for s in console.tables.all("steps") if s.get("state") == "open"), None)
        console.must("OpenStep", step=f"{session}/work", **{"from": now})
        for text in SAID[:2]:
            ids = [
                console.must("AddCard", board=session, section=f"{session}/ideas", text=f"{text} {n}")["id"]
                for n in range(2)
            ]
            theme = console.must("NewTheme", session=session, cards=ids, title=f"{text[:9]} in {session}")["id"]
            seq = console.must("DecideTheme", theme=theme, state="confirmed")["seq"]
        console.wait(lambda t, seq=seq: t.cursor >= seq)
    page = watch.page(viewport={"width": 1366, "height": 768}, reduced_motion="reduce")
    page.goto(house.links["facilitator"])
    page.wait_for_url("**/console/**")
    page.get_by_role("button", name="Across sessions").click()
    offered = page.locator(".pairs li", has_text="The water in problems").filter(has_text="The water in actions")
    expect(offered).to_be_visible()
    watch.accessible(page, "across sessions")
    offered.get_by_role("button", name="The same", exact=True).click()
    expect(page.locator(".chains li")).to_contain_text("in all 2 sessions")
    watch.accessible(page, "what came up in both")
    page.get_by_role("button", name="Take apart").click()
    expect(page.locator(".chains li")).to_have_count(0)
    page.locator(".saying select").first.select_option(label="Roads flo in problems")
    page.locator(".saying select").last.select_option(label="The water in actions")
    page.locator(".saying").get_by_role("button", name="The same").click()
    expect(page.locator(".chains li")).to_contain_text("Roads flo in problems")
    assert compare(server, house, [house.console, house.stage]) == []
