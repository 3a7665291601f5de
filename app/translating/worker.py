"""Translating cards in a process of its own: JSON on stdin, JSON on stdout, then the end.

    {"job": "translate", "lang": "en", "cards": [{"id", "lang", "text", …}],
     "service": {"url", "key"?, "patience"?, "seconds"?} or null}
        -> {"ok": true, "translate": {"texts": {id: text}, "unknown": [lang]}}

`unknown` are languages of cards that the service doesn't know; cards that weren't reached in time, or not before it
failed, are left out of `texts`. Where nothing at all could be translated the answer is {"ok": false, "error": {"code":
"translation-failed", "facts": {reason}}}, the reason `not-set-up`, `language` {languages}, or one of `Failed`'s. No
answer of the service, and no word of a card, is ever in an error. Run as `python -m app.translating.worker`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator

from .service import Failed, Service

MOST_TEXTS = 20
MOST_CHARACTERS = 4000
"""What goes into one request: services refuse more than some 5,000 characters."""


def translate(request: dict) -> dict:
    """The translations of the cards of a request, by card; raises Failed."""
    if not request.get("service"):
        raise Failed("not-set-up")
    service = Service(**request["service"])
    reads = service.languages()
    target = code_of(request["lang"], set(reads))
    if target is None:
        raise Failed("language", languages=[request["lang"]])
    texts: dict[str, str] = {}
    unknown: list[str] = []
    failed: Failed | None = None
    for lang in dict.fromkeys(card["lang"] for card in request["cards"]):
        source = code_of(lang, {code for code, targets in reads.items() if target in targets})
        cards = [card for card in request["cards"] if card["lang"] == lang]
        if source is None:
            unknown.append(lang)
        elif source != target and failed is None:
            failed = _translated(service, cards, source, target, texts)
    if not texts and failed is not None:
        raise failed
    if not texts and unknown:
        raise Failed("language", languages=unknown)
    return {"texts": texts, "unknown": unknown}


def _translated(service: Service, cards: list[dict], source: str, target: str, texts: dict[str, str]) -> Failed | None:
    """Put the translations of cards of one language into `texts`, until the service fails."""
    for batch in batches(cards):
        try:
            made = service.translate([card["text"] for card in batch], source, target)
        except Failed as failed:
            return failed
        texts.update({card["id"]: text for card, text in zip(batch, made, strict=True) if text.strip()})
    return None


def batches(cards: list[dict]) -> Iterator[list[dict]]:
    """The cards in portions of which each fits into one request."""
    batch: list[dict] = []
    for card in cards:
        longer = sum(len(other["text"]) for other in batch) + len(card["text"])
        if batch and (len(batch) == MOST_TEXTS or longer > MOST_CHARACTERS):
            yield batch
            batch = []
        batch.append(card)
    if batch:
        yield batch


def code_of(lang: str, known: set[str]) -> str | None:
    """What the service calls a language: the same tag, or one that begins alike (`zh` is its `zh-Hans`)."""
    wanted = lang.lower()
    alike = sorted(code for code in known if code.lower().split("-")[0] == wanted.split("-")[0])
    return next((code for code in alike if code.lower() == wanted), alike[0] if alike else None)


def answer(text: str | bytes) -> dict:
    """The answer to one request."""
    try:
        return {"ok": True, "translate": translate(json.loads(text))}
    except Failed as failed:
        return {"ok": False, "error": {"code": "translation-failed", "facts": failed.facts}}


if __name__ == "__main__":
    json.dump(answer(sys.stdin.buffer.read()), sys.stdout)
