"""The real server in each of the three modes, and a workshop in it with people in groups."""

import msgspec
import pytest

from app.commands.replay import UNHURRIED, compare
from app.domain.agenda import WorkshopPlan
from app.phones.house import House
from app.phones.server import ServerProcess

PLAN = {
    "title": "Water",
    "attributes": [{"id": "region", "values": [{"id": "north"}, {"id": "south"}]}],
    "balance": ["region"],
    "expected": 50,
    "agenda": [
        {
            "id": "one",
            "kind": "groups",
            "groups": 3,
            "sections": [{"id": "problems", "limit": 2}, "ideas"],
        },
        {"id": "two", "kind": "groups", "groups": 3, "sections": ["ideas"]},
    ],
}


@pytest.fixture(scope="session", params=["eventlet", "gevent", "threading"])
def server(request, tmp_path_factory):
    """One server a mode for all tests."""
    made = ServerProcess(tmp_path_factory.mktemp(request.param), {**UNHURRIED, "BARAZA_ASYNC_MODE": request.param})
    yield made
    assert made.stop() == 0
    assert "bug" not in made.said, made.said


class Workshop(House):
    """A workshop and what tests ask of it; `phones` are the people."""

    def __init__(self, server, plan=PLAN):
        super().__init__(server.address, server.organiser)
        self.server = server
        self.make(msgspec.convert(plan, WorkshopPlan))
        self.console.must("OpenDoors")
        self.console.wait(lambda t: t.get("doors", "doors") is not None)
        self.phones = []

    @property
    def code(self):
        """The code on the stage."""
        return self.console.tables.get("doors", "doors")["code"]

    def people(self, n):
        """n people join."""
        for k in range(n):
            region = "north" if k % 2 else "south"
            self.phones.append(self.join(self.code, f"Person {len(self.phones)}", {"region": region}, "en"))
        return self

    def open(self, step):
        """Open a step, whichever is open."""
        now = next((s["id"] for s in self.console.tables.all("steps") if s.get("state") == "open"), None)
        seq = self.console.must("OpenStep", step=step, **{"from": now})["seq"]
        self.console.wait(lambda t: t.cursor >= seq)

    def drawn(self, n=6):
        """n people in the drawn and revealed groups of session one, whose boards are open."""
        self.people(n)
        self.console.must("DrawGroups")
        self.console.must("RevealGroups", session="one")
        self.open("one/work")
        for phone in self.phones:
            phone.wait(lambda t: self.board(t) is not None)
        return self

    @staticmethod
    def board(tables, session="one"):
        """The board that a phone's tables say is theirs."""
        names = (name for row in tables.all("me") for name in row["audiences"])
        return next((n.partition(":")[2] for n in names if n.startswith(f"board:{session}.")), None)

    def of(self, board):
        """The phones of a group."""
        return [phone for phone in self.phones if self.board(phone.tables, board.partition(".")[0]) == board]

    def compared(self):
        """What the five-way comparison finds."""
        return compare(self.server, self, [*self.phones, self.console, self.stage])


@pytest.fixture
def workshop(server):
    """A workshop whose scenario ends with the five-way comparison."""
    made = []

    def make(plan=PLAN):
        made.append(Workshop(server, plan))
        return made[-1]

    yield make
    for each in made:
        assert each.compared() == []
        for phone in (*each.phones, each.console, each.stage):
            phone.close()
