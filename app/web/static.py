"""Static files, all under one hash of their contents: whoever has a page has the files that belong to it."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
import re
from dataclasses import dataclass
from pathlib import Path

from flask import Response, abort, request

from .lean import joined, lean, lean_style
from .pack import pack, pack_sheets

WORTH_PACKING = 1000
PACKED = (".css", ".js", ".json", ".svg", ".txt")
TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".woff2": "font/woff2"}
PAGE = re.compile(r"js/[a-z]+\.js")
FOR_EVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class File:
    """A static file as it is sent; `packed` by gzip where that is shorter."""

    type: str
    plain: bytes
    packed: bytes | None


class Static:
    """The files below *folder*, read once; `hash` is that of the whole tree."""

    def __init__(self, folder: Path):
        paths = [path for path in sorted(folder.rglob("*")) if path.is_file()]
        contents = _prepared({path.relative_to(folder).as_posix(): path.read_bytes() for path in paths})
        self._files = {name: _file(name, content) for name, content in contents.items()}
        tree = hashlib.sha256()
        for name, file in self._files.items():
            tree.update(f"{name}\0{len(file.plain)}\0".encode() + file.plain)
        self.hash = tree.hexdigest()[:16]

    def url(self, path: str) -> str:
        """The address of a file; raises KeyError for one that isn't there, so that no page links to nothing."""
        self._files[path]
        return f"/static/{self.hash}/{path}"

    def sent(self, path: str, packed: bool = False) -> bytes:
        """A file as it goes out; `packed`: to a browser that takes gzip. Raises KeyError for one that isn't there."""
        file = self._files[path]
        return file.packed if packed and file.packed is not None else file.plain

    def answer(self, hash: str, path: str) -> Response:
        """A file. A page that is older than the files gets the current one, and doesn't keep it."""
        file = self._files.get(path)
        if file is None:
            abort(404)
        packed = file.packed is not None and "gzip" in request.accept_encodings
        response = Response(self.sent(path, packed), mimetype=file.type)
        response.headers["Cache-Control"] = FOR_EVER if hash == self.hash else "no-store"
        if file.packed is not None:
            response.headers["Vary"] = "Accept-Encoding"
        if packed:
            response.headers["Content-Encoding"] = "gzip"
        return response


def _prepared(contents: dict[str, bytes]) -> dict[str, bytes]:
    """The files as they are sent: ours lean, each sheet with all that it imports, and so the script of each page
    (`js/<page>.js`)."""
    ours = {name: content for name, content in contents.items() if not name.startswith("vendor/")}
    sheets = {name: content.decode() for name, content in ours.items() if name.endswith(".css")}
    scripts = {name: lean(content.decode()) for name, content in ours.items() if name.endswith(".js")}
    pages = [name for name, text in scripts.items() if PAGE.fullmatch(name) and "\nexport " not in text]
    sent = {name: lean_style(pack_sheets(name, sheets.__getitem__)) for name in sheets}
    sent |= scripts | {name: joined(pack(name, scripts.__getitem__)) for name in pages}
    return contents | {name: text.encode() for name, text in sent.items()}


def _file(name: str, plain: bytes) -> File:
    packed = None
    suffix = "." + name.rpartition(".")[2]
    if suffix in PACKED and len(plain) >= WORTH_PACKING:
        packed = gzip.compress(plain, 9, mtime=0)
    kind = TYPES.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    return File(kind, plain, packed)
