"""What a facilitator does with themes in a replay: let the program propose, then decide by the gold labels."""

from __future__ import annotations

from collections import Counter, defaultdict

from .event import Played
from .phone import Phone


def proposed(console: Phone, session: str, ids: list[str]) -> dict:
    """What the program proposes over a session's cards: {themes: [{label, lane, cards}], tray}, cards as indexes."""
    _seen(console, console.must("FindThemes", session=session)["seq"])
    return themes_now(console, session, ids, "proposed")


def themes_now(console: Phone, session: str, ids: list[str], state: str) -> dict:
    """The session's themes of one state, as the console has them; `ids` are the cards in the event's order."""
    tables, index = console.tables, {id: n for n, id in enumerate(ids)}
    themes, placed = [], set()
    for theme in sorted(tables.all("themes"), key=lambda t: t.get("order", 0)):
        if theme["session"] != session or theme.get("state", "proposed") != state:
            continue
        members = [m["id"] for m in tables.all("members") if m["theme"] == theme["id"]]
        cards = sorted(index[id] for id in members if id in index)
        placed.update(cards)
        title = theme.get("title") or tables.get("cards", theme["title_card"])["text"]
        themes.append({"label": title, "lane": theme.get("lane", "unique"), "cards": cards})
    return {"themes": themes, "tray": sorted(set(range(len(ids))) - placed)}


def decided(console: Phone, session: str, ids: list[str], played: Played) -> dict[str, str]:
    """Move, merge, name and confirm until the themes are the gold ones, and show them: gold label -> theme."""
    gold: dict[str, list[str]] = defaultdict(list)
    for id, card in zip(ids, played.cards, strict=True):
        if card.theme is not None:
            gold[card.theme].append(id)
    found: dict[str, str] = {}
    for label, cards in gold.items():
        theme = _likeliest(console, cards, set(found.values()))
        found[label] = theme or console.must("NewTheme", session=session, cards=cards)["id"]
        for card in cards:
            console.must("PlaceCards", cards=[card], theme=found[label])
        _seen(console, console.must("RenameTheme", theme=found[label], title=_title(played, label))["seq"])
    wanted = {id for cards in gold.values() for id in cards}
    members = {m["id"] for m in console.tables.all("members")}
    for id in ids:
        if id not in wanted and id in members:
            console.must("PlaceCards", cards=[id], theme=None)
    for theme in found.values():
        _seen(console, console.must("DecideTheme", theme=theme, state="confirmed")["seq"])
    if any(theme["session"] == session for theme in console.tables.all("themes")):
        _seen(console, console.must("ShowThemes", session=session)["seq"])
    return found


def _seen(console: Phone, seq: int) -> None:
    console.wait(lambda tables: tables.cursor >= seq)


def _likeliest(console: Phone, cards: list[str], taken: set[str]) -> str | None:
    where = {m["id"]: m["theme"] for m in console.tables.all("members")}
    votes = Counter(where[c] for c in cards if c in where and where[c] not in taken)
    return min(votes, key=lambda theme: (-votes[theme], theme)) if votes else None


def _title(played: Played, label: str) -> str:
    title = played.themes[label]
    return title if isinstance(title, str) else next(iter(title.values()))
