"""What the terminal says when the server is ready: address and QR, the organiser's link, the data, how to stop."""

import sys
from pathlib import Path

import segno

BLACK_ON_WHITE, AS_BEFORE = "\033[30;107m", "\033[0m"


def greeting(links: list[str], organiser: str, data: Path, terminal: bool, encoding: str = "utf-8") -> str:
    """The whole text.

    Args:
        links: the addresses for phones, the best first.
        organiser: the organiser's link, secret included.
        data: the folder of workshops.
        terminal: whether colours can be shown.
        encoding: of the output; half blocks are left out where it can't show them.
    """
    lines = ["", f"    {bold('Baraza is ready.', terminal)}  Phones:  {bold(links[0], terminal)}", ""]
    lines += [f"    {row}" for row in drawn(links[0], terminal, encoding)]
    if len(links) > 1:
        lines += ["", f"    On another network:   {'   '.join(links[1:])}"]
    if "//127." in links[0] or "//localhost" in links[0]:
        lines += ["", "    No network was found, so phones can't reach this address: connect to the"]
        lines += ["    Wi-Fi, or open a hotspot, and start again."]
    lines += [
        "",
        f"    Organiser:  {bold(organiser, terminal)}",
        "                Who has this link runs the workshops; keep it to yourself.",
        f"    Data:       {data}",
        "    Stop:       Ctrl+C",
        "",
    ]
    return "\n".join(lines)


def bold(text: str, terminal: bool) -> str:
    """The text in bold where that can be shown."""
    return f"\033[1m{text}\033[0m" if terminal else text


def drawn(text: str, terminal: bool, encoding: str) -> list[str]:
    """A QR code as lines, two rows of modules in each, black on white."""
    rows = [*segno.make(text, error="m", micro=False).matrix_iter(border=4)]
    rows += [bytes(len(rows[0]))] * (len(rows) % 2)
    lines = []
    for upper, lower in zip(rows[::2], rows[1::2], strict=True):
        lines.append("".join(" ▀▄█"[above + 2 * below] for above, below in zip(upper, lower, strict=True)))
    try:
        lines[4].encode(encoding)
    except UnicodeEncodeError:
        return []
    if terminal:
        return [f"{BLACK_ON_WHITE}{line}{AS_BEFORE}" for line in lines]
    # Without colours most people see light letters on a dark ground, so the light modules are the ones drawn.
    return [line.translate(str.maketrans(" ▀▄█", "█▄▀ ")) for line in lines]


def greet(links: list[str], organiser: str, data: Path) -> None:
    """Print the greeting."""
    print(greeting(links, organiser, data, sys.stdout.isatty(), sys.stdout.encoding or "ascii"), flush=True)
