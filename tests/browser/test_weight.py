"""What a phone loads from the QR to the board, in bytes as Chromium counts them."""

from pathlib import Path
from secrets import token_urlsafe

import msgspec
import pytest
from playwright.sync_api import expect

from app.phones import house
from app.phones.event import EventFile
from app.settings import ROOT
from tests.browser.conftest import PHONE

KILOBYTE = 1024
EVENT = Path(ROOT, "app/phones/reference-event.json")


@pytest.fixture
def doors(server):
    """The open doors of the reference event."""
    made = house.House(server.address, server.organiser)
    made.make(msgspec.json.decode(EVENT.read_bytes(), type=EventFile).plan())
    asked = {"id": token_urlsafe(16), "do": {"kind": "OpenDoors"}}
    assert made.post(f"/api/workshops/{made.workshop}/asks", asked)["ok"]
    rows = made.get(f"/api/workshops/{made.workshop}/rows?since=0")["rows"]
    return next(row for row in rows if row["table"] == "doors")


class Loaded:
    """Counts what a page loads: `files` {path: bytes with headers}, `frames` bytes over the WebSocket."""

    def __init__(self, page):
        self.files, self.frames, self._paths = {}, 0, {}
        network = page.context.new_cdp_session(page)
        network.send("Network.enable")
        network.on("Network.responseReceived", self._began)
        network.on("Network.loadingFinished", self._ended)
        network.on("Network.webSocketFrameReceived", self._heard)

    def _began(self, event):
        self._paths[event["requestId"]] = event["response"]["url"].split("/", 3)[3].partition("#")[0]

    def _ended(self, event):
        path = self._paths[event["requestId"]]
        self.files[path] = self.files.get(path, 0) + event["encodedDataLength"]

    def _heard(self, event):
        self.frames += len(event["response"]["payloadData"].encode())


def test_from_the_qr_to_the_board_a_phone_loads_at_most_45_kilobytes_besides_its_rows(server, watch, doors):
    phone = watch.page(**PHONE)
    loaded = Loaded(phone)
    phone.goto(f"{server.address}/j#{doors['secret']}")
    join = phone.get_by_role("button", name="Join the workshop")
    expect(join).to_be_visible()
    for question in phone.locator("fieldset").all():
        question.locator("label").first.click()
    join.click()
    expect(phone.get_by_text("Connected")).to_be_visible()
    phone.wait_for_load_state("networkidle")
    assert [path for path in loaded.files if path.endswith((".woff2", ".png", ".jpg"))] == []
    assert sum(loaded.files.values()) <= 45 * KILOBYTE, loaded.files
    assert loaded.frames > 0
