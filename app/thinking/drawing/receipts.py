"""One way to write a value as bytes, and the digests made from them."""

import hashlib
import json


def canonical(value) -> str:
    """JSON with sorted keys, no spaces, ASCII only: equal values give equal text on every machine."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)


def digest(value) -> str:
    """SHA-256 of the canonical JSON, in hex."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()
