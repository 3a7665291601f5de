"""Who may knock, and what every answer carries."""

import pytest

from app.web.gate import Gate
from tests.server.servers import MODES, Server

POLL = "/socket.io/?EIO=4&transport=polling"
EVERYWHERE = {
    "content-security-policy",
    "x-content-type-options",
    "referrer-policy",
    "cross-origin-opener-policy",
    "cross-origin-resource-policy",
    "cross-origin-embedder-policy",
    "x-frame-options",
    "permissions-policy",
    "x-robots-tag",
    "cache-control",
}
UPGRADE = {"HTTP_UPGRADE": "websocket", "HTTP_CONNECTION": "Upgrade", "PATH_INFO": "/socket.io/"}


class Connection:
    """An accepted socket that knows its own address."""

    def __init__(self, address):
        self._address = address

    def getsockname(self):
        """As socket.getsockname."""
        return self._address


def knock(host="talk.example.org", own="192.168.1.5", address="", **environ):
    """Status and headers that a request gets at a gate before an empty page."""
    given = {}

    def page(environ, start_response):
        headers = {"Content-Type": "text/html", "Server": "Snoopy/1.0", **dict(given.pop("headers", []))}
        start_response("200 OK", list(headers.items()))
        return [b""]

    given["headers"] = environ.pop("headers", [])
    answer = {}

    def start_response(status, headers, exc_info=None):
        answer.update(status=int(status[:3]), headers={name.lower(): value for name, value in headers})
        assert len(headers) == len(answer["headers"]), "a header twice"

    request = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": "/",
        "HTTP_HOST": host,
        "baraza.socket": Connection((own, 8080)),
        **environ,
    }
    b"".join(Gate(page, hosts=["talk.example.org"], address=address)(request, start_response))
    return answer["status"], answer["headers"]


@pytest.mark.parametrize(
    ("host", "own", "status"),
    [
        ("talk.example.org", "192.168.1.5", 200),
        ("TALK.example.org:8080", "192.168.1.5", 200),
        ("localhost:8080", "127.0.0.1", 200),
        ("192.168.1.5:8080", "192.168.1.5", 200),
        ("192.168.1.5:8080", "::ffff:192.168.1.5", 200),
        ("[::1]:8080", "::1", 200),
        ("[fe80::1]", "fe80::1%eth0", 200),
        ("192.168.1.6:8080", "192.168.1.5", 421),
        ("evil.example", "192.168.1.5", 421),
        ("talk.example.org.evil.example", "192.168.1.5", 421),
        ("talk.example.org:80:80", "192.168.1.5", 421),
        ("talk.example.org:x", "192.168.1.5", 421),
        ("talk.example.org,evil.example", "192.168.1.5", 421),
        ("evil@talk.example.org", "192.168.1.5", 421),
        ("3232235781", "192.168.1.5", 421),
        ("", "192.168.1.5", 421),
    ],
)
def test_only_its_own_names_and_addresses_are_answered(host, own, status):
    assert knock(host, own)[0] == status


def test_a_name_that_was_made_to_point_here_gets_nothing_although_its_origin_matches():
    assert knock("evil.example", HTTP_ORIGIN="http://evil.example", **UPGRADE)[0] == 421


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        ("http://talk.example.org:8080", 200),
        ("https://talk.example.org:8080", 200),
        ("http://talk.example.org", 403),
        ("http://talk.example.org:8081", 403),
        ("http://evil.example", 403),
        ("http://talk.example.org:8080.evil.example", 403),
        ("http://evil@talk.example.org:8080", 403),
        ("ftp://talk.example.org:8080", 403),
        ("http://[", 403),
        ("null", 403),
        ("", 403),
    ],
)
def test_an_origin_must_be_our_own(origin, status):
    assert knock("talk.example.org:8080", HTTP_ORIGIN=origin)[0] == status


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_the_usual_ports_need_not_be_named(scheme):
    port = {"http": 80, "https": 443}[scheme]
    assert knock("talk.example.org", HTTP_ORIGIN=f"{scheme}://talk.example.org:{port}")[0] == 200
    assert knock(f"talk.example.org:{port}", HTTP_ORIGIN=f"{scheme}://talk.example.org")[0] == 200


def test_a_websocket_must_say_where_it_comes_from_and_a_poll_need_not():
    assert knock(**UPGRADE)[0] == 403
    assert knock(HTTP_ORIGIN="http://talk.example.org", **UPGRADE)[0] == 200
    assert knock(PATH_INFO="/socket.io/")[0] == 200


@pytest.mark.parametrize("site", ["cross-site", "same-site", "nonsense"])
def test_other_sites_may_link_to_a_page_and_nothing_else(site):
    link = {"HTTP_SEC_FETCH_SITE": site, "HTTP_SEC_FETCH_MODE": "navigate", "HTTP_SEC_FETCH_DEST": "document"}
    assert knock(**link)[0] == 200
    assert knock(**link, PATH_INFO="/api/workshops")[0] == 403
    assert knock(**link, PATH_INFO="/socket.io/")[0] == 403
    assert knock(**link, REQUEST_METHOD="POST")[0] == 403
    assert knock(**{**link, "HTTP_SEC_FETCH_DEST": "iframe"})[0] == 403
    assert knock(HTTP_SEC_FETCH_SITE=site, HTTP_SEC_FETCH_MODE="no-cors")[0] == 403


def test_our_own_pages_and_typed_addresses_may_fetch_anything():
    for site in ("same-origin", "none"):
        assert knock(HTTP_SEC_FETCH_SITE=site, PATH_INFO="/api/workshops")[0] == 200


def test_jsonp_is_refused():
    assert knock(PATH_INFO="/socket.io/", QUERY_STRING="EIO=4&transport=polling&j=0")[0] == 400
    assert knock(PATH_INFO="/socket.io/", QUERY_STRING="EIO=4&transport=polling&j=")[0] == 400


@pytest.mark.parametrize("kind", ["text/javascript; charset=utf-8", "text/css"])
def test_scripts_and_styles_carry_what_is_about_them_only(kind):
    _, headers = knock(headers=[("Content-Type", kind)])
    assert EVERYWHERE - set(headers) == {
        "content-security-policy",
        "cross-origin-opener-policy",
        "cross-origin-embedder-policy",
        "x-frame-options",
        "permissions-policy",
    }


@pytest.mark.parametrize("kind", ["text/html; charset=utf-8", "image/svg+xml", "application/json", ""])
def test_whatever_else_may_be_opened_carries_all(kind):
    _, headers = knock(headers=[("Content-Type", kind)])
    assert set(headers) >= EVERYWHERE


def test_every_answer_carries_the_headers_and_none_says_what_serves_it():
    for asked in ({}, {"host": "evil.example"}, {"HTTP_ORIGIN": "null"}):
        _, headers = knock(**asked)
        assert set(headers) >= EVERYWHERE and "server" not in headers


def test_the_policy_names_the_host_that_was_asked_for_and_never_a_stranger():
    assert "connect-src 'self' ws://talk.example.org:8080;" in policy(knock("talk.example.org:8080"))
    assert "evil" not in policy(knock("evil.example"))
    assert "unsafe" not in policy(knock()) and "data:" not in policy(knock())


def test_by_https_the_policy_the_origin_and_the_browser_stay_with_https():
    https = {"address": "https://talk.example.org"}
    _, headers = knock(**https)
    assert "wss://talk.example.org;" in headers["content-security-policy"]
    assert headers["strict-transport-security"] == "max-age=31536000"
    assert knock(**https, HTTP_ORIGIN="http://talk.example.org")[0] == 403
    assert knock(**https, HTTP_ORIGIN="https://talk.example.org")[0] == 200


def test_by_http_or_by_an_address_nobody_is_told_to_come_by_https_for_a_year():
    assert "strict-transport-security" not in knock()[1]
    assert "strict-transport-security" not in knock("192.168.1.5", address="https://talk.example.org")[1]


def test_forms_of_our_own_pages_still_say_where_they_come_from():
    """With no-referrer browsers send `Origin: null`, which is refused."""
    assert knock()[1]["referrer-policy"] == "same-origin"


def test_a_page_decides_about_caches_and_about_nothing_else():
    assert knock()[1]["cache-control"] == "no-store"
    kept = [("Cache-Control", "public, max-age=31536000, immutable"), ("X-Frame-Options", "SAMEORIGIN")]
    _, headers = knock(headers=kept)
    assert headers["cache-control"] == "public, max-age=31536000, immutable"
    assert headers["x-frame-options"] == "DENY"


def policy(answer):
    """The policy of an answer."""
    return answer[1]["content-security-policy"]


@pytest.fixture(scope="module", params=MODES)
def server(request):
    with Server(request.param) as running:
        yield running


def test_engine_io_carries_the_headers_too_and_no_answer_names_its_server(server):
    sid = server.poll()
    for method, path in [
        ("GET", "/"),
        ("GET", "/nowhere"),
        ("GET", "/bug"),
        ("GET", POLL),
        ("GET", "/socket.io/?transport=polling"),
        ("GET", "/socket.io/?EIO=4&transport=smoke"),
        ("GET", f"{POLL}&sid=nobody"),
        ("POST", f"{POLL}&sid=nobody"),
        ("POST", f"{POLL}&sid={sid}"),
        ("OPTIONS", POLL),
        ("DELETE", POLL),
        ("GET", f"{POLL}&j=1"),
    ]:
        status, headers, _ = server.request(method, path)
        assert status and set(headers) >= EVERYWHERE and "server" not in headers, (method, path)


def test_the_real_server_refuses_strangers_and_sockets_without_an_origin(server):
    upgrade = [
        ("Upgrade", "websocket"),
        ("Connection", "Upgrade"),
        ("Sec-WebSocket-Version", "13"),
        ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="),
    ]
    path = "/socket.io/?EIO=4&transport=websocket"
    evil = [("Host", "evil.example"), ("Origin", "http://evil.example")]
    assert server.request(path=path, headers=upgrade)[0] == 403
    assert server.request(path=path, headers=[*upgrade, *evil])[0] == 421
    assert server.request(path=POLL, headers=evil)[0] == 421
    assert server.request(headers=[("Host", f"127.0.0.1:{server.port}")])[0] == 200
    assert server.request(headers=[("Host", f"127.0.0.2:{server.port}")])[0] == 421


@pytest.mark.parametrize(
    "raw", [b"nonsense\r\n\r\n", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"\x16\x03\x01\x02\r\n\r\n"]
)
def test_what_isnt_http_learns_nothing(server, raw):
    with server.connect() as connection:
        connection.sendall(raw)
        said = b""
        while chunk := connection.recv(4096):
            said += chunk
    assert b"Server:" not in said and b"Python" not in said and b"<" not in said


def test_who_is_refused_with_a_long_body_isnt_listened_to(server):
    with server.connect() as connection:
        connection.sendall(b"POST / HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 1000000000\r\n\r\n")
        said = b""
        while chunk := connection.recv(4096):
            said += chunk
    assert said.split(b" ")[1] == b"421"
