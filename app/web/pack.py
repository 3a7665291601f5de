"""A page's scripts as one file: on a slow network thirty small files cost more in waiting and headers than in bytes.

What is packed are the house's own modules, written in the few forms of import and export that the house uses:
`import { a, b as c } from "./x.js";` and `export` before a function, const, let or class, or `export { a, b };`.
Each module keeps a scope of its own. What is exported is copied when the page begins, so nothing may be exported that
changes its value later. Vendored files stay files.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable

_IMPORT = re.compile(r'^import \{([^}]*)\} from "([^"]+)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export ((?:async )?(?:function|const|let|class) (\w+))", re.MULTILINE)
_LIST = re.compile(r"^export \{([^}]*)\};\n", re.MULTILINE)
_LATER = re.compile(r'\bimport\("([^"]+)"\)')
_LEFT = re.compile(r"^(?:import|export)\b(?!\()", re.MULTILINE)


def pack(entry: str, read: Callable[[str], str]) -> str:
    """The script `entry` with every module that it imports; `read` gives the source at a path.

    Raises ValueError for a circle of imports, or a form of import or export that it doesn't know.
    """
    folder = posixpath.dirname(entry)
    names: dict[str, str] = {}
    vendored: list[str] = []
    packed: list[str] = []

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
            return f"const {{{found[1].replace(' as ', ': ')}}} = {place(at(found[2]))};\n"

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
        packed.append(f"const {names[path]} = (() => {{\n{body}return {{ {', '.join(exports)} }};\n}})();\n")
        return names[path]

    def relative(path: str) -> str:
        found = posixpath.relpath(path, folder)
        return found if found.startswith(".") else f"./{found}"

    place(entry)
    return "".join(vendored + packed)
