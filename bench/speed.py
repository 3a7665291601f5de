#!/usr/bin/env python3
"""How fast Baraza is beside stock Flask-SocketIO and Socket.IO on Node, which check, permit and store nothing.

    python bench/speed.py                 # about three minutes, on the loopback only
    python bench/speed.py --repeat 5 --people 198
    python bench/speed.py --servers stock,baraza --rooms groups

Each server has one core and the pretend phones another; the servers take turns, so that a machine that is busy with
something else is so for all of them. Processor time is the server process's own, from /proc. A delivery is one card
seen by one other member of its room. Node's library is installed into a temporary folder, by npm.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from statistics import median
from typing import Any

BENCH = Path(__file__).resolve().parent
sys.path.insert(0, str(BENCH.parent))

from app.commands.replay import UNHURRIED  # noqa: E402
from app.domain.agenda import Attribute, SessionPlan, Value, WorkshopPlan  # noqa: E402
from app.phones.house import House  # noqa: E402
from app.phones.server import ServerProcess  # noqa: E402

SOCKET_IO = "socket.io@4.8.4"
SERVERS = ("stock", "node", "baraza")
GROUP = 6
CORES = sorted(os.sched_getaffinity(0))

LIGHT = {"groups": {"cards": 250, "rate": 50}, "plenary": {"cards": 25, "rate": 5}}
BURST = {"groups": {"cards": 5000, "rate": 50_000}, "plenary": {"cards": 500, "rate": 50_000}}
FIGURES = {
    "light": "CPU ms per 1,000 deliveries, light load",
    "burst": "deliveries per CPU-s, saturated",
    "storm": "CPU ms per person, all come back at once",
    "delay": "ms until half of a light load's cards are seen",
}


@contextmanager
def on_core(core: int) -> Iterator[None]:
    """What is started meanwhile runs on one core only."""
    os.sched_setaffinity(0, {core})
    try:
        yield
    finally:
        os.sched_setaffinity(0, CORES)


class Reference:
    """A reference server: a program that prints its port."""

    wire = "card"

    def __init__(self, *argv: str):
        with on_core(CORES[0]):
            self._process = subprocess.Popen(argv, stdout=subprocess.PIPE, text=True)
        self.pid = self._process.pid
        self._port = int(self._process.stdout.readline())

    def plan(self, kind: str, people: int) -> dict:
        """What the load client needs to know for one run."""
        return {"port": self._port, "members": [{"room": room(kind, n)} for n in range(people)]}

    def close(self) -> None:
        """End it."""
        self._process.kill()
        self._process.wait()


class Baraza:
    """The real server; each run has a workshop of its own, prepared as people would."""

    wire = "baraza"

    def __init__(self, data: str):
        with on_core(CORES[0]):
            self._server = ServerProcess(Path(data), UNHURRIED)
        self.pid = self._server.pid

    def plan(self, kind: str, people: int) -> dict:
        """A workshop whose people have joined and sit in their groups, and whose boards are open."""
        house = House(self._server.address, self._server.organiser)
        tables = [Value(id=room("groups", n)) for n in range(0, people, GROUP)]
        agenda = [
            SessionPlan(id="groups", kind="groups", grouping="attribute", attribute="table"),
            SessionPlan(id="plenary"),
        ]
        attributes = [Attribute(id="table", values=tables)]
        house.make(WorkshopPlan(title="Speed", expected=people, attributes=attributes, agenda=agenda))
        console, stage = house.console, house.stage
        console.must("OpenDoors")
        console.wait(lambda tables: tables.get("doors", "doors") is not None)
        code = console.tables.get("doors", "doors")["code"]
        asked = [{"code": code, "attributes": {"table": room("groups", n)}} for n in range(people)]
        tokens = [house.post("/api/join", each)["token"] for each in asked]
        console.must("MakeGroups", session="groups")
        console.must("RevealGroups", session="groups")
        console.must("OpenStep", step=f"{kind}/work", **{"from": None})
        console.close()
        stage.close()
        link, cookie = house.cookie("facilitator")
        return {
            "port": self._server.port,
            "workshop": house.workshop,
            "session": kind,
            "members": [{"room": room(kind, n), "token": token} for n, token in enumerate(tokens)],
            "console": {"as": link, "cookie": cookie},
        }

    def close(self) -> None:
        """End it."""
        self._server.stop()


def room(kind: str, number: int) -> str:
    """The room of the number-th person: a group of six, or the one plenary."""
    return f"table-{number // GROUP}" if kind == "groups" else kind


class Phones:
    """The load client, which plays everybody of one run."""

    def __init__(self, plan: dict):
        with on_core(CORES[-1]):
            self._process = subprocess.Popen(
                ["node", BENCH / "load.mjs"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
            )
        self._say(plan)

    def _say(self, value: Any) -> None:
        self._process.stdin.write(json.dumps(value) + "\n")
        self._process.stdin.flush()

    def do(self, what: str, **how: Any) -> dict:
        """Let all do something, and wait until it is done."""
        self._say({"do": what, **how})
        return json.loads(self._process.stdout.readline() or sys.exit(f"the phones failed to {what}"))

    def close(self) -> None:
        """End the client, and with it all connections."""
        self._process.kill()
        self._process.wait()


def processor(pid: int) -> float:
    """Seconds that all threads of a process have run, to the nanosecond where the kernel tells."""
    return sum(int(task.read_text().split()[0]) for task in Path(f"/proc/{pid}/task").glob("*/schedstat")) / 1e9


def measure(server: Reference | Baraza, kind: str, people: int) -> dict[str, float]:
    """One run: everybody comes, a light load, everybody comes back at once, as many cards as the server can take."""

    def spent(what: str, **how: Any) -> tuple[dict, float]:
        before = processor(server.pid)
        done = phones.do(what, **how)
        if done.get("deliveries") != done.get("expected"):
            sys.exit(f"only {done['deliveries']} of {done['expected']} deliveries came")
        return done, processor(server.pid) - before

    with closing(Phones({"wire": server.wire, **server.plan(kind, people)})) as phones:
        phones.do("join", most=20)
        light, light_s = spent("post", **LIGHT[kind])
        phones.do("leave")
        time.sleep(0.5)
        storm, storm_s = spent("join", most=people)
        burst, burst_s = spent("post", **BURST[kind])
    return {
        "light": light_s / light["deliveries"] * 1e6,
        "burst": burst["deliveries"] / burst_s,
        "storm": storm_s / people * 1e3,
        "delay": light["p50_ms"],
    }


def installed(folder: str) -> str:
    """Install Socket.IO for Node into a folder; the folder."""
    npm = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", folder, SOCKET_IO]
    subprocess.run(npm, check=True, stdout=subprocess.DEVNULL)
    return folder


def start(name: str, folder: str) -> Reference | Baraza:
    """One of SERVERS."""
    if name == "stock":
        return Reference(sys.executable, "-W", "ignore", str(BENCH / "servers/stock.py"))
    if name == "node":
        return Reference("node", str(BENCH / "servers/node.mjs"), installed(folder))
    return Baraza(folder)


def table(runs: dict[tuple[str, str], list[dict]], names: list[str]) -> Iterator[str]:
    """Medians, and for each server the median of its ratios to Baraza in the same round."""
    yield f"| | room | {' | '.join(names)} |{''.join(f' Baraza / {n} |' for n in names if n != 'baraza')}"
    yield "|---" * (2 * len(names) + 1) + "|"
    for figure, says in FIGURES.items():
        for kind in dict.fromkeys(kind for kind, _ in runs):
            values = {name: [run[figure] for run in runs[kind, name]] for name in names}
            cells = [f"{median(values[name]):,.{0 if median(values[name]) >= 100 else 1}f}" for name in names]
            for name in names:
                if name != "baraza" and "baraza" in names:
                    ratio = median(a / b for a, b in zip(values["baraza"], values[name], strict=True))
                    cells.append(f"{ratio:.2f}")
            yield f"| {says} | {kind} | {' | '.join(cells)} |"


def main() -> None:
    """Measure and print the table."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--people", type=int, default=198, help="in groups of six")
    asked.add_argument("--repeat", type=int, default=3)
    asked.add_argument("--servers", default=",".join(SERVERS), type=lambda text: text.split(","))
    asked.add_argument("--rooms", default="groups,plenary", type=lambda text: text.split(","))
    given = asked.parse_args()
    runs = defaultdict(list)
    with ExitStack() as stack:
        servers = {}
        for name in given.servers:
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="baraza-speed-"))
            servers[name] = stack.enter_context(closing(start(name, folder)))
        for _ in range(given.repeat):
            for kind in given.rooms:
                for name, server in servers.items():
                    runs[kind, name].append(measure(server, kind, given.people))
                    print(f"{kind} {name} {json.dumps(runs[kind, name][-1])}", file=sys.stderr)
    print("\n".join(table(runs, given.servers)))


if __name__ == "__main__":
    began = time.monotonic()
    main()
    print(f"\n{time.monotonic() - began:.0f} s", file=sys.stderr)
