"""One stage, one console, three phones: a whole session, by what people press."""

import re

from playwright.sync_api import expect

from app.commands.replay import compare
from app.phones.house import House
from app.phones.phone import Phone
from tests.browser.conftest import PHONE
from tests.browser.network import Wire

WORDS = {"en": ["Join the workshop", "Add", "Menu"], "fr": ["Rejoindre l’atelier", "Ajouter", "Menu"]}


class Session:
    """The people in the room, as they sit before their screens."""

    def __init__(self, server, watch):
        self.server, self.watch = server, watch
        self.desk = watch.page(viewport={"width": 1366, "height": 768}, reduced_motion="reduce")
        self.phones = []

    def prepare(self):
        """The organiser makes a workshop from a template and opens console and stage."""
        desk = self.desk
        desk.goto(f"{self.server.address}/f#{self.server.organiser}")
        desk.wait_for_url("**/desk")
        self.watch.accessible(desk, "desk")
        desk.get_by_role("link", name="New workshop").first.click()
        self.watch.accessible(desk, "templates")
        desk.get_by_role("link", name="Problems, priorities, actions").click()
        desk.get_by_role("checkbox", name="Français").check()
        self.watch.accessible(desk, "new workshop")
        desk.get_by_role("button", name="Make the workshop").click()
        desk.wait_for_url("**/agenda?**")
        self.workshop = desk.url.split("/desk/")[1].split("/")[0]
        self.watch.accessible(desk, "agenda")
        desk.get_by_role("link", name="Overview").click()
        self.watch.accessible(desk, "overview")
        self.console = self._opened("Open the console")
        self.stage = self._opened("Open the stage")
        self.stage.set_viewport_size({"width": 1920, "height": 1080})

    def _opened(self, name):
        with self.desk.context.expect_page() as opening:
            self.desk.get_by_role("button", name=name).click()
        return opening.value

    def press(self, name, **options):
        """The facilitator presses a button."""
        self.console.get_by_role("button", name=name, **options).first.click()

    def join(self, locale="en-GB", address=None):
        """Somebody joins with the code that the stage shows."""
        lang = locale[:2]
        code = self.stage.get_by_text(re.compile(r"^\d{4}\s\d{4}$")).first.inner_text()
        phone = self.watch.page(**PHONE, locale=locale)
        phone.goto(address or self.server.address)
        phone.locator("input[name=code]").fill(code)
        phone.locator("form button").last.click()
        self.watch.accessible(phone, "join")
        phone.get_by_role("button", name=WORDS[lang][0]).click()
        phone.wait_for_url("**/p/**")
        expect(phone.get_by_role("button", name=WORDS[lang][2])).to_be_visible()
        self.phones.append(phone)
        return phone

    def write(self, phone, text, add="Add"):
        """Somebody writes a card."""
        phone.locator("textarea").first.fill(text)
        phone.get_by_role("button", name=add, exact=True).click()

    def compared(self):
        """The five-way comparison, with the phones' own tokens."""
        house = House(self.server.address, self.server.organiser)
        house.workshop = self.workshop
        phones = []
        for page in self.phones:
            token = page.evaluate(f"localStorage.getItem('w/{self.workshop}')")
            phones.append(Phone(self.server.address, self.workshop, token=token.strip('"')))
            phones[-1].connect()
        found = compare(self.server, house, phones)
        for phone in phones:
            phone.close()
        return found


def test_a_whole_session_from_the_desk_to_the_report(server, watch):
    room = Session(server, watch)
    room.prepare()
    watch.accessible(room.console, "console before")
    room.press("Open the doors")
    expect(room.stage.get_by_text("Join with your phone")).to_be_visible()
    watch.accessible(room.stage, "stage: join")

    wire = Wire(("127.0.0.1", server.port))
    amina = room.join()
    jo = room.join("fr-FR")
    sam = room.join(address=f"http://127.0.0.1:{wire.port}")
    watch.accessible(amina, "phone: waiting")
    expect(room.stage.get_by_text("3", exact=True).first).to_be_visible()

    room.press("Groups for: Problems")
    room.press(re.compile("^Draw groups"))
    expect(room.console.get_by_role("button", name="Reveal the groups").first).to_be_visible()
    watch.accessible(room.console, "console: draw")
    room.press("Reveal the groups")
    room.console.get_by_role("dialog").get_by_role("button", name="Reveal the groups").click()
    for phone, says in ((amina, "You are in"), (jo, "Vous êtes dans"), (sam, "You are in")):
        expect(phone.get_by_role("heading", name=says)).to_be_visible()
    expect(room.stage.get_by_text("Blue square").first).to_be_visible()
    watch.accessible(room.stage, "stage: reveal")

    room.press("Start writing")
    room.write(amina, "The pump breaks every month")
    room.write(jo, "La pompe tombe en panne chaque mois", "Ajouter")
    expect(amina.get_by_text("The pump breaks every month")).to_be_visible()
    watch.accessible(amina, "phone: board")
    watch.accessible(room.console, "console: work")
    watch.accessible(room.stage, "stage: work")

    wire.cut()
    expect(sam.get_by_text(re.compile("No connection|saved on this phone")).first).to_be_visible(timeout=30_000)
    room.write(sam, "The pump breaks, and nobody has parts")
    room.write(sam, "The queue takes all morning")
    expect(sam.get_by_text("The queue takes all morning")).to_be_visible()
    watch.accessible(sam, "phone: no connection")
    wire.restore()
    expect(sam.get_by_text("Connected")).to_be_visible(timeout=30_000)
    for text in ("The pump breaks, and nobody has parts", "The queue takes all morning"):
        expect(sam.get_by_text(text)).to_have_count(1)

    room.press("Close writing and report back")
    room.press("Draw the order of groups")
    for _ in range(3):
        room.press(re.compile("^(First|Next) group"))
    watch.accessible(room.console, "console: report back")
    watch.accessible(room.stage, "stage: report back")
    watch.accessible(amina, "phone: report back")

    room.press(re.compile("Find themes|Sort into themes"))
    room.press(re.compile("^Suggest themes"))
    expect(room.console.get_by_text("Common to all").first).to_be_visible()
    watch.accessible(room.console, "console: themes")

    house = House(server.address, server.organiser)
    house.workshop = room.workshop
    cards = [
        r["text"] for r in house.get(f"/api/workshops/{room.workshop}/rows?since=0")["rows"] if r["table"] == "cards"
    ]
    assert sorted(cards) == sorted(
        [
            "The pump breaks every month",
            "La pompe tombe en panne chaque mois",
            "The pump breaks, and nobody has parts",
            "The queue takes all morning",
        ]
    )
    room.desk.get_by_role("link", name="Report").click()
    watch.accessible(room.desk, "report")
    room.desk.get_by_role("link", name="Downloads").first.click()
    watch.accessible(room.desk, "downloads")
    assert room.compared() == []
