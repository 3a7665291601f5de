"""Chance that anybody can repeat: streams of numbers made from a seed and a label with SHA-256 alone."""

import hashlib
from random import Random

ALGO = "gw-1"


class Chance:
    """One stream: key = SHA256(SHA256("gw-1|" + seed) | "|" | label), its words are the big-endian 32-bit words
    of SHA256(key | counter), counter = 0, 1, 2 … as 8 bytes."""

    def __init__(self, seed: str, label: str):
        root = hashlib.sha256(f"{ALGO}|{seed}".encode("utf-8", "surrogatepass")).digest()
        self.key = hashlib.sha256(root + b"|" + label.encode("utf-8", "surrogatepass")).digest()
        self.counter = 0
        self.words: list[int] = []

    def word(self) -> int:
        """The next number, 0 to 2**32 - 1."""
        if not self.words:
            block = hashlib.sha256(self.key + self.counter.to_bytes(8, "big")).digest()
            self.counter += 1
            self.words = [int.from_bytes(block[at : at + 4], "big") for at in range(28, -1, -4)]
        return self.words.pop()

    def below(self, n: int) -> int:
        """A number from 0 to n - 1, each exactly as likely (words that would favour some are thrown away)."""
        limit = 2**32 - 2**32 % n
        word = self.word()
        while word >= limit:
            word = self.word()
        return word % n

    def shuffled(self, things) -> list:
        """The things in a uniformly random order (Fisher-Yates from the end)."""
        things = list(things)
        for last in range(len(things) - 1, 0, -1):
            other = self.below(last + 1)
            things[last], things[other] = things[other], things[last]
        return things

    def steering(self) -> Random:
        """A fast generator for the inner loop of a search, where quality matters and fairness doesn't.

        Only `random()` of it may be used: the one method whose sequence Python promises to keep.
        """
        return Random(int.from_bytes(self.key, "big"))
