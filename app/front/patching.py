"""Make the standard library cooperate with green threads, before anything else of the server is imported.

Besides app/live/transport this is the only place that knows the async modes.
"""

import os
import sys
import warnings

THREADS = "20"  # of eventlet's pool; the ledgers' commits are all that uses them


def patch(async_mode: str) -> None:
    """Patch this process for eventlet or gevent; `threading` needs nothing."""
    if async_mode == "eventlet":
        os.environ["EVENTLET_NO_GREENDNS"] = "yes"
        os.environ["EVENTLET_THREADPOOL_SIZE"] = THREADS
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # its own about its end; docs/decisions.md has the answer
            import eventlet
        eventlet.monkey_patch()
    elif async_mode == "gevent":
        import gevent.monkey

        gevent.monkey.patch_all()


def without_numpy(importing):
    """Call `importing` while numpy can't be imported: sqlite-utils would load it, and only themes need it."""
    if "numpy" in sys.modules:
        return importing()
    sys.modules["numpy"] = None
    try:
        return importing()
    finally:
        del sys.modules["numpy"]
