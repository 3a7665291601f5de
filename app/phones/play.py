"""Plays a recorded event through a running server: everybody joins, is drawn, writes, reports back, sorts, proposes."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable

from app.domain.agenda import SessionPlan, grouping_of, sections_of, steps_of
from app.domain.seating import group_id

from .deciding import decided, proposed, themes_now
from .effort import actions
from .event import EventCard, EventFile, Played, PlenaryCard
from .house import House
from .phone import Lost, Phone

Pause = Callable[[str], None]


class Person:
    """A delegate with their phone."""

    def __init__(self, id: str, phone: Phone):
        self.id, self.phone = id, phone


class Play:
    """One event on one server.

    `pause(what)` is called before each thing that people would look at; `echoes` is the share of true pairs that are
    echoed; `result` fills up as it goes.
    """

    def __init__(self, event: EventFile, house: House, seed: str, echoes: float, pause: Pause = lambda what: None):
        self.event, self.house, self.pause = event, house, pause
        self._echoes, self._chance = echoes, random.Random(f"replay|{seed}")
        self._people: dict[str, Person] = {}
        self._by_id: dict[str, Person] = {}
        self.cards: dict[str, list[str]] = {}
        self._themes: dict[str, str] = {}
        self._untranslated: dict[str, dict[str, str]] = {}
        self.sessions: list[dict] = []
        self.refused = 0

    @property
    def phones(self) -> list[Phone]:
        """All phones, console and stage not among them."""
        return [person.phone for person in self._people.values()]

    def run(self) -> None:
        """From the first phone to the last proposal."""
        self.console = self.house.console
        self.console.must("OpenDoors")
        self.pause("join")
        self.join()
        for session in self.event.agenda:
            self.hold(session)
        self._close_open_step()
        self.propose()

    def join(self) -> None:
        """Everybody joins with the code."""
        self.console.wait(lambda tables: (d := tables.get("doors", "doors")) and d["open"])
        code = self.console.tables.get("doors", "doors")["code"]
        for participant in self.event.participants:
            attributes = {k: v for k, v in participant.attributes.items() if k != "language"}
            lang = participant.attributes.get("language", self.event.working_languages[0])
            phone = self.house.join(code, participant.name or None, attributes, lang)
            person = Person(participant.id, phone)
            self._people[participant.id] = person
            self._by_id[phone.id] = person
            self.pause("joined")
        self._interpreter = next(iter(self._people.values()))
        self.console.must("SetInterpreter", person=self._interpreter.phone.id, on=True)

    def hold(self, session: SessionPlan) -> None:
        """One entry of the agenda, step by step."""
        played = self.event.sessions.get(session.id)
        boards = self.event.plenary_boards.get(session.id)
        groups: dict[str, list[str]] = {}
        entry: dict = {}
        for step in steps_of(session):
            if step in ("themes", "report-back") and not played and not boards:
                continue
            if step in ("proposals", "vote", "sign-off"):
                continue
            self._open(f"{session.id}/{step}")
            if step == "draw":
                groups = self.draw(session)
            elif step == "work" and boards is not None:
                self.write_boards(session, boards)
            elif step == "work" and played:
                self.write(session, played, groups)
            elif step == "report-back":
                self.report_back(session, played, list(groups))
            elif step == "themes" and played and played.cards:
                entry = self.sort(session, played)
        if session.kind == "groups" or session.id in self.cards:
            cards = len(self.cards.get(session.id, []))
            self.sessions.append({"id": session.id, "groups": groups, "cards": cards, **entry})

    def _open(self, step: str) -> None:
        now = next((s["id"] for s in self.console.tables.all("steps") if s.get("state") == "open"), None)
        seq = self.console.must("OpenStep", step=step, **{"from": now})["seq"]
        self.console.wait(lambda tables: tables.cursor >= seq)
        self.pause("step")

    def _close_open_step(self) -> None:
        now = next((s["id"] for s in self.console.tables.all("steps") if s.get("state") == "open"), None)
        if now:
            self.console.must("CloseStep", step=now)

    def draw(self, session: SessionPlan) -> dict[str, list[str]]:
        """Draw or make the groups of a session and show them: label -> the event's ids of the people."""
        console = self.console
        grouping = grouping_of(session)
        if grouping == "random":
            if not any(g["session"] == session.id for g in console.tables.all("groups")):
                console.must("DrawGroups")
        else:
            console.must("MakeGroups", session=session.id)
        if grouping == "hand":
            console.wait(lambda t: sum(g["session"] == session.id for g in t.all("groups")) == session.groups)
            labels = [g["label"] for g in console.tables.all("groups") if g["session"] == session.id]
            ids = [person.phone.id for person in self._people.values()]
            seats = {id: group_id(session.id, labels[n % len(labels)]) for n, id in enumerate(ids)}
            console.must("SeatPeople", session=session.id, seats=seats)
        console.wait(lambda t: self._seated(t, session.id) >= len(self._people))
        self.pause("drawn")
        seq = console.must("RevealGroups", session=session.id)["seq"]
        console.wait(lambda tables: tables.cursor >= seq)
        self.pause("revealed")
        groups: dict[str, list[str]] = defaultdict(list)
        for seat in console.tables.all("seats"):
            if seat["session"] == session.id and seat["person"] in self._by_id:
                label = console.tables.get("groups", seat["group"])["label"]
                groups[label].append(self._by_id[seat["person"]].id)
        for people in groups.values():
            for id in people:
                self._people[id].phone.wait(lambda t: any(s["session"] == session.id for s in t.all("seats")))
        return {label: sorted(groups[label]) for label in sorted(groups)}

    @staticmethod
    def _seated(tables, session: str) -> int:
        return sum(seat["session"] == session for seat in tables.all("seats"))

    def write_boards(self, session: SessionPlan, boards) -> None:
        """The cards of a plenary, or of groups by attribute: by the named author, else people in turn."""
        first = sections_of(session)[0].id
        if isinstance(boards, list):
            everybody = list(self._people.values())
            for n, card in enumerate(boards):
                author = self._people[card.author] if card.author else everybody[n % len(everybody)]
                self._add(session.id, session.id, card.section or first, card, author)
            return
        groups = {g.get("title") or g["label"]: g for g in self.console.tables.all("groups")
                  if g["session"] == session.id}  # fmt: skip
        for name, cards in boards.items():
            group = groups.get(name)
            if group is None:
                raise Lost(f"{session.id} has no group {name}")
            members = self._members(group["id"])
            for n, card in enumerate(cards):
                author = self._people[card.author] if card.author else members[n % len(members)]
                self._add(session.id, group["id"], card.section or first, card, author)

    def _members(self, group: str) -> list[Person]:
        seats = [s for s in self.console.tables.all("seats") if s["group"] == group and s["person"] in self._by_id]
        return sorted((self._by_id[s["person"]] for s in seats), key=lambda p: p.id)

    def write(self, session: SessionPlan, played: Played, groups: dict[str, list[str]]) -> None:
        """The cards of drawn groups, members in turn; where a section has a limit, one too many, to be refused."""
        turn: Counter[str] = Counter()
        for card in played.cards:
            if card.group not in groups:
                raise Lost(f"{session.id} has no group {card.group}")
            members = groups[card.group]
            author = self._people[members[turn[card.group] % len(members)]]
            turn[card.group] += 1
            self._add(session.id, group_id(session.id, card.group), card.section, card, author)
        for section in sections_of(session):
            if section.limit is None or section.per != "group":
                continue
            for label, members in groups.items():
                if sum(c.group == label and c.section == section.id for c in played.cards) == section.limit:
                    self._one_too_many(session.id, label, section.id, self._people[members[0]])

    def _one_too_many(self, session: str, label: str, section: str, author: Person) -> None:
        answer = author.phone.ask(
            "AddCard", board=group_id(session, label), section=f"{session}/{section}", text="One card too many"
        )
        if answer["ok"] or answer["error"]["code"] != "section-full":
            raise Lost(f"a card too many was taken in {session}/{section}")
        self.refused += 1

    def _add(self, session: str, board: str, section: str, card: PlenaryCard | EventCard, author: Person) -> None:
        answer = author.phone.must(
            "AddCard", board=board, section=f"{session}/{section}", text=card.text, lang=card.lang
        )
        self.cards.setdefault(session, []).append(answer["id"])
        if card.translations:
            self._untranslated[answer["id"]] = card.translations
        self.pause("card")

    def _translate(self, cards: Iterable[str], translator: Phone) -> None:
        for card in cards:
            for lang, text in self._untranslated.pop(card, {}).items():
                translator.must("TranslateCard", card=card, lang=lang, text=text)

    def report_back(self, session: SessionPlan, played: Played | None, labels: list[str]) -> None:
        """Every group presents every card, in order; the others echo, if echoes are wanted."""
        boards = [group_id(session.id, label) for label in labels]
        self.console.must("OrderBoards", session=session.id, order=boards)
        cards = self.console.tables.all("cards")
        for board in boards:
            self.console.must("Present", session=session.id, board=board)
            shown = sorted((c for c in cards if c["board"] == board), key=lambda c: (c["section"], c["pos"]))
            for card in shown:
                self.console.must("Present", session=session.id, board=board, card=card["id"])
                self._interpreter.phone.wait(lambda t, id=card["id"]: t.get("cards", id) is not None)
                self._translate([card["id"]], self._interpreter.phone)
                self.pause("present")
        seq = self.console.must("Present", session=session.id)["seq"]
        self.console.wait(lambda tables: tables.cursor >= seq)

    def _echo(self, session: SessionPlan, played: Played) -> int:
        ids, said = self.cards[session.id], 0
        for n, card in enumerate(played.cards):
            for m, own in enumerate(played.cards):
                if card.theme is None or card.theme != own.theme or card.group == own.group:
                    continue
                if self._chance.random() >= self._echoes:
                    continue
                members = self._members(group_id(session.id, own.group))
                person = members[said % len(members)]
                person.phone.wait(lambda t, id=ids[n]: t.get("cards", id) is not None)
                person.phone.must("EchoCard", card=ids[n], own_card=ids[m])
                said += 1
        return said

    def sort(self, session: SessionPlan, played: Played) -> dict:
        """The program proposes, which is recorded; then the gold labels decide: what the result says of it."""
        ids, gold = self.cards[session.id], [card.theme for card in played.cards]
        self._translate(ids, self.console)
        self.pause("themes")
        entry = {"proposed": proposed(self.console, session.id, ids)}
        if self._echoes and self._echo(session, played):
            entry["proposed_with_echoes"] = proposed(self.console, session.id, ids)
        self.pause("proposed")
        self._themes |= decided(self.console, session.id, ids, played)
        self.pause("decided")
        entry["decided"] = themes_now(self.console, session.id, ids, "confirmed")
        steps = actions([theme["cards"] for theme in entry["proposed"]["themes"]], gold)
        labelled = sum(label is not None for label in gold)
        return {**entry, "actions_per_card": round(steps / max(1, labelled), 4)}

    def propose(self) -> None:
        """The joint proposals, with what they rest on."""
        for proposal in self.event.proposals:
            self.console.must(
                "WriteProposal",
                statement=proposal.statement,
                rationale=proposal.rationale,
                to=proposal.audience,
                themes=[self._themes[label] for label in proposal.from_themes if label in self._themes],
                lang=proposal.lang,
            )
            self.pause("proposal")
        if self.event.proposals:
            seq = self.console.must("ShowProposals")["seq"]
            self.console.wait(lambda tables: tables.cursor >= seq)

    def skipped(self) -> list[str]:
        """What the event has and the product hasn't."""
        found = [name for name in ("agreement", "minority_notes") if getattr(self.event, name)]
        steps = {step for session in self.event.agenda for step in steps_of(session)}
        return found + sorted(f"step {step}" for step in steps & {"vote", "sign-off"})
