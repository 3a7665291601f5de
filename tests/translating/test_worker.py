"""The one who asks the translation service: in portions, patiently up to a point, and nowhere else."""

import json
import socket

import pytest

from app.translating import worker
from app.translating.service import MOST_BYTES
from tests.translating.standin import Standin

CARDS = [
    {"id": "a", "lang": "en", "text": "The pump breaks", "of": 1},
    {"id": "b", "lang": "es", "text": "No hay agua", "of": 2},
    {"id": "c", "lang": "en", "text": "The well is dry", "of": 3},
]


def ask(url, cards=CARDS, lang="fr", **how):
    """The worker's answer."""
    service = {"url": url, "patience": 5, "seconds": 5, **how} if url else None
    request = {"job": "translate", "session": "one", "lang": lang, "cards": cards, "service": service}
    return worker.answer(json.dumps(request))


def reason(answer):
    assert not answer["ok"] and answer["error"]["code"] == "translation-failed"
    return answer["error"]["facts"]


def test_cards_are_translated_each_from_its_own_language():
    with Standin() as service:
        answer = ask(service.url)
    texts = {"a": "fr: The pump breaks", "b": "fr: No hay agua", "c": "fr: The well is dry"}
    assert answer == {"ok": True, "translate": {"texts": texts, "unknown": []}}
    assert service.asked == [
        {"q": ["The pump breaks", "The well is dry"], "source": "en", "target": "fr", "format": "text"},
        {"q": ["No hay agua"], "source": "es", "target": "fr", "format": "text"},
    ]


def test_the_key_is_sent_where_there_is_one_and_a_path_of_the_address_is_kept():
    with Standin() as service:
        assert ask(service.url + "/", key="opensesame")["ok"]
        assert {asked["api_key"] for asked in service.asked} == {"opensesame"}
        assert reason(ask(service.url + "/deep")) == {"reason": "wrong-answer"}


def test_many_and_long_cards_go_in_portions():
    cards = [{"id": str(n), "lang": "en", "text": "x" * (1000 if n < 10 else 9)} for n in range(60)]
    with Standin() as service:
        assert len(ask(service.url, cards)["translate"]["texts"]) == 60
    assert all(len(asked["q"]) <= 20 and sum(map(len, asked["q"])) <= 4000 for asked in service.asked)
    assert [text for asked in service.asked for text in asked["q"]] == [card["text"] for card in cards]


def test_a_language_goes_by_the_name_that_the_service_has_for_it():
    cards = [{"id": "a", "lang": "zh", "text": "缺水"}, {"id": "b", "lang": "en-GB", "text": "No water"}]
    with Standin() as service:
        assert ask(service.url, cards, "fr-CH")["ok"]
    assert [(asked["source"], asked["target"]) for asked in service.asked] == [("zh-Hans", "fr"), ("en", "fr")]


def test_languages_that_the_service_doesnt_know_are_said_and_the_others_translated():
    with Standin() as service:
        answer = ask(service.url, [*CARDS, {"id": "d", "lang": "sw", "text": "Hakuna maji"}])
        assert answer["translate"]["unknown"] == ["sw"] and set(answer["translate"]["texts"]) == {"a", "b", "c"}
        assert reason(ask(service.url, lang="sw")) == {"reason": "language", "languages": ["sw"]}
        only = [{"id": "d", "lang": "sw", "text": "Hakuna maji"}]
        assert reason(ask(service.url, only)) == {"reason": "language", "languages": ["sw"]}


def test_a_server_without_a_service_says_so():
    assert reason(ask(None)) == {"reason": "not-set-up"}


def test_a_service_that_isnt_there_is_unreachable():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        assert reason(ask(f"http://127.0.0.1:{taken.getsockname()[1]}")) == {"reason": "unreachable"}
    assert reason(ask("http://" + "x" * 70)) == {"reason": "unreachable"}


@pytest.mark.parametrize("how", [{"patience": 0.05}, {"seconds": 0.3}])
def test_a_service_that_takes_too_long_is_given_up(how):
    with Standin("slow") as service:
        assert reason(ask(service.url, **how)) == {"reason": "too-slow"}


@pytest.mark.parametrize("status", [400, 403, 429, 500])
def test_a_service_that_refuses_is_said_with_its_status_and_without_its_words(status):
    with Standin((status, b'{"error": "I will not translate The pump breaks"}')) as service:
        assert reason(ask(service.url)) == {"reason": "refused", "status": status}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"[" * 100_000,
        b"[]",
        b'{"translatedText": "one text"}',
        b'{"translatedText": ["too few"]}',
        b'{"translatedText": [1, null]}',
        b" " * (MOST_BYTES + 1),
    ],
)
def test_an_answer_of_another_shape_is_none(body):
    with Standin((200, body)) as service:
        assert reason(ask(service.url)) == {"reason": "wrong-answer"}


@pytest.mark.parametrize("languages", [{}, "no", [1], [{"name": "English"}], None])
def test_a_list_of_languages_of_another_shape_is_none(languages):
    with Standin(languages=languages) as service:
        assert not ask(service.url)["ok"]
    assert service.asked == []


def test_no_redirection_is_followed():
    with Standin() as elsewhere, Standin((307, elsewhere.url.encode())) as service:
        assert reason(ask(service.url)) == {"reason": "refused", "status": 307}
    assert elsewhere.connections == 0


def test_no_proxy_of_the_environment_is_used(monkeypatch):
    with Standin() as proxy, Standin() as service:
        for name in ("http_proxy", "https_proxy", "all_proxy"):
            monkeypatch.setenv(name, proxy.url)
        assert ask(service.url)["ok"]
    assert proxy.connections == 0 and service.connections == 3


def test_what_was_translated_before_it_failed_is_kept():
    with Standin((500, b""), from_request=2) as service:
        assert set(ask(service.url)["translate"]["texts"]) == {"a", "c"}


def test_a_translation_of_nothing_but_space_is_none():
    with Standin((200, b'{"translatedText": [" ", "sec"]}')) as service:
        assert ask(service.url, [CARDS[0], CARDS[2]])["translate"]["texts"] == {"c": "sec"}
