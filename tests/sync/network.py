"""A network that loses everything at any moment, between the real publisher and simulated phones.

The workshop is the product's own `decide`, `evolve`, audiences and catch-up; only the wires are made up. `joined` and
`deltas` reach a phone as JSON, in the order in which they were sent on one connection, and are lost from a cut on.
"""

from __future__ import annotations

import json
import random
from collections import defaultdict, deque

from app.domain.audiences import Viewer, catch_up, viewer
from app.domain.core import PERSON, Principal, Refused
from app.domain.grammar import write
from app.live.publish import Publisher
from app.phones.tables import Tables
from tests.domain.room import LEAD, Room

STAGE = Principal("stage", "stage")


class Wires:
    """Stands for the transport: rooms, and a queue of packets for each socket."""

    def __init__(self):
        self.rooms = defaultdict(set)
        self.packets = defaultdict(deque)

    def enter(self, sid, room):
        self.rooms[room].add(sid)

    def leave(self, sid, room):
        self.rooms[room].discard(sid)

    def emit(self, room, event, payload):
        assert room
        packet = write(payload)
        for sid in self.rooms[room]:
            self.packets[sid].append((event, packet))

    def drop(self, sid):
        for members in self.rooms.values():
            members.discard(sid)
        self.packets.pop(sid, None)


class SimulatedPhone:
    """A person, console or stage that is cut off and comes back. `heard` is all it ever merged, for tables.js."""

    def __init__(self, name: str, who: Principal, tables: type[Tables]):
        self.name, self.who, self.tables = name, who, tables()
        self.number, self.sid, self.asked_since, self.joined = 0, None, None, False
        self.heard: list = []


class Network:
    """Phones around one room of the seed; `rules` may replace the merge or the viewer, to show that each is needed."""

    def __init__(self, seed: int, tables: type[Tables] = Tables, catch=catch_up):
        self.chance = random.Random(seed)
        self.catch = catch
        self.room = Room(str(seed))
        self.wires = Wires()
        self.publisher = Publisher(self.wires)
        self.phones = [SimulatedPhone("console", LEAD, tables), SimulatedPhone("stage", STAGE, tables)]
        self.published = 0
        self.tables_type = tables

    def publish(self):
        """What the writer does after its commit."""
        for change in self.room.changes[self.published :]:
            self.publisher.change("w", "epoch", self.room.state, change)
        self.published = len(self.room.changes)

    def person(self):
        who = self.room.join(self.chance.choice(["north", "south"]))
        self.phones.append(SimulatedPhone(f"person {len(self.phones)}", who, self.tables_type))
        self.publish()

    def connect(self, phone):
        """The first half of `join` at the server: into the rooms."""
        phone.number += 1
        phone.heard.append(["cut", None])
        phone.sid, phone.joined, phone.asked_since = f"{phone.name} {phone.number}", False, phone.tables.cursor
        person = phone.who.id if phone.who.role == PERSON else ""
        self.publisher.enter(phone.sid, "w", person, viewer(self.room.state, phone.who))

    def answer(self, phone):
        """The second half: the rows, read when whatever came between has been published."""
        state = self.room.state
        rows = self.catch(state, viewer(state, phone.who), phone.asked_since)
        reply = {"ok": True, "seq": state.head, "epoch": "epoch", "rows": rows}
        self.wires.packets[phone.sid].append(("joined", write(reply)))
        phone.asked_since = None

    def deliver(self, phone):
        event, packet = self.wires.packets[phone.sid].popleft()
        value = json.loads(packet)
        phone.heard.append([event, value])
        if event == "joined":
            phone.tables.joined(value)
            phone.joined = True
        elif event == "delta":
            phone.tables.delta(value, phone.joined)

    def cut(self, phone):
        person = phone.who.id if phone.who.role == PERSON else ""
        self.wires.drop(phone.sid)
        self.publisher.gone(phone.sid, "w", person)
        phone.sid = None

    def settle(self):
        """Everybody is back and has heard everything."""
        for phone in self.phones:
            if phone.sid is None:
                self.connect(phone)
            if phone.asked_since is not None:
                self.answer(phone)
            while self.wires.packets[phone.sid]:
                self.deliver(phone)

    def step(self):
        """Something happens: somebody acts, a packet arrives, a connection breaks or comes back."""
        phone = self.chance.choice(self.phones)
        kind = self.chance.random()
        if kind < 0.45:
            self.act()
        elif phone.sid is None:
            self.connect(phone)
        elif phone.asked_since is not None and kind < 0.75:
            self.answer(phone)
        elif kind < 0.9 and self.wires.packets[phone.sid]:
            self.deliver(phone)
        elif kind > 0.96:
            self.cut(phone)

    def act(self):
        """One ask, as likely a refusal as not; what was accepted is published."""
        chance, room = self.chance, self.room
        lead = [
            lambda: room.open(chance.choice(["hello/work", "one/work", "one/report-back", "two/work", "two/themes"])),
            lambda: room.ask("RevealGroups", session=chance.choice(["one", "two"])),
            lambda: room.ask("DrawGroups"),
            lambda: room.ask("SeatPeople", session="two", seats={self._someone().id: f"two.{chance.choice('ABC')}"}),
            lambda: room.ask("SeatPeople", session="one", seats={self._someone().id: f"one.{chance.choice('ABC')}"}),
            lambda: room.ask("Present", session="one", board=f"one.{chance.choice('ABC')}"),
            lambda: room.ask("Present", session="hello", board="hello"),
            lambda: room.ask("HideBoard", board=f"one.{chance.choice('ABC')}"),
            lambda: room.ask("NewTheme", session="one", cards=[self._card()]),
            lambda: room.ask("ShowThemes", session="one"),
            lambda: room.ask("Undo", event=chance.choice(list(room.state.past) or [0])),
            lambda: room.ask("StartTimer", step="one/work", length_ms=60_000),
            lambda: self.person() if len(self.phones) < 9 else None,
        ]  # fmt: skip
        write_card = [self._write, self._edit, self._echo, self._move_card]
        try:
            chance.choice(lead if chance.random() < 0.5 else write_card)()
        except (Refused, LookupError):
            return
        self.publish()

    def _someone(self) -> Principal:
        return self.chance.choice(self.room.people)

    def _card(self) -> str:
        from app.domain.cards import Card

        return self.chance.choice([card.id for card in self.room.state.all(Card)])

    def _write(self):
        board = self.chance.choice(["one.A", "one.B", "one.C", "two.A", "two.B", "hello"])
        section = f"{board.partition('.')[0]}/{'hopes' if board == 'hello' else 'ideas'}"
        self.room.ask("AddCard", self._someone(), board=board, section=section, text=f"words {self.chance.random()}")

    def _edit(self):
        self.room.ask("EditCard", card=self._card(), text=f"other words {self.chance.random()}", seen=10**9)

    def _echo(self):
        self.room.ask("EchoCard", self._someone(), card=self._card())

    def _move_card(self):
        self.room.ask(self.chance.choice(["TakeCard", "RestoreCard"]), self._someone(), card=self._card())


def started(seed: int, **rules) -> Network:
    """A network with four people in drawn groups, and everybody on line."""
    network = Network(seed, **rules)
    for _ in range(4):
        network.person()
    network.settle()
    network.room.ask("DrawGroups")
    network.room.ask("RevealGroups", session="one")
    network.room.open("one/work")
    network.publish()
    return network


def viewers(network: Network) -> dict[str, Viewer]:
    """Who looks, by the name of their phone."""
    return {phone.name: viewer(network.room.state, phone.who) for phone in network.phones}
