#!/usr/bin/env python3
"""What a command costs as a board fills: decided, evolved and published to nobody, without a disk.

    python bench/commands.py --cards 100 1000 10000

Processor microseconds, medians of many; the boards take turns. All cards lie in one section of one board, which is
the worst case. Where themes are named, the cards are in forty of them.
"""

import argparse
import random
import sys
import time
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from app.domain.cards import Card
from app.domain.core import Principal
from app.domain.themes import Member, Theme
from app.live.publish import Publisher
from tests.domain.room import LEAD, PLAN, Room

PEOPLE = 100
THEMES = 40
AGENDA = [{"id": "all", "kind": "plenary", "sections": ["ideas"]}]
WORDS = "The path to the well is steep, and after rain nobody can carry water up."


class Nobody:
    """A transport without phones."""

    def emit(self, room: str, event: str, payload: object) -> None:
        """Nobody hears it."""


class Board:
    """A plenary of `size` cards, and what can be asked about them."""

    def __init__(self, size: int):
        self.room = Room(plan={**PLAN, "expected": PEOPLE, "agenda": AGENDA})
        for _ in range(PEOPLE):
            self.room.join()
        self.room.open("all/work")
        self.cards = [self.add() for _ in range(size)]
        self._publisher = Publisher(Nobody())
        self.chance = random.Random(1)

    def someone(self) -> Principal:
        """The people take turns."""
        return self.room.people[len(self.room.changes) % PEOPLE]

    def add(self) -> str:
        """One more card."""
        return self.room.ask("AddCard", self.someone(), board="all", section="all/ideas", text=WORDS).event.card

    def theme(self) -> None:
        """Put the cards into themes of the same size."""
        for n in range(THEMES):
            self.room.ask("NewTheme", session="all", cards=self.cards[n::THEMES])

    def next(self) -> str:
        """A card from here and there."""
        return self.chance.choice(self.cards)

    def spent(self, command: str) -> float:
        """Processor microseconds for one command and its publication."""
        do = COMMANDS[command.partition(",")[0]](self)
        began = time.thread_time_ns()
        change = do()
        self._publisher.change("workshop", "epoch", self.room.state, change)
        return (time.thread_time_ns() - began) / 1000


def _add(board: Board):
    who = board.someone()
    return lambda: board.room.ask("AddCard", who, board="all", section="all/ideas", text=WORDS)


def _edit(board: Board):
    card = board.room.state.get(Card, board.next())
    text = f"{WORDS} {card.text_seq}"
    return lambda: board.room.ask("EditCard", LEAD, card=card.id, text=text, seen=card.text_seq)


def _move(board: Board):
    who, (card, after) = board.someone(), board.chance.sample(board.cards, 2)
    return lambda: board.room.ask("MoveCard", who, card=card, section="all/ideas", after=after)


def _place(board: Board):
    card = board.next()
    now = board.room.state.get(Member, card)
    others = [theme.id for theme in board.room.state.all(Theme) if now is None or now.theme != theme.id]
    theme = board.chance.choice(others)
    return lambda: board.room.ask("PlaceCards", LEAD, cards=[card], theme=theme)


COMMANDS = {"AddCard": _add, "EditCard": _edit, "MoveCard": _move, "PlaceCards": _place}


def main() -> None:
    """Measure and print the table."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--cards", type=int, nargs="+", default=[100, 1000, 10_000])
    asked.add_argument("--repeat", type=int, default=300)
    given = asked.parse_args()
    boards = [Board(size) for size in given.cards]
    print("| command |" + "".join(f" {size:,} cards |" for size in given.cards) + " growth |")
    print("|---" * (len(boards) + 2) + "|")
    for themed in (False, True):
        for name in COMMANDS:
            if name == "PlaceCards" and not themed:
                continue
            label = f"{name}, with themes" if themed else name
            times = [[] for _ in boards]
            for _ in range(given.repeat):
                for board, spent in zip(boards, times, strict=True):
                    spent.append(board.spent(label))
            medians = [median(spent) for spent in times]
            cells = "".join(f" {each:,.0f} |" for each in medians)
            print(f"| {label} |{cells} {medians[-1] / medians[0]:.2f} |", flush=True)
        if not themed:
            for board in boards:
                board.theme()


if __name__ == "__main__":
    main()
