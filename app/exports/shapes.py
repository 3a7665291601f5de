"""The sign of a group in a document: letter, shape and colour together, as inline SVG."""

from __future__ import annotations

from html import escape

# label's letter -> (fill, colour of the letter, shape in a box of 40, height of the letter)
SHAPES = {
    "A": ("#F0A030", "#12232B", '<circle cx="20" cy="20" r="17"/>', 27),
    "B": ("#1B66AD", "#FFFFFF", '<rect x="4" y="4" width="32" height="32"/>', 27),
    "C": ("#0F7F5F", "#FFFFFF", '<path d="M20 3 38 36H2Z"/>', 32),
    "D": ("#F5E35B", "#12232B", '<path d="M20 2 38 20 20 38 2 20Z"/>', 27),
    "E": ("#C988BC", "#12232B", '<path d="M11 4h18l9 16-9 16H11L2 20Z"/>', 27),
    "F": ("#86CBF2", "#12232B", '<path d="M3 36V20a17 17 0 0 1 34 0v16Z"/>', 29),
    "G": ("#BE4A0A", "#FFFFFF", '<path d="M20 2c9 11 13 16 13 22a13 13 0 0 1-26 0C7 18 11 13 20 2Z"/>', 31),
    "H": ("#4B5560", "#FFFFFF", '<path d="M4 4h32l-7 16 7 16H4Z"/>', 27),
}


def shape(label: str) -> str:
    """SVG of a group's sign; '' where a board belongs to no group."""
    if not label:
        return ""
    fill, ink, drawn, height = SHAPES.get(label[0], SHAPES["H"])
    drawn = drawn.replace("/>", f' fill="{fill}" stroke="#12232B" stroke-width="2"/>')
    letters = f'<text x="20" y="{height}" fill="{ink}" text-anchor="middle">{escape(label)}</text>'
    return f'<svg class="shape" viewBox="0 0 40 40" role="img" aria-label="{escape(label)}">{drawn}{letters}</svg>'
