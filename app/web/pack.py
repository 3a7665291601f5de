"""A page's scripts as one file, its styles as another: on a slow network thirty small files cost more in waiting and
headers than in bytes.

What is packed are the house's own sheets, whose imports are `@import "x.css";`, and its own modules, written in the few
forms of import and export that the house uses: `import { a, b as c } from "./x.js";` and `export` before a function,
const, let or class, or `export { a, b };`. Each module keeps a scope of its own. What is exported is copied when the
page begins, so nothing may be exported that changes its value later. Vendored files stay files.
"""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Callable

_IMPORT = re.compile(r'^import \{([^}]*)\} from "([^"]+)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export ((?:async )?(?:function|const|let|class) (\w+))", re.MULTILINE)
_CONSTANT = re.compile(r"^const (\w+) ?=[^\n]*;\n", re.MULTILINE)
_LIST = re.compile(r"^export \{([^}]*)\};\n", re.MULTILINE)
_LATER = re.compile(r'\bimport\("([^"]+)"\)')
_SHEET = re.compile(r'^@import "([^"]+)";\n', re.MULTILINE)
_URL = re.compile(r"\burl\(([^)]*)\)")
_LEFT = re.compile(r"^(?:import|export)\b(?!\()", re.MULTILINE)


def pack(entry: str, read: Callable[[str], str]) -> str:
    """The script `entry` with every module that it imports; `read` gives the source at a path.

    Raises ValueError for a circle of imports, or a form of import or export that it doesn't know.
    """
    folder = posixpath.dirname(entry)
    names: dict[str, str] = {}
    vendored: list[str] = []
    packed: list[tuple[str, str, list[str]]] = []
    asked: defaultdict[str, set[str]] = defaultdict(set)

    def place(path: str) -> str:
        """Pack what `path` needs, then itself; the name under which others find it."""
        if path in names:
            if not names[path]:
                raise ValueError(f"{path} imports itself, by way of others")
            return names[path]
        names[path] = ""
        here = posixpath.dirname(path)

        def at(there: str) -> str:
            return posixpath.normpath(posixpath.join(here, there))

        def imported(found: re.Match) -> str:
            asked[at(found[2])] |= {name.split(" as ")[0].strip() for name in found[1].split(",")}
            return f"const {{{_listed(found[1].replace(' as ', ':'))}}}={place(at(found[2]))};\n"

        if "vendor" in path.split("/"):
            names[path] = f"$vendor{len(vendored)}"
            vendored.append(f'import * as {names[path]} from "{relative(path)}";\n')
            return names[path]
        body = _IMPORT.sub(imported, read(path))
        body = _LATER.sub(lambda found: f'import("{relative(at(found[1]))}")', body)
        exports = [name for _, name in _EXPORT.findall(body)]
        exports += [name.strip() for group in _LIST.findall(body) for name in group.split(",")]
        body = _LIST.sub("", _EXPORT.sub(r"\1", body))
        if _LEFT.search(body):
            raise ValueError(f"{path} imports or exports in another form than the house's")
        names[path] = f"${len(packed)}"
        packed.append((path, body, exports))
        return names[path]

    def relative(path: str) -> str:
        found = posixpath.relpath(path, folder)
        return found if found.startswith(".") else f"./{found}"

    place(entry)
    return "".join(vendored) + "".join(
        _scope(names[path], body, exports, asked[path]) for path, body, exports in packed
    )


def _scope(name: str, body: str, exports: list[str], asked: set[str]) -> str:
    """A module in a scope of its own, without the constants of one line that nobody asks for, itself neither."""
    while unasked := [found for found in _CONSTANT.finditer(body) if found[1] not in asked and _once(found[1], body)]:
        body = body[: unasked[0].start()] + body[unasked[0].end() :]
    given = ",".join(export for export in exports if export in asked)
    return f"const {name}=(()=>{{\n{body}return {{{given}}};\n}})();\n"


def _once(name: str, body: str) -> bool:
    return len(re.findall(rf"\b{name}\b", body)) == 1


def _listed(names: str) -> str:
    return ",".join(name.strip() for name in names.split(",") if name.strip())


def pack_sheets(entry: str, read: Callable[[str], str]) -> str:
    """The stylesheet `entry` after every sheet that it imports, each of them once; `read` gives the source at a path.

    Addresses are told from the folder of `entry`. Raises ValueError for an import of another form than
    `@import "x.css";`, and for an address in quotes.
    """
    placed: list[str] = []
    packed: list[str] = []

    def place(path: str) -> None:
        if path in placed:
            return
        placed.append(path)
        here = posixpath.dirname(path)

        def told(found: re.Match) -> str:
            if found[1].strip("\"'") != found[1]:
                raise ValueError(f"{path} has an address in quotes")
            return f"url({posixpath.relpath(posixpath.join(here, found[1]), posixpath.dirname(entry))})"

        source = read(path)
        for imported in _SHEET.findall(source):
            place(posixpath.normpath(posixpath.join(here, imported)))
        body = _URL.sub(told, _SHEET.sub("", source))
        if "@import" in body:
            raise ValueError(f"{path} imports in another form than the house's")
        packed.append(body)

    place(entry)
    return "\n".join(packed)
