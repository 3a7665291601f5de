"""Static files, all under one hash of their contents: whoever has a page has the files that belong to it."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from pathlib import Path

from flask import Response, abort, request

from .lean import lean

WORTH_PACKING = 1000
PACKED = (".css", ".js", ".json", ".svg", ".txt")
TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".woff2": "font/woff2"}
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
        self._files = {path.relative_to(folder).as_posix(): _read(path) for path in sorted(folder.rglob("*")) if
                       path.is_file()}  # fmt: skip
        tree = hashlib.sha256()
        for name, file in self._files.items():
            tree.update(f"{name}\0{len(file.plain)}\0".encode() + file.plain)
        self.hash = tree.hexdigest()[:16]

    def url(self, path: str) -> str:
        """The address of a file; raises KeyError for one that isn't there, so that no page links to nothing."""
        self._files[path]
        return f"/static/{self.hash}/{path}"

    def answer(self, hash: str, path: str) -> Response:
        """A file. A page that is older than the files gets the current one, and doesn't keep it."""
        file = self._files.get(path)
        if file is None:
            abort(404)
        packed = file.packed is not None and "gzip" in request.accept_encodings
        response = Response(file.packed if packed else file.plain, mimetype=file.type)
        response.headers["Cache-Control"] = FOR_EVER if hash == self.hash else "no-store"
        if file.packed is not None:
            response.headers["Vary"] = "Accept-Encoding"
        if packed:
            response.headers["Content-Encoding"] = "gzip"
        return response


def _read(path: Path) -> File:
    plain = path.read_bytes()
    if path.suffix in (".js", ".css") and "vendor" not in path.parts:
        plain = lean(plain.decode()).encode()
    packed = None
    if path.suffix in PACKED and len(plain) >= WORTH_PACKING:
        packed = gzip.compress(plain, 9, mtime=0)
    kind = TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return File(kind, plain, packed)
