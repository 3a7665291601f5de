"""Joint proposals: a statement, its rationale, to whom it is addressed, and the themes and cards it rests on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

import msgspec

from .agenda import running
from .cards import Card, widened
from .core import LEADS, PERSONAL, Command, Event, Id, Lang, Meta, Refused, Row, State, said
from .positions import between
from .themes import Member, Theme, member_rows

Statement = Annotated[str, msgspec.Meta(min_length=1, max_length=1000)]
Reason = Annotated[str, msgspec.Meta(min_length=1, max_length=1000)]
Addressee = Annotated[str, msgspec.Meta(min_length=1, max_length=60)]


class Proposal(Row, tag="proposals"):
    """A joint statement; `to` names its audience, `themes` and `cards` what it rests on, `withdrawn` takes it out."""

    statement: Annotated[str | None, PERSONAL]
    lang: str
    rationale: Annotated[tuple[str, ...], PERSONAL] = ()
    to: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    cards: tuple[str, ...] = ()
    pos: str = ""
    withdrawn: bool = False
    text_seq: int = 0


class WriteProposal(Command, tag="WriteProposal"):
    """Write a proposal (null: a new one, whose id is the ask's) or change one, saying which version was `seen`."""

    by = LEADS
    statement: Statement
    proposal: Id | None = None
    rationale: Annotated[list[Reason], msgspec.Meta(max_length=20)] = []
    to: Annotated[list[Addressee], msgspec.Meta(max_length=20)] = []
    themes: Annotated[list[Id], msgspec.Meta(max_length=100)] = []
    cards: Annotated[list[Id], msgspec.Meta(max_length=200)] = []
    lang: Lang = "en"
    seen: int = 0

    def decide(self, state: State, meta: Meta) -> Event | None:
        running(state)
        statement = said(self.statement, "statement")
        for theme in self.themes:
            state.need(Theme, theme, "themes")
        for card in self.cards:
            state.need(Card, card, "cards")
        pos = ""
        if self.proposal is not None:
            now = state.need(Proposal, self.proposal, "proposal")
            if now.text_seq > self.seen:
                raise Refused("proposal-changed", "statement", text=now.statement)
            pos = now.pos
        if not pos:
            pos = between(max((p.pos for p in state.all(Proposal)), default=""), "")
        return ProposalWritten(
            proposal=self.proposal or meta.ask,
            statement=statement,
            rationale=[r.strip() for r in self.rationale if r.strip()],
            to=list(dict.fromkeys(self.to)),
            themes=list(dict.fromkeys(self.themes)),
            cards=list(dict.fromkeys(self.cards)),
            lang=self.lang,
            pos=pos,
        )


class ProposalWritten(Event, tag="ProposalWritten"):
    """A proposal was written or changed."""

    proposal: str
    statement: Annotated[str | None, PERSONAL]
    rationale: Annotated[list[str] | None, PERSONAL]
    to: list[str]
    themes: list[str]
    cards: list[str]
    lang: str
    pos: str

    def evolve(self, state: State, seq: int, at: int) -> Iterable[Row]:
        now = state.get(Proposal, self.proposal)
        row = Proposal(
            id=self.proposal,
            audience=now.audience if now else "lead",
            statement=self.statement,
            rationale=tuple(self.rationale or ()),
            to=tuple(self.to),
            themes=tuple(self.themes),
            cards=tuple(self.cards),
            lang=self.lang,
            pos=self.pos,
            withdrawn=now.withdrawn if now else False,
            text_seq=seq,
        )
        yield row
        if row.audience == "all":
            yield from referred(state, [row])


class WithdrawProposal(Command, tag="WithdrawProposal"):
    """Take a proposal out, or bring it back."""

    by = LEADS
    proposal: Id
    withdrawn: bool = True

    def decide(self, state: State, meta: Meta) -> Event | None:
        row = state.need(Proposal, self.proposal, "proposal")
        if row.withdrawn == self.withdrawn:
            return None
        return ProposalWithdrawn(proposal=row.id, withdrawn=self.withdrawn)


class ProposalWithdrawn(Event, tag="ProposalWithdrawn"):
    """A proposal was taken out, or brought back."""

    proposal: str
    withdrawn: bool

    def evolve(self, state: State, seq: int, at: int) -> Iterable[Row]:
        yield msgspec.structs.replace(state.get(Proposal, self.proposal), withdrawn=self.withdrawn)


class ShowProposals(Command, tag="ShowProposals"):
    """Show the proposals to everybody, and with them the themes and cards that they rest on."""

    by = LEADS

    def decide(self, state: State, meta: Meta) -> Event | None:
        proposals = [p for p in state.all(Proposal) if not p.withdrawn]
        if not proposals:
            raise Refused("no-proposals")
        return None if all(p.audience == "all" for p in proposals) else ProposalsShown()


class ProposalsShown(Event, tag="ProposalsShown"):
    """Everybody sees the proposals."""

    irreversible = "what everybody has seen cannot be unseen"

    def evolve(self, state: State, seq: int, at: int) -> Iterable[Row]:
        shown = [msgspec.structs.replace(p, audience="all") for p in state.all(Proposal) if not p.withdrawn]
        yield from shown
        yield from referred(state, shown)


def referred(state: State, proposals: list[Proposal]) -> Iterable[Row]:
    """The themes, members and cards that shown proposals refer to, for all."""
    themes = {id for p in proposals for id in p.themes}
    sessions = {theme.session for id in themes if (theme := state.get(Theme, id))}
    for session in sorted(sessions):
        for theme in state.where(Theme, "session", session):
            if theme.audience == "all":
                continue
            theme = msgspec.structs.replace(theme, audience="all")
            yield theme
            for member in state.where(Member, "theme", theme.id):
                yield from member_rows(state, member.id, theme, member.by, member.fit)
    for id in sorted({id for p in proposals for id in p.cards}):
        if (card := state.get(Card, id)) is not None and card.state == "on":
            yield from widened(state, card)


def held(state: State, card: str) -> bool:
    """True when a theme or a proposal that everybody sees rests on this card."""
    member = state.get(Member, card)
    in_theme = member is not None and member.audience == "all"
    return in_theme or any(card in p.cards for p in state.all(Proposal) if p.audience == "all")
