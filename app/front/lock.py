"""A lock between processes on an open file; the system frees it when its holder ends, however it ends."""

import os

BEYOND = 1 << 40  # Windows locks bytes, and forbids reading them: take one that no file has


def take(descriptor: int, wait: bool) -> bool:
    """Lock the open file for this process and those that inherit it; False if that would mean to wait."""
    if os.name == "nt":
        return _take_on_windows(descriptor, wait)
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        return False
    return True


def _take_on_windows(descriptor: int, wait: bool) -> bool:
    import msvcrt
    import time

    os.lseek(descriptor, BEYOND, os.SEEK_SET)
    while True:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
            return True
        except OSError:
            if not wait:
                return False
            time.sleep(0.2)
