"""`run.py themes`: proposed themes from the shell, without a server.

A plain function from text to (exit code, stdout, stderr): 0 done, 1 the glossary can't be used, 2 not JSON or not a
request.
"""

import json

import msgspec

Answer = tuple[int, str, str]


class _Card(msgspec.Struct):
    id: str | int
    group: str | int
    text: str
    lang: str | None = None
    translations: dict[str, str | None] | None = None


class _Theme(msgspec.Struct):
    id: str
    card_ids: list[str | int]


_Pairs = list[tuple[str | int, str | int]]


class _Request(msgspec.Struct):
    cards: list[_Card]
    echoes: _Pairs | None = None
    must: _Pairs | None = None
    cannot: _Pairs | None = None
    themes: list[_Theme] | None = None
    pins: list[str | int] | None = None
    apart: list[tuple[str | int, str]] | None = None
    glossary: bool | str | None = None
    finer: float | None = None
    language: str | None = None
    languages: list[str] | None = None
    words: str | None = None


def themes_command(stdin_text: str) -> Answer:
    """Proposes themes for the cards on stdin; what a request and the answer hold is said at `thinking.themes`."""
    from app.thinking.glossary import BadGlossary
    from app.thinking.themes import propose

    try:
        request = json.loads(stdin_text)
        checked = msgspec.convert(request, _Request)
    except (ValueError, RecursionError) as fault:
        return 2, "", f"This isn't a request for themes. {_line(fault)}\n"
    if len({str(card.id) for card in checked.cards}) < len(checked.cards):
        return 2, "", "This isn't a request for themes. Two cards have the same id.\n"
    if checked.finer is not None and not 0.1 <= checked.finer <= 20:
        return 2, "", "This isn't a request for themes. `finer` goes from 0.1 to 20.\n"
    if checked.glossary is True:
        return 2, "", "This isn't a request for themes. `glossary` is false or a path.\n"
    try:
        answer = propose(request)
    except BadGlossary as fault:
        return 1, "", f"The glossary can't be used: {_line(fault)}\n"
    return 0, json.dumps(answer, ensure_ascii=False, indent=1) + "\n", ""


def _line(fault: Exception) -> str:
    return " ".join(str(fault).split())
