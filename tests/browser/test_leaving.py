"""What somebody can take back by their own phone, and what the end of the workshop leaves on it."""

from secrets import token_urlsafe

import pytest
from playwright.sync_api import expect

from app.phones.house import House
from tests.browser.conftest import PHONE

KEPT = """async (workshop) => {
  const disk = await new Promise((resolve) => {
    const request = indexedDB.open("baraza");
    request.onupgradeneeded = () => request.transaction.abort();
    request.onerror = () => resolve(null);
    request.onsuccess = () => resolve(request.result);
  });
  const tables = disk ? [...disk.objectStoreNames] : [];
  const rows = await Promise.all(tables.map((name) => new Promise((resolve) => {
    const request = disk.transaction(name).objectStore(name).getAll();
    request.onsuccess = () => resolve(request.result);
  })));
  return [localStorage.getItem(`w/${workshop}`), rows.flat()];
}"""


@pytest.fixture
def house(server):
    """A workshop with one plenary that is being written, and its open doors."""
    made = House(server.address, server.organiser)
    plan = {"title": "Water", "agenda": [{"id": "ideas", "title": "Ideas", "sections": ["Ideas"]}]}
    made.workshop = made.post("/api/workshops", plan)["workshop"]
    return made


def rows(house, table):
    """The rows of a table, as the organiser sees them."""
    there = house.get(f"/api/workshops/{house.workshop}/rows?since=0")["rows"]
    return [row for row in there if row["table"] == table and not row.get("gone")]


def ask(house, kind, **do):
    """The organiser asks for something."""
    asked = {"id": token_urlsafe(16), "do": {"kind": kind, **do}}
    assert house.post(f"/api/workshops/{house.workshop}/asks", asked)["ok"]


@pytest.fixture
def phone(house, watch):
    """A phone on the board, with two cards."""
    ask(house, "OpenDoors")
    ask(house, "OpenStep", step="ideas/work", **{"from": None})
    page = watch.page(**PHONE)
    page.goto(house.address)
    page.locator("input[name=code]").fill(rows(house, "doors")[0]["code"])
    page.locator("form button").last.click()
    page.get_by_role("button", name="Join the workshop").click()
    page.wait_for_url("**/p/**")
    for text in ("The well is dry", "The pump is broken"):
        page.locator("textarea").first.fill(text)
        page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("button", name="What to do with this card")).to_have_count(2)
    return page


def test_ones_own_card_is_erased_by_a_second_tap(house, phone, watch):
    phone.get_by_role("button", name="What to do with this card").first.click()
    phone.get_by_role("button", name="Erase for ever …").click()
    expect(phone.get_by_text("It cannot be undone")).to_be_visible()
    watch.accessible(phone, "erasing a card")
    assert len(rows(house, "cards")) == 2
    phone.get_by_role("button", name="Erase for ever", exact=True).click()
    expect(phone.get_by_text("The well is dry")).to_have_count(0)
    expect(phone.get_by_text("The pump is broken")).to_be_visible()
    assert [card["text"] for card in rows(house, "cards")] == ["The pump is broken"]


def test_somebody_erases_themselves_and_the_phone_forgets_too(house, phone, watch):
    phone.get_by_role("button", name="Menu").click()
    phone.get_by_role("button", name="Erase everything about me here").click()
    expect(phone.get_by_text("without author")).to_be_visible()
    watch.accessible(phone, "erasing oneself")
    assert len(rows(house, "people")) == 1
    phone.get_by_role("button", name="Erase everything", exact=True).click()
    expect(phone.get_by_role("heading", name="Join a workshop")).to_be_visible()
    assert phone.evaluate(KEPT, house.workshop) == [None, []]
    assert [rows(house, table) for table in ("people", "names", "authors")] == [[], [], []]
    assert len(rows(house, "cards")) == 2


def test_at_the_end_the_phone_forgets_and_what_is_on_it_may_be_read_once_more(house, phone, watch):
    phone.locator("textarea").first.fill("Half a thought")
    ask(house, "EndWorkshop")
    expect(phone.get_by_role("heading", name="The workshop is over")).to_be_visible()
    assert phone.evaluate(KEPT, house.workshop) == [None, []]
    watch.accessible(phone, "goodbye")
    phone.get_by_role("button", name="Read once more").click()
    phone.get_by_role("button", name="Ideas").click()
    expect(phone.get_by_text("The well is dry")).to_be_visible()
    expect(phone.get_by_role("button", name="What to do with this card")).to_have_count(0)
    expect(phone.locator("textarea")).to_have_count(0)
    watch.accessible(phone, "reading once more")
    phone.get_by_role("button", name="Back").click()
    phone.get_by_role("button", name="Back").click()
    expect(phone.get_by_role("heading", name="The workshop is over")).to_be_visible()
    phone.reload()
    expect(phone.get_by_role("heading", name="Join a workshop")).to_be_visible()
