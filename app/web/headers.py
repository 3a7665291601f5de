"""The headers that every answer carries, and why a page may do so little. The one place for them."""

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'{socket}; manifest-src 'self'; worker-src 'self'; "
    "form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types app"
)

_ALWAYS = [
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),  # with no-referrer, forms of our own pages would send `Origin: null`
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Cross-Origin-Embedder-Policy", "require-corp"),
    ("X-Frame-Options", "DENY"),
    (
        "Permissions-Policy",
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=(), screen-wake-lock=(self)",
    ),
    ("X-Robots-Tag", "noindex"),
]

_OF_DOCUMENTS = {
    "content-security-policy",
    "cross-origin-opener-policy",
    "cross-origin-embedder-policy",
    "x-frame-options",
    "permissions-policy",
}
_PARTS = ("text/javascript", "text/css")


def content_policy(host: str, secure: bool) -> str:
    """The Content-Security-Policy for pages served as *host* (`name` or `name:port`; empty: unknown).

    The WebSocket's address is spelled out: older Safari doesn't count it as 'self'.
    """
    scheme = "wss" if secure else "ws"
    return _POLICY.format(socket=f" {scheme}://{host}" if host else "")


def on_every_answer(host: str, secure: bool) -> list[tuple[str, str]]:
    """What no answer may lack. *secure*: people reach this host by HTTPS with a public certificate."""
    headers = [("Content-Security-Policy", content_policy(host, secure)), *_ALWAYS]
    if secure:
        headers.append(("Strict-Transport-Security", "max-age=31536000"))
    return headers


def needed(headers: list[tuple[str, str]], kind: str) -> list[tuple[str, str]]:
    """Those of *headers* that an answer of a content type needs.

    What a document may do says nothing of scripts and styles, which browsers show as mere text when they are opened by
    themselves; on a slow network it weighs 0.7 kB for each of them.
    """
    if kind.partition(";")[0].strip().lower() not in _PARTS:
        return headers
    return [(name, value) for name, value in headers if name.lower() not in _OF_DOCUMENTS]
