"""A participant adds to the chance of a draw, keeps the receipt, and anybody draws it again from the file."""

import re
import subprocess
import sys

import msgspec
import pytest
from playwright.sync_api import expect

from app.domain.agenda import WorkshopPlan
from app.phones.house import House
from app.settings import ROOT
from tests.browser.conftest import PHONE

SESSION = {"kind": "groups", "groups": 2, "sections": ["Ideas"]}
PLAN = {
    "title": "Water",
    "attributes": [{"id": "region", "values": [{"id": "north"}, {"id": "south"}]}],
    "balance": ["region"],
    "agenda": [{"id": "one", "title": "Problems", **SESSION}, {"id": "two", "title": "Actions", **SESSION}],
}


@pytest.fixture
def house(server):
    """A workshop with open doors and five pretend phones."""
    made = House(server.address, server.organiser)
    made.make(msgspec.convert(PLAN, WorkshopPlan))
    made.console.must("OpenDoors")
    code = made.console.tables.get("doors", "doors")["code"]
    others = [made.join(code, f"Guest {n}", {"region": ["north", "south"][n % 2]}, "en") for n in range(5)]
    yield made
    for line in (*others, made.console, made.stage):
        line.close()


@pytest.fixture
def phone(house, watch):
    """A phone that has joined."""
    page = watch.page(**PHONE, accept_downloads=True)
    page.goto(house.address)
    page.locator("input[name=code]").fill(house.console.tables.get("doors", "doors")["code"])
    page.locator("form button").last.click()
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="Join the workshop").click()
    page.wait_for_url("**/p/**")
    return page


def test_a_phone_adds_its_number_and_keeps_a_receipt_that_anybody_can_check(house, phone, watch, tmp_path):
    phone.get_by_role("button", name="Menu").click()
    phone.get_by_role("link", name="Your groups and the draw").click()
    phone.get_by_role("button", name="Add a number of my own").click()
    number = re.search(r"\d{6}", phone.get_by_text("Your number is").inner_text())[0]
    phone.reload()
    expect(phone.get_by_text(f"Your number is {number}")).to_be_visible()
    watch.accessible(phone, "before the draw")

    house.console.must("DrawGroups", words="seven goats")
    house.console.must("RevealGroups", session="one")
    phone.reload()
    expect(phone.get_by_text("until then the secret would tell them")).to_be_visible()
    person = next(row["id"] for row in house.console.tables.all("people"))
    seat = house.console.tables.get("seats", f"one.{person}")
    other = next(
        g["id"] for g in house.console.tables.all("groups") if g["session"] == "one" and g["id"] != seat["group"]
    )
    house.console.must("SeatPeople", session="one", seats={person: other})
    house.console.must("RevealGroups", session="two")
    phone.reload()
    expect(phone.get_by_text("so it can be checked")).to_be_visible()
    expect(phone.get_by_text("1 seat was changed by hand")).to_be_visible()
    expect(phone.locator(".own li")).to_have_text([re.compile("^.*Problems"), re.compile("^.*Actions")])
    expect(phone.get_by_text("seven goats")).to_be_visible()
    watch.accessible(phone, "after the draw")
    with phone.expect_download() as saving:
        phone.get_by_role("button", name="Save the receipt").click()
    file = tmp_path / saving.value.suggested_filename
    saving.value.save_as(file)
    assert number in file.read_text() and person not in file.read_text()
    verified = subprocess.run([sys.executable, "run.py", "verify", file], cwd=ROOT, capture_output=True, text=True)
    assert (verified.returncode, "The same" in verified.stdout) == (0, True), verified.stdout + verified.stderr
    file.write_text(file.read_text().replace("seven goats", "eight goats"))
    assert subprocess.run([sys.executable, "run.py", "verify", file], cwd=ROOT, capture_output=True).returncode == 1
