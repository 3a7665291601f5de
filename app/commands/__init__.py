"""One module for each command of `run.py`, imported only when that command is called."""


class Refused(Exception):
    """The command can't be done; the message is one line. Exit code 1."""


class BadUsage(Exception):
    """The command was called in a way that can't be meant; the message is one line. Exit code 2."""
