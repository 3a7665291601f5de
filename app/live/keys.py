"""Secrets and what is stored of them: tokens of persons, links, the cookies of links."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets


def new_id() -> str:
    """128 random bits in base64url, 22 characters; the first is a letter or a digit, since ids are typed in shells."""
    while not (id := secrets.token_urlsafe(16))[0].isalnum():
        pass
    return id


def new_token() -> str:
    """A person's secret, 128 bits."""
    return secrets.token_urlsafe(16)


def new_link_secret() -> str:
    """A link's secret, 160 bits."""
    return secrets.token_urlsafe(20)


def link_hash(secret: str) -> str:
    """What is stored of a link's secret."""
    return _text(hashlib.sha256(f"link\0{secret}".encode()).digest())


class Keys:
    """What needs the server's own key: a seized file alone proves no token and forges no cookie."""

    def __init__(self, key: bytes):
        self._key = key

    def token_hash(self, token: str) -> str:
        """What is stored of a person's token."""
        return self._mac("token", token)

    def cookie(self, link: str, hash: str) -> str:
        """The value of the cookie `b-<link>`: good as long as the link is, whose secret's hash it binds."""
        return self._mac("cookie", f"{link}\0{hash}")

    def is_cookie(self, value: str, link: str, hash: str) -> bool:
        """True when `value` is this link's cookie."""
        return hmac.compare_digest(value.encode(), self.cookie(link, hash).encode())

    def _mac(self, purpose: str, text: str) -> str:
        return _text(hmac.new(self._key, f"{purpose}\0{text}".encode(), hashlib.sha256).digest())


def _text(digest: bytes) -> str:
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
