"""Asking a translation service: the one thing here that talks to another server, where its owner has named one."""
