"""One module for each command of `run.py`, imported only when that command is called."""
