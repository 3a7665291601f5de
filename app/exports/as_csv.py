"""CSV: a table each of cards, their translations, themes, the cards of themes, votes, themes across sessions, groups,
meetings and proposals, in one zip,
safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
import zipfile

from app.domain.lines import CardLine, Summary

DANGEROUS = re.compile(r"(^|[\r\n])([\s\u00a0\ufeff]*)([=+\-@\t\r|%])")
"""What a spreadsheet would take for a formula: at the start of a cell or of a line in it, after any white space."""

MADE_SAFE = re.compile(r"(^|[\r\n])'([\s\u00a0\ufeff]*)(?=[=+\-@\t\r|%])")


def write(report: Summary) -> bytes:
    """The zip; its files have a fixed date, since the time of an export is nobody's business."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, rows in _tables(report).items():
            entry = zipfile.ZipInfo(f"{name}.csv", (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, table(rows))
    return out.getvalue()


def safe(value: object) -> str:
    """A cell that stays text."""
    return DANGEROUS.sub(r"\1'\2\3", str(value))


def plain(cell: str) -> str:
    """The text that `safe` has made this cell of."""
    return MADE_SAFE.sub(r"\1\2", cell)


def table(rows: list[list]) -> bytes:
    """One table as a file; every cell stays text."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows([[safe(value) for value in row] for row in rows])
    return ("\ufeff" + text.getvalue()).encode()


def _tables(report: Summary) -> dict[str, list[list]]:
    titles = {theme.id: theme.title for session in report.sessions for theme in session.themes}
    tables: dict[str, list[list]] = {
        "themes": [["session", "theme", "lane", "groups", "missing", "cards"]],
        "groups": [["session", "group", "title", "assignment", "people", "cards"]],
        "proposals": [["proposal", "rationale", "to", "rests on"]],
    }
    for session in report.sessions:
        for theme in session.themes:
            groups, missing = " ".join(theme.groups), " ".join(theme.missing)
            tables["themes"].append([session.id, theme.title, theme.lane, groups, missing, sum(theme.cards.values())])
        for n, vote in enumerate(session.votes, 1):
            head = ["session", "vote", "people who voted", "points for each", "theme", "points"]
            rows = tables.setdefault("votes", [head])
            rows += [[session.id, n, vote.voted, vote.dots, total.title, total.dots] for total in vote.totals]
        for group in session.groups:
            named = "; ".join(report.names.get(p, p) for p in group.people)
            people = named or ("" if group.size is None else group.size)
            tables["groups"].append([session.id, group.label, group.title, group.assignment, people, group.cards])
    held = {theme.id: (session, theme) for session in report.sessions for theme in session.themes}
    for n, chain in enumerate(report.across, 1):
        rows = tables.setdefault("across-sessions", [["number", "session", "theme", "lane", "groups"]])
        rows += [[n, session.id, t.title, t.lane, " ".join(t.groups)] for session, t in map(held.__getitem__, chain)]
    for proposal in report.proposals:
        reasons, to = "\n".join(proposal.rationale), "; ".join(proposal.to)
        tables["proposals"].append([proposal.statement, reasons, to, "; ".join(proposal.theme_titles)])
    if met := report.meetings:
        tables["meetings"] = [["times together", "pairs of people"], *map(list, enumerate(met.times))]
        if met.matrix:
            who = met.names or [str(n + 1) for n in range(met.people)]
            rows = [[*row[:n], "", *row[n + 1 :]] for n, row in enumerate(met.matrix)]
            tables["who-met-whom"] = [["", *who], *([name, *row] for name, row in zip(who, rows, strict=True))]
    if report.level != "public":
        tables |= _of_cards(report, titles)
    return tables


WORDS = ["language", "text", "shown", "shown in", "translated by"]


def _words(card: CardLine) -> list:
    return [card.lang, card.text, card.shown, card.shown_lang, card.shown_by]


def _of_cards(report: Summary, titles: dict[str, str]) -> dict[str, list[list]]:
    """What only a level that has the cards has: them, the cards of each theme, and every translation."""
    full = report.level == "full"
    cards: list[list] = [["session", "group", "section", *WORDS, "theme", "echoes", *(["author"] if full else [])]]
    evidence: list[list] = [["session", "theme", "lane", "group", *WORDS]]
    translations: list[list] = [["session", "group", "language", "text", "into", "translation", "translated by"]]
    for session in report.sessions:
        for card in session.cards:
            row = [session.id, card.group, session.sections.get(card.section, card.section), *_words(card)]
            author = [report.names.get(card.author, card.author or "")] if full else []
            cards.append([*row, titles.get(card.theme, ""), card.echoes, *author])
            translations += [
                [session.id, card.group, card.lang, card.text, lang, text, card.translators[lang]]
                for lang, text in card.translations.items()
            ]
        for theme in session.themes:
            evidence += [[session.id, theme.title, theme.lane, c.group, *_words(c)] for c in session.behind(theme)]
    return {"cards": cards, "theme-cards": evidence, "translations": translations}
