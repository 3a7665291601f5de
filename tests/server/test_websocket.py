"""The WebSocket's bytes, without a network."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.live.transport import websocket
from app.live.transport.websocket import BINARY, CLOSE, PING, PONG, TEXT, Frames, Violation
from tests.server.servers import masked

LIMIT = 32768

messages = st.lists(st.text(max_size=400) | st.binary(max_size=400), max_size=6)
masks = st.binary(min_size=4, max_size=4)


@given(messages, masks, st.data())
def test_messages_arrive_however_they_are_cut_into_fragments_and_segments(sent, mask, data):
    stream = b""
    for message in sent:
        kind = TEXT if isinstance(message, str) else BINARY
        payload = message.encode() if isinstance(message, str) else message
        cuts = sorted(data.draw(st.sets(st.integers(0, len(payload)), max_size=4)))
        pieces = [payload[a:b] for a, b in zip([0, *cuts], [*cuts, len(payload)], strict=True)]
        for number, piece in enumerate(pieces):
            stream += masked(piece, 0 if number else kind, final=number == len(pieces) - 1, mask=mask)
            if data.draw(st.booleans()):
                stream += masked(b"between", PING, mask=mask)
    frames, heard = Frames(LIMIT), []
    step = data.draw(st.integers(1, 200))
    for start in range(0, len(stream), step):
        heard += frames.feed(stream[start : start + step])
    assert [payload for kind, payload in heard if kind != PING] == sent
    assert all(payload == b"between" for kind, payload in heard if kind == PING)


@given(st.binary(max_size=5000), masks)
def test_unmasking_is_the_exclusive_or_with_the_repeated_mask(payload, mask):
    expected = bytes(byte ^ mask[place % 4] for place, byte in enumerate(payload))
    assert websocket.unmask(payload, mask) == expected


@given(st.lists(st.binary(max_size=60), max_size=10))
def test_no_bytes_at_all_make_it_raise_anything_but_a_violation(chunks):
    frames = Frames(100)
    try:
        for chunk in chunks:
            list(frames.feed(chunk))
    except Violation as violation:
        assert violation.code in (1002, 1007, 1009)


@pytest.mark.parametrize("size", [0, 125, 126, 127, 65535, 65536, 70000])
def test_every_way_of_writing_a_length_is_read_back(size):
    assert list(Frames(100_000).feed(masked(b"x" * size))) == [(TEXT, "x" * size)]


def test_what_came_before_a_violation_still_counts():
    heard = []
    with pytest.raises(Violation):
        for message in Frames(LIMIT).feed(masked(b"good") + b"\x93\x80"):
            heard.append(message)
    assert heard == [(TEXT, "good")]


@pytest.mark.parametrize(
    ("says", "stream", "code"),
    [
        ("not masked", websocket.frame(b"hello"), 1002),
        ("a reserved bit", b"\xc1\x80", 1002),
        ("an unknown kind", b"\x83\x80", 1002),
        ("a long ping", masked(b"x" * 126, PING), 1002),
        ("a ping in fragments", masked(b"x", PING, final=False), 1002),
        ("a continuation of nothing", masked(b"x", 0), 1002),
        ("a message inside another", masked(b"x", final=False) + masked(b"y"), 1002),
        ("text that is no UTF-8", masked(b"\xff"), 1007),
        ("half a character", masked("é".encode()[:1]), 1007),
        ("a surrogate", masked(b"\xed\xa0\x80"), 1007),
        ("one byte too many", masked(b"x" * (LIMIT + 1)), 1009),
        ("a huge length, announced", b"\x81\xff\x7f\xff\xff\xff\xff\xff\xff\xff", 1009),
        ("fragments that add up", masked(b"x" * LIMIT, final=False) + masked(b"x", 0, final=False), 1009),
    ],
)
def test_is_refused(says, stream, code):
    with pytest.raises(Violation) as refused:
        list(Frames(LIMIT).feed(stream))
    assert refused.value.code == code, says


def test_endless_fragments_without_an_end_are_never_kept_beyond_the_limit():
    frames = Frames(LIMIT)
    list(frames.feed(masked(b"", final=False)))
    for _ in range(LIMIT):
        list(frames.feed(masked(b"x", 0, final=False)))
    with pytest.raises(Violation):
        list(frames.feed(masked(b"x", 0, final=False)))


def test_the_example_of_the_standard():
    environ = {
        "REQUEST_METHOD": "GET",
        "HTTP_UPGRADE": "WebSocket",
        "HTTP_CONNECTION": "keep-alive, Upgrade",
        "HTTP_SEC_WEBSOCKET_VERSION": "13",
        "HTTP_SEC_WEBSOCKET_KEY": "dGhlIHNhbXBsZSBub25jZQ==",
    }
    assert b"Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n" in websocket.handshake(environ)
    for broken in (
        {"REQUEST_METHOD": "POST"},
        {"HTTP_UPGRADE": "h2c"},
        {"HTTP_CONNECTION": "close"},
        {"HTTP_SEC_WEBSOCKET_VERSION": "8"},
        {"HTTP_SEC_WEBSOCKET_KEY": "c2hvcnQ="},
        {"HTTP_SEC_WEBSOCKET_KEY": "%%%"},
        {"HTTP_SEC_WEBSOCKET_KEY": "\xff"},
    ):
        assert websocket.handshake({**environ, **broken}) is None


def test_frames_of_the_server_are_as_the_standard_says():
    assert websocket.frame(b"Hello") == b"\x81\x05Hello"
    assert websocket.frame(b"Hello", PONG) == b"\x8a\x05Hello"
    assert websocket.frame(b"x" * 256)[:4] == b"\x81\x7e\x01\x00"
    assert websocket.frame(b"x" * 65536)[:10] == b"\x81\x7f\x00\x00\x00\x00\x00\x01\x00\x00"
    assert websocket.closing(1009) == bytes((0x80 | CLOSE, 2, 3, 0xF1))
