"""What the terminal shows once people can come, and the address in it."""

from pathlib import Path

import pytest

from app.front import address
from app.front.greeting import drawn, greeting

LINKS = ["http://192.168.8.10:8080", "http://10.0.0.2:8080"]
ORGANISER = "http://192.168.8.10:8080/f#secret"


def test_the_greeting_shows_address_qr_organiser_data_and_stop_in_this_order():
    text = greeting(LINKS, ORGANISER, Path("/kept/here"), terminal=False)
    qr = drawn(LINKS[0], False, "utf-8")[5]
    places = [text.index(part) for part in (LINKS[0], qr, LINKS[1], ORGANISER, "/kept/here", "Ctrl+C")]
    assert places == sorted(places)


def test_the_qr_has_the_quiet_zone_that_cameras_need():
    lines = drawn(LINKS[0], False, "utf-8")
    assert len({len(line) for line in lines}) == 1
    assert all(set(line) == {"█"} for line in (*lines[:2], lines[-2]))
    assert all(line.startswith("████") and line.endswith("████") for line in lines[:-1])


def test_where_blocks_cannot_be_shown_the_address_stands_alone():
    assert drawn(LINKS[0], True, "ascii") == []
    assert LINKS[0] in greeting(LINKS, ORGANISER, Path("/kept"), terminal=True, encoding="ascii")


def test_without_a_network_it_says_that_phones_cannot_come():
    assert "No network" in greeting(["http://127.0.0.1:8080"], ORGANISER, Path("/kept"), terminal=False)
    assert "No network" not in greeting(LINKS, ORGANISER, Path("/kept"), terminal=False)


@pytest.mark.parametrize(
    ("host", "public", "expected"),
    [
        ("127.0.0.1", "", ["http://127.0.0.1:8080"]),
        ("fd00::8", "", ["http://[fd00::8]:8080"]),
        ("0.0.0.0", "https://talk.example.org/", ["https://talk.example.org"]),
    ],
)
def test_the_address_to_give_out(host, public, expected):
    assert address.links(host, 8080, public) == expected


def test_on_every_address_the_likeliest_of_the_network_comes_first(monkeypatch):
    monkeypatch.setattr(address, "routed", lambda: "192.168.8.10")
    monkeypatch.setattr(address, "asked", lambda: ["127.0.0.1", "169.254.3.4", "10.42.0.1", "192.168.8.10"])
    assert address.links("0.0.0.0", 80) == ["http://192.168.8.10:80", "http://10.42.0.1:80"]


def test_a_hotspot_without_a_default_route_is_found(monkeypatch):
    monkeypatch.setattr(address, "routed", lambda: "")
    monkeypatch.setattr(address, "asked", lambda: ["127.0.0.1", "10.42.0.1"])
    assert address.of_this_machine() == ["10.42.0.1"]
