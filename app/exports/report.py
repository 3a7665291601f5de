"""The report's parts, in the order that such reports have."""

from __future__ import annotations

from app.domain.lines import SMALL_CELL, CardLine, SessionLine, Summary, ThemeLine

from . import blocks
from .blocks import Block, Part
from .meetings import who_met_whom
from .words import Say, days, has, name_of, words

LANE_TITLES = {
    "common": "Common to all groups",
    "shared": "Shared by some groups",
    "unique": "Raised by one group",
}

REASONS = {
    "first": "the first draw",
    "later": "a session had been held since",
    "people": "people had come or left",
    "rules": "a rule was changed",
    "again": "other groups were wanted",
}


def parts(report: Summary) -> list[Part]:
    """Every part as the program writes it."""
    say = words(report.lang)
    before, contexts, worked, after = _in_order(report)
    made = [
        Part("summary", say("Summary"), _summary(report, say)),
        Part("introduction", say("Introduction"), _introduction(report, say)),
        Part("aims", say("Aims and expectations"), _aims(report, before, say)),
    ]
    if contexts:
        made.append(Part("contexts", say("Contexts"), _boards(report, contexts, say)))
    made += [Part(f"session/{s.id}", s.title, _session(report, s, say)) for s in worked]
    if report.across:
        made.append(Part("across", say("Across sessions"), _across(report, say)))
    if report.proposals:
        made.append(Part("proposals", say("Joint proposals"), [blocks.Proposals(report.proposals)]))
    if after:
        made.append(Part("next-steps", say("Next steps"), _boards(report, after, say)))
    made.append(Part("method", say("Annex: method and draw"), _method(report, say)))
    if any(s.cards and s.themes for s in report.sessions):
        made.append(Part("evidence", say("Annex: the cards behind each theme"), _evidence(report, say)))
    if any(s.cards for s in report.sessions):
        made.append(Part("cards", say("Annex: every card by group"), _every_card(report, say)))
    return [part for part in made if part.blocks]


def edited(report: Summary) -> list[Part]:
    """Every part, with what the organiser wrote in the place of what they replaced."""
    return [
        Part(p.key, p.title, [blocks.Written(report.passages[p.key].text)]) if p.key in report.passages else p
        for p in parts(report)
    ]


def _in_order(report: Summary) -> tuple[list[SessionLine], list[SessionLine], list[SessionLine], list[SessionLine]]:
    """Plenaries before the group work, groups by attribute, the group work, and what came after it."""
    before: list[SessionLine] = []
    contexts: list[SessionLine] = []
    worked: list[SessionLine] = []
    after: list[SessionLine] = []
    for session in report.sessions:
        if session.kind == "talk":
            continue
        if session.kind == "groups":
            (contexts if session.grouping == "attribute" and not session.themes else worked).append(session)
        elif session.themes:
            worked.append(session)
        elif session.cards:
            (after if worked else before).append(session)
    return before, contexts, worked, after


def _summary(report: Summary, say: Say) -> list[Block]:
    found: list[Block] = [
        blocks.Facts(
            [
                (say("People"), str(report.people)),
                (say("Sessions"), str(sum(s.kind == "groups" for s in report.sessions))),
                (say("Common themes"), str(len(report.common()))),
                (say("Joint proposals"), str(len(report.proposals))),
            ]
        )
    ]
    common = [theme.title for theme in report.common()]
    if common:
        found += [blocks.Heading(say("Common to all groups")), blocks.Items(common)]
    if report.proposals:
        found += [blocks.Heading(say("Joint proposals")), blocks.Items([p.statement for p in report.proposals])]
    if not has(report.lang):
        found.append(blocks.Paragraph(say("There are no headings in this language yet; they are in English.")))
    return found


def _introduction(report: Summary, say: Say) -> list[Block]:
    dates = days(report.starts, report.ends, report.lang)
    languages = ", ".join(name_of(lang, report.lang) for lang in report.languages)
    facts = [(say("Place"), report.place), (say("Dates"), dates), (say("Languages"), languages)]
    found: list[Block] = [blocks.Facts([fact for fact in facts if fact[1]])]
    for title, answers in report.answers.items():
        few = say("fewer than {n}", n=SMALL_CELL)
        found.append(blocks.Table([title, say("People")], [[a.title, str(a.people or few)] for a in answers]))
    if report.level == "full" and report.names:
        found += [blocks.Heading(say("People")), blocks.Items(sorted(report.names.values()))]
    return found


def _aims(report: Summary, before: list[SessionLine], say: Say) -> list[Block]:
    found: list[Block] = (
        [blocks.Heading(say("Objectives")), blocks.Items(report.objectives)] if report.objectives else []
    )
    return found + _boards(report, before, say)


def _boards(report: Summary, sessions: list[SessionLine], say: Say) -> list[Block]:
    found: list[Block] = []
    for session in sessions:
        if not session.cards:
            continue
        found.append(blocks.Heading(session.title))
        for board in dict.fromkeys(card.board for card in session.cards):
            group = next((g for g in session.groups if g.id == board), None)
            if group:
                found.append(blocks.Heading(group.title or say("Group {label}", label=group.label), 4))
            found.append(blocks.Cards([told(report, c, say) for c in session.cards if c.board == board]))
    return found


def _session(report: Summary, session: SessionLine, say: Say) -> list[Block]:
    found: list[Block] = [blocks.Items(session.questions)] if session.questions else []
    assigned = [[say("Group {label}", label=g.label), g.assignment] for g in session.groups if g.assignment]
    if assigned:
        found.append(blocks.Table([say("Group"), say("Assignment")], assigned))
    of = len([g for g in session.groups if g.cards]) or 1
    for lane, title in LANE_TITLES.items():
        if themes := session.lane(lane):
            found += [blocks.Heading(say(title)), blocks.Themes(themes, of)]
    if not session.themes:
        found.append(blocks.Paragraph(say("No theme was confirmed.")))
    found += _votes(session, say)
    silent = [g.label for g in session.groups if not g.cards]
    if silent and session.groups:
        found.append(blocks.Paragraph(say("Groups that wrote no card: {groups}", groups=", ".join(silent))))
    if session.unconfirmed:
        found.append(blocks.Paragraph(say("Themes left out because nobody confirmed them: {n}", n=session.unconfirmed)))
    if not session.compared:
        found.append(
            blocks.Paragraph(say("The cards were in different languages and could not all be compared by the program."))
        )
    return found


def _across(report: Summary, say: Say) -> list[Block]:
    """What people said came up in several sessions: the theme of each, with its groups."""
    held = {theme.id: (session, theme) for session in report.sessions for theme in session.themes}
    of = sum(1 for session in report.sessions if session.themes)
    found: list[Block] = []
    for chain in report.across:
        n = len({held[id][0].id for id in chain})
        lines = []
        for session, theme in map(held.__getitem__, chain):
            groups = f" ({', '.join(filter(None, theme.groups))})" if any(theme.groups) else ""
            lines.append(f"{session.title}: {theme.title}{groups}")
        found += [blocks.Heading(held[chain[0]][1].title), blocks.Paragraph(say("In {n} of {of} sessions", n=n, of=of))]
        found.append(blocks.Items(lines))
    return found


def _votes(session: SessionLine, say: Say) -> list[Block]:
    found: list[Block] = []
    for n, vote in enumerate(session.votes, 1):
        found.append(blocks.Heading(say("Vote") if len(session.votes) == 1 else say("Vote {n}", n=n)))
        if vote.voted is None:
            found.append(blocks.Paragraph(say("Fewer than {n} people voted.", n=SMALL_CELL)))
            continue
        found.append(blocks.Paragraph(say("People who voted: {n}. Points for each: {dots}.", n=vote.voted, dots=vote.dots)))
        if vote.totals:
            rows = [[total.title, str(total.dots)] for total in vote.totals]
            found.append(blocks.Table([say("Theme"), say("Points")], rows))
    return found


def _method(report: Summary, say: Say) -> list[Block]:
    found: list[Block] = []
    for session in report.sessions:
        if session.groups:
            few = say("fewer than {n}", n=SMALL_CELL)
            sizes = ", ".join(f"{g.label}: {few if g.size is None else g.size}" for g in session.groups)
            found += [blocks.Heading(session.title), blocks.Facts([(say("Groups"), sizes)])]
            if report.level == "full":
                rows = [[g.label, ", ".join(report.names.get(p, p) for p in g.people)] for g in session.groups]
                found.append(blocks.Table([say("Group"), say("People")], rows))
    for draw in report.draws:
        facts = [(say("Why"), say(REASONS[draw.reason])), (say("Commitment"), draw.commitment)]
        facts += [(say("Seed"), draw.seed)] if draw.seed else []
        facts += [(say("Digest"), draw.digest), (say("Seats changed by hand afterwards"), str(draw.changes))]
        titles = {s.id: s.title for s in report.sessions}
        sessions = ", ".join(titles.get(id, id) for id in draw.sessions)
        found += [blocks.Heading(say("Draw {n}: {sessions}", n=draw.number, sessions=sessions)), blocks.Facts(facts)]
        if "max_meet" in draw.report:
            text = say("Nobody was to be with the same person more often than: {n}", n=draw.report["max_meet"])
            found.append(blocks.Paragraph(text))
    return found + who_met_whom(report, say)


def _every_card(report: Summary, say: Say) -> list[Block]:
    found: list[Block] = []
    for session in report.sessions:
        if not session.cards:
            continue
        found.append(blocks.Heading(session.title))
        for board in dict.fromkeys(card.board for card in session.cards):
            label = next((card.group for card in session.cards if card.board == board), "")
            for section, title in session.sections.items():
                cards = [c for c in session.cards if (c.board, c.section) == (board, section)]
                if cards:
                    head = f"{say('Group {label}', label=label)} · {title}" if label else title
                    found += [blocks.Heading(head, 4), blocks.Cards([told(report, c, say) for c in cards])]
    return _notes_explained(found, say)


def _evidence(report: Summary, say: Say) -> list[Block]:
    """Each confirmed theme of each session with its cards, each with its group."""
    found: list[Block] = []
    for session in report.sessions:
        if not (session.cards and session.themes):
            continue
        found.append(blocks.Heading(session.title))
        for theme in session.themes:
            cards = [told(report, card, say, label=card.group) for card in session.behind(theme)]
            found += [blocks.Heading(theme.title, 4), blocks.Cards(cards)]
    return _notes_explained(found, say)


def _notes_explained(found: list[Block], say: Say) -> list[Block]:
    noted = any(told.note for block in found if isinstance(block, blocks.Cards) for told in block.cards)
    note = say("Cards without a note are written in the language of this report.")
    return [blocks.Paragraph(note), *found] if noted else found


ORIGINS = {
    "": "{language}",
    "person": "Translated by a person from {language}",
    "machine": "Translated by a machine from {language}",
}


def told(report: Summary, card: CardLine, say: Say, label: str = "") -> blocks.Told:
    """A card with its note: its language if that isn't the report's, and who translated what is shown."""
    language = name_of(card.lang, report.lang)
    note = "" if card.lang == report.lang else say(ORIGINS[card.shown_by], language=language)
    return blocks.Told(card, label, note)


def notes(theme: ThemeLine, say: Say) -> list[str]:
    """In which groups a theme is uncertain, in which it is missing, and whether a machine translated it, in words."""
    found = []
    if theme.doubtful:
        found.append(say("Uncertain in: {groups}", groups=", ".join(theme.doubtful)))
    if theme.missing:
        found.append(say("Missing in: {groups}", groups=", ".join(theme.missing)))
    if theme.machine:
        found.append(say("These words were translated by a machine."))
    return found
