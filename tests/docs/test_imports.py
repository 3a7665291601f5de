"""Imports point the way that docs/developing.md draws."""

import ast
import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
APP = ROOT / "app"


def part(path: Path) -> str:
    """The part of the house that a file belongs to: a folder of app/, or a file beside them."""
    first = path.relative_to(APP).parts[0]
    return "app" if first == "__init__.py" else first.removesuffix(".py")


def imported(path: Path) -> set[str]:
    """The full names of the modules that a file imports, wherever in it."""
    package, found = path.relative_to(ROOT).with_suffix("").parts[:-1], set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            module = ".".join(filter(None, [base, node.module]))
            found |= {module, *(f"{module}.{alias.name}" for alias in node.names)}
    return found


def actual() -> dict[str, str]:
    """For each part, the others that it imports, then the libraries in brackets: as docs/developing.md writes it."""
    ours, theirs = defaultdict(set), defaultdict(set)
    for path in APP.rglob("*.py"):
        here = part(path)
        for name in imported(path):
            top, _, rest = name.partition(".")
            if top == "app" and rest:
                ours[here] |= {"wiring" if rest == "create_app" else rest.split(".")[0]} - {here}
            elif top != "app" and top not in sys.stdlib_module_names and top != "__future__":
                theirs[here].add(top)
    parts, picture = {part(path) for path in APP.rglob("*.py")} - {"app"}, {}
    for here in sorted(parts):
        others, libraries = (", ".join(sorted(names)) for names in (ours[here] & parts, theirs[here]))
        if others or libraries:
            picture[here] = f"{others} [{libraries}]".removesuffix(" []").strip()
    return picture


def drawn() -> dict[str, str]:
    """The same from the picture."""
    block = re.search(r"```imports\n(.*?)```", (ROOT / "docs/developing.md").read_text(), re.DOTALL).group(1)
    lines = (line.partition("->") for line in block.splitlines())
    return {here.strip(): " ".join(others.split()) for here, _, others in lines if here.strip()}


def test_the_picture_in_developing_md_is_true():
    assert drawn() == actual()


def test_the_domain_knows_of_thinking_only_how_to_draw_groups_and_how_to_guess_a_language():
    known = {name for path in (APP / "domain").rglob("*.py") for name in imported(path) if "thinking." in name}
    guessing = {name for name in known if name.startswith("app.thinking.wording.guessing")}
    assert {name.split(".")[2] for name in known - guessing} <= {"grouping", "drawing"}


def test_only_translating_talks_to_another_server():
    clients = {"http.client", "urllib.request", "requests", "httpx"}
    known = {part(path) for path in APP.rglob("*.py") if imported(path) & clients}
    assert known == {"translating", "commands", "phones"}, "commands and pretend phones talk to their own server"


@pytest.mark.parametrize("folder", ["domain", "thinking"])
def test_the_pure_parts_know_no_clock_no_chance_and_no_disk(folder):
    impure = {"time", "random", "secrets", "os", "socket", "sqlite3", "subprocess", "threading"}
    known = {(path.name, name) for path in (APP / folder).rglob("*.py") for name in imported(path)}
    seeded = ("chance.py", "random")
    assert {(file, name) for file, name in known if name in impure} - {seeded} == set()


def loaded_by(statement: str) -> set[str]:
    """The modules that a fresh Python has loaded after a statement."""
    program = f"{statement}\nimport sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


HEAVY = {"flask", "socketio", "eventlet", "gevent", "sqlite3", "numpy", "playwright"}


@pytest.mark.parametrize(
    "module",
    ["app", "app.domain.grammar", "app.thinking.grouping", "app.thinking.worker", "app.translating.worker", "app.cli"],
)
def test_a_pure_part_loads_nothing_heavy(module):
    assert loaded_by(f"import {module}") & HEAVY == set()
