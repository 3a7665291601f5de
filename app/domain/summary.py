"""The report read from a workshop's state, as a viewer of one level may see it, in one language."""

from __future__ import annotations

import hashlib
from collections import Counter

from .across import across
from .agenda import Section, Session, Workshop
from .audiences import Viewer
from .boards import boards_of
from .cards import Author, Card, Translation, cards_on
from .core import State, Text
from .draws import Receipt
from .echoes import Tally
from .finding import Comparison
from .lines import (
    SMALL_CELL,
    Answer,
    CardLine,
    DrawLine,
    Edited,
    GroupLine,
    ProposalLine,
    SessionLine,
    Summary,
    ThemeLine,
)
from .lots import Commitment, Draw
from .meetings import meetings
from .passages import Passage
from .people import Answered, Named, Person
from .proposals import Proposal
from .receipts import Entry, complete
from .results import votes_of
from .seating import Group, Seat, groups_of
from .themes import LANES, Member, Theme


def pick(text: Text, lang: str, languages: list[str] | tuple[str, ...]) -> str:
    """A text in a language, else in the first of the workshop's that it has, else in any."""
    if isinstance(text, str):
        return text
    for name in (lang, *languages):
        if text.get(name):
            return text[name]
    return next((t for t in text.values() if t), "")


def digest(text: str) -> str:
    """The digest under which a passage remembers the generated text that it replaces."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def summary(state: State, level: str, lang: str | None = None) -> Summary:
    """The report as a viewer of `level` (public, team, full) may see it; `lang` is the workshop's first otherwise."""
    workshop = state.get(Workshop, "workshop")
    languages = list(workshop.working_languages)
    return _Reader(state, level, lang or languages[0], languages).read(workshop)


class _Reader:
    def __init__(self, state: State, level: str, lang: str, languages: list[str]):
        self.state, self.level, self.lang, self.languages = state, level, lang, languages
        self.viewer = Viewer(f"level:{level}")

    def text(self, text: Text) -> str:
        return pick(text, self.lang, self.languages)

    def sees(self, row) -> bool:
        return row is not None and self.viewer.sees(row)

    def read(self, workshop: Workshop) -> Summary:
        state = self.state
        sessions = sorted(state.all(Session), key=lambda s: s.pos)
        proposals = sorted((p for p in state.all(Proposal) if not p.withdrawn), key=lambda p: (p.pos, p.id))
        named = {n.id: n.name for n in state.all(Named) if n.name and self.sees(n)}
        return Summary(
            level=self.level,
            lang=self.lang,
            languages=self.languages,
            title=self.text(workshop.title),
            place=self.text(workshop.place),
            starts=workshop.starts,
            ends=workshop.ends,
            objectives=[self.text(o) for o in workshop.objectives],
            people=sum(1 for _ in state.all(Person)),
            answers=self.answers(workshop),
            sessions=[self.session(s) for s in sessions],
            across=[[theme.id for theme in chain] for chain in across(state)],
            proposals=[self.proposal(p) for p in proposals],
            draws=[self.draw(d) for d in sorted(state.all(Draw), key=lambda d: d.number)],
            meetings=meetings(state, named if self.level == "full" else None),
            names=named,
            passages={
                p.key: Edited(p.text, p.of) for p in state.all(Passage) if p.lang == self.lang and p.text is not None
            },
        )

    def draw(self, draw: Draw) -> DrawLine:
        state, kept = self.state, self.state.get(Receipt, draw.id)
        commitment = state.get(Commitment, draw.id)
        changes = sum(entry.draw == draw.number and entry.audience == "all" for entry in state.all(Entry))
        return DrawLine(
            number=draw.number,
            sessions=list(draw.sessions),
            reason=draw.reason,
            commitment=commitment.digest,
            seed=kept.seed if self.level == "full" or complete(state, draw) else "",
            digest=draw.digest,
            report=draw.report,
            changes=changes,
        )

    def answers(self, workshop: Workshop) -> dict[str, list[Answer]]:
        given = [row.values or {} for row in self.state.all(Answered)]
        found = {}
        for attribute in workshop.attributes:
            counts = Counter(values[attribute.id] for values in given if attribute.id in values)
            titles = {v.id: self.text(v.title) or v.id for v in attribute.values}
            order = [*titles, *sorted(counts.keys() - titles.keys())]
            found[self.text(attribute.title) or attribute.id] = [
                Answer(titles.get(v, v), counts[v] if self.countable(counts[v], v) else None)
                for v in order
                if counts[v]
            ]
        return found

    def session(self, session: Session) -> SessionLine:
        state = self.state
        boards = boards_of(state, session.id)
        on = [card for board in boards for card in cards_on(state, board)]
        confirmed, unconfirmed = [], 0
        for theme in state.where(Theme, "session", session.id):
            if theme.state == "confirmed":
                confirmed.append(self.theme(theme, on))
            elif theme.state == "proposed":
                unconfirmed += 1
        comparison = state.get(Comparison, session.id)
        sections = sorted(state.where(Section, "session", session.id), key=lambda s: s.pos)
        placed = {card for theme in confirmed for card in theme.card_ids}
        order = {section.id: n for n, section in enumerate(sections)}
        lines = [self.card(card) for card in on if self.sees(card)]
        return SessionLine(
            id=session.id,
            title=self.text(session.title) or session.id,
            kind=session.kind,
            grouping=session.grouping,
            day=session.day,
            questions=[self.text(q) for q in session.questions],
            sections={section.id: self.text(section.title) for section in sections},
            groups=[self.group(session, g) for g in groups_of(state, session.id)] if session.kind == "groups" else [],
            themes=sorted(confirmed, key=lambda t: (LANES.index(t.lane), -sum(t.cards.values()), t.title)),
            cards=sorted(lines, key=lambda c: (boards.index(c.board), order.get(c.section, 0))),
            people=sum(1 for _ in state.where(Seat, "session", session.id)),
            unsorted=len([card for card in on if card.id not in placed]),
            unconfirmed=unconfirmed,
            compared_in=comparison.language if comparison else None,
            compared=comparison.compared if comparison else True,
            votes=votes_of(state, session.id, {theme.id: theme.title for theme in confirmed}, self.fewest()),
        )

    def fewest(self) -> int:
        """The smallest number of people that may be told of what they did together."""
        return 1 if self.level == "full" else SMALL_CELL

    def group(self, session: Session, group: Group) -> GroupLine:
        seats = [seat for seat in self.state.where(Seat, "group", group.id) if self.sees(seat)]
        return GroupLine(
            id=group.id,
            label=group.label,
            title=group.title,
            place=self.text(group.place),
            assignment=self.text(session.assignments.get(group.label, "")),
            size=group.size if self.countable(group.size, group.title) else None,
            cards=len(cards_on(self.state, group.id)),
            people=sorted(seat.person for seat in seats),
        )

    def countable(self, people: int, answer: str) -> bool:
        """False for fewer people than the small-cell number who gave the same answer, below the full level."""
        return not answer or people >= self.fewest()

    def label(self, board: str) -> str:
        group = self.state.get(Group, board)
        return group.label if group else ""

    def words(self, card: Card) -> tuple[str, str, str]:
        """A card's words in the report's language where it has them, the language they are in, and who translated
        them, if anybody did."""
        if card.lang != self.lang:
            translation = self.state.get(Translation, f"{card.id}.{self.lang}")
            if translation and translation.text:
                return translation.text, self.lang, translation.by
        return card.text or "", card.lang, ""

    def theme(self, theme: Theme, on: list[Card]) -> ThemeLine:
        state = self.state
        members = {m.id for m in state.where(Member, "theme", theme.id)}
        cards = [card for card in on if card.id in members]
        counts = Counter(self.label(card.board) for card in cards)
        title_card = state.get(Card, theme.title_card)
        quote, _, quoted_by = self.words(title_card) if title_card else ("", "", "")
        writing = dict.fromkeys(self.label(card.board) for card in on)
        labels = [self.label(board) for board in theme.groups]
        may_quote = self.level != "public" or bool(title_card and title_card.audience == "all")
        return ThemeLine(
            id=theme.id,
            title=theme.title or quote,
            lane=theme.lane,
            groups=labels,
            doubtful=[label for label in counts if label not in labels],
            missing=[label for label in writing if label not in counts],
            cards=dict(sorted(counts.items())),
            quote=quote if may_quote else "",
            card_ids=[card.id for card in cards],
            overruled=theme.overruled is not None,
            machine=quoted_by == "machine" and (may_quote or not theme.title),
        )

    def card(self, card: Card) -> CardLine:
        state = self.state
        shown, shown_lang, shown_by = self.words(card)
        member, tally, author = state.get(Member, card.id), state.get(Tally, card.id), state.get(Author, card.id)
        theme = state.get(Theme, member.theme) if member else None
        translated = [t for t in state.where(Translation, "card", card.id) if t.text]
        return CardLine(
            id=card.id,
            board=card.board,
            group=self.label(card.board),
            section=card.section,
            lang=card.lang,
            text=card.text or "",
            shown=shown,
            shown_lang=shown_lang,
            translations={t.lang: t.text for t in translated},
            theme=theme.id if theme and theme.state == "confirmed" else None,
            translators={t.lang: t.by for t in translated},
            shown_by=shown_by,
            echoes=tally.echoes if tally else 0,
            author=author.person if self.sees(author) else None,
        )

    def proposal(self, proposal: Proposal) -> ProposalLine:
        themes = [t for id in proposal.themes if (t := self.state.get(Theme, id)) and t.state == "confirmed"]
        return ProposalLine(
            id=proposal.id,
            statement=proposal.statement or "",
            rationale=list(proposal.rationale),
            to=list(proposal.to),
            themes=[t.id for t in themes],
            theme_titles=[self.theme_title(t) for t in themes],
            cards=list(proposal.cards) if self.level != "public" else [],
        )

    def theme_title(self, theme: Theme) -> str:
        card = self.state.get(Card, theme.title_card)
        return theme.title or (self.words(card)[0] if card else "")
