"""Fractional keys: strings between any two strings, so that moving a card changes one row."""

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def between(before: str, after: str) -> str:
    """A key that sorts after `before` ('' = the start) and before `after` ('' = the end).

    Keys never end in the smallest digit, so that there is always room below. At either end keys go on by the
    smallest step, since that is where cards mostly come; in the middle they halve the gap.
    """
    key, at_start, at_end = "", not before, not after
    for n in range(len(before) + len(after) + 1):
        low = DIGITS.index(before[n]) if n < len(before) else 0
        high = DIGITS.index(after[n]) if n < len(after) else len(DIGITS)
        if high - low > 1:
            middle = (low + high) // 2
            return key + DIGITS[middle if at_start == at_end else low + 1 if at_end else high - 1]
        key += DIGITS[low]
        if low != high:
            after = ""
    raise ValueError("no key fits between these two")


def place(positions: list[str], index: int) -> str:
    """A key for the `index`-th place among sorted `positions`."""
    before = positions[index - 1] if index > 0 else ""
    after = positions[index] if index < len(positions) else ""
    return between(before, after)
