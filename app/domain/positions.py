"""Fractional keys: strings between any two strings, so that moving a card changes one row."""

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def between(before: str, after: str) -> str:
    """A key that sorts after `before` ('' = the start) and before `after` ('' = the end).

    Keys never end in the smallest digit, so that there is always room below. At the end, where cards mostly come,
    they count up; at the start they go on by the smallest step; in the middle they halve the gap.
    """
    if before and not after:
        return _next(before)
    key, at_start = "", after and not before
    for n in range(len(before) + len(after) + 1):
        low = DIGITS.index(before[n]) if n < len(before) else 0
        high = DIGITS.index(after[n]) if n < len(after) else len(DIGITS)
        if high - low > 1:
            return key + DIGITS[high - 1 if at_start else (low + high) // 2]
        key += DIGITS[low]
        if low != high:
            after = ""
    raise ValueError("no key fits between these two")


def _next(key: str) -> str:
    """Count up; a number that cannot goes on with as many digits again, so that keys grow with its logarithm."""
    stem = key.rstrip(DIGITS[-1])
    if not stem:
        return key + DIGITS[1].rjust(len(key), DIGITS[0])
    stem = stem[:-1] + DIGITS[DIGITS.index(stem[-1]) + 1]
    lost = len(key) - len(stem)
    return stem + DIGITS[1].rjust(lost, DIGITS[0]) if lost else stem
