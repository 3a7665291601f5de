"""Pretend phones: real Socket.IO clients that join, write and watch, for replays, demonstrations and tests."""
