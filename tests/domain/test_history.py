"""The history of a theme is what the journal says of it."""

from app.domain.history import deeds
from app.domain.themes import Theme
from tests.domain.room import Room


def test_the_history_of_a_theme_tells_each_change_of_it_with_who_and_no_other():
    room = Room().drawn(6)
    cards = [room.card(f"one.{label}", f"Water {label}") for label in "ABC"]
    theme = room.ask("NewTheme", session="one", cards=cards[:2]).event.theme
    other = room.ask("NewTheme", session="one", cards=cards[2:]).event.theme
    room.ask("RenameTheme", theme=theme, title="Water")
    room.ask("DecideTheme", theme=theme, state="confirmed")
    room.ask("PlaceCards", cards=[cards[0]], theme=other)
    room.ask("Undo", event=room.changes[-1].seq)
    room.ask("MergeThemes", theme=other, into=theme)
    told = deeds(room.changes, theme)
    assert [deed.kind for deed in told] == [
        "ThemeMade",
        "ThemeRenamed",
        "ThemeDecided",
        "CardsPlaced",
        "Undone",
        "ThemesMerged",
    ]
    made, renamed, decided, placed, undone, merged = told
    assert (made.begun, set(made.came)) == (True, set(cards[:2]))
    assert (renamed.title, decided.state) == ("Water", "confirmed")
    assert (placed.went, placed.state) == ((cards[0],), "proposed")
    assert (undone.came, undone.state) == ((cards[0],), "confirmed")
    assert merged.came == (cards[2],)
    assert {deed.who for deed in told} == {"lead"}
    assert [deed.gone for deed in deeds(room.changes, other)] == [False] * 3 + [True]
    assert room.state.get(Theme, theme)
