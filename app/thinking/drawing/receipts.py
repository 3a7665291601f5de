"""One way to write a value as bytes, and the digests made from them."""

import hashlib
import json


def canonical(value) -> str:
    """JSON with sorted keys, no spaces, ASCII only: equal values give equal text on every machine."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def digest(value) -> str:
    """SHA-256 of the canonical JSON, in hex."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def commitment(secret: str) -> str:
    """What is published before the list closes, so that the secret can't be chosen afterwards."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def seed_of(secret: str, public: str, instance_digest: str, number: int) -> str:
    """The seed of draw `number`: nobody can aim it without knowing secret, public part and list beforehand."""
    return digest([secret, public, instance_digest, number])


def alias(salt: str, person: str) -> str:
    """The id under which somebody stands in one receipt only: 12 hex digits that nobody can make without the salt."""
    return digest([salt, person])[:12]


def public(words: str, luck: list[str]) -> str:
    """What the room has added to chance: words called out, and numbers from phones in their order."""
    return "|".join([words, *sorted(luck)])


def chained(entries: list[dict], entry: dict) -> list[dict]:
    """The entries with one more, whose `hash` covers its content and the hash before it in the same session."""
    before = next((e["hash"] for e in reversed(entries) if e.get("session") == entry.get("session")), "")
    return [*entries, {**entry, "before": before, "hash": _link(before, entry)}]


def first_broken_link(entries: list[dict]) -> int | None:
    """The index of the first entry that doesn't follow from the one before of its session, or None."""
    before: dict[str, str] = {}
    for k, entry in enumerate(entries):
        chain = str(entry.get("session", ""))
        content = {key: value for key, value in entry.items() if key not in ("before", "hash")}
        last = before.get(chain, "")
        if entry.get("before") != last or entry.get("hash") != _link(last, content):
            return k
        before[chain] = entry["hash"]
    return None


def _link(before: str, content: dict) -> str:
    return digest({"before": before, "entry": content})
