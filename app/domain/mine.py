"""What is one's own: computed from the token's seals over what one sees, stored nowhere."""

from __future__ import annotations

from typing import Any

from .audiences import Viewer
from .cards import Card, Seal
from .core import LEADS, Meta, Principal, State
from .echoes import Echo, Tally, echo_id
from .voting import Ballot, Vote, ballot_id


def mine(state: State, viewer: Viewer, who: Principal) -> dict[str, Any]:
    """The cards that `who` wrote and those they echoed, of the cards they see, and what they gave in each open vote,
    {vote: {choice: n}}; nothing for a link."""
    if not who.token:
        return {"cards": [], "echoes": [], "ballots": {}}
    meta = Meta("", who, 0)
    seen = [card.id for card in state.all(Card) if viewer.sees(card)]
    return {
        "cards": [id for id in seen if (seal := state.get(Seal, id)) and seal.seal == who.seal(id)],
        "echoes": [id for id in seen if state.get(Tally, id) and state.get(Echo, echo_id(id, meta))],
        "ballots": {
            vote.id: ballot.dots for vote in state.all(Vote) if (ballot := state.get(Ballot, ballot_id(vote.id, meta)))
        },
    }


def reversible(state: State, who: Principal) -> list[int]:
    """The events of a facilitator or organiser that can still be taken back, the newest last."""
    return [seq for seq, past in state.past.items() if past.who == who.id] if who.role in LEADS else []
