"""Words, stems, neighbours and communities, against plain definitions."""

import math
from collections import Counter

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.thinking.wording.communities import louvain, parts_of
from app.thinking.wording.labels import LONGEST_TITLE, title
from app.thinking.wording.neighbours import nearest
from app.thinking.wording.sparse import products, summed, weigh
from app.thinking.wording.stops import _WORDS, stop_words
from app.thinking.wording.words import grams, stem, words

documents = st.lists(st.lists(st.sampled_from("abcdefgh"), max_size=8), min_size=1, max_size=25)


def stems(text, lang):
    return [word.stem for word in words(text, lang)]


@pytest.mark.parametrize(
    ("lang", "one", "other"),
    [
        ("en", "The funders' requirements", "FUNDER requirement"),
        ("fr", "L’eau de l'école", "eau école"),
        ("fr", "formations", "Formation"),
        ("it", "dell'acqua", "Acqua"),
        ("es", "capacitación", "capacitaciones"),
        ("ru", "ещё организации", "организация"),
        ("ar", "الْمَدْرَسَة", "مدرسه"),
        ("ar", "والصحة", "صحة"),
        ("de", "für Spielstraßen", "SPIELSTRASSEN"),
        ("pt-BR", "organizações", "organização"),
    ],
)
def test_forms_of_a_word_share_a_stem(lang, one, other):
    lang = lang.split("-")[0]
    assert stems(one, lang) == stems(other, lang) != []


def test_chinese_is_compared_by_pairs_of_letters_between_function_words():
    assert stems("学校的老师", "zh") == ["学校", "老师"]
    assert stems("社会工作", "zh") == ["社会", "会工", "工作"]


def test_cyrillic_names_meet_latin_ones():
    assert set(grams(stem("найроби", ""))) & set(grams(stem("nairobi", ""))) >= {"^na", "rob", "bi$"}


def test_vowel_signs_do_not_break_words():
    assert [word.surface for word in words("पानी की समस्या", "hi")] == ["पानी", "की", "समस्या"]


def test_stop_lists_are_short_and_leave_what_cards_are_about():
    assert {"en", "fr", "es", "pt", "ru", "ar", "sw", "zh", "de", "it"} <= set(_WORDS)
    assert max(len(stop_words(lang)) for lang in _WORDS) <= 140
    assert not {"need", "work", "problem", "help", "system"} & stop_words("en")


@given(documents)
@settings(max_examples=80, deadline=None)
def test_similarities_are_the_cosines_of_tf_idf(texts):
    rows = weigh(texts)
    df = Counter(feature for text in texts for feature in set(text))

    def vector(text):
        raw = {f: (1 + math.log(n)) * (math.log((1 + len(texts)) / (1 + df[f])) + 1) for f, n in Counter(text).items()}
        length = math.sqrt(sum(w * w for w in raw.values()))
        return {f: w / length for f, w in raw.items()}

    vectors = [vector(text) for text in texts]
    expected = [[sum(w * b.get(f, 0.0) for f, w in a.items()) for b in vectors] for a in vectors]
    found = np.concatenate([block for _, block in products(rows, rows)])
    assert np.allclose(found, expected)


@given(documents)
@settings(max_examples=80, deadline=None)
def test_neighbours_are_the_most_similar_cards(texts):
    rows = weigh(texts)
    cosines = np.concatenate([block for _, block in products(rows, rows)])
    graph = nearest(rows)
    k = max(1, min(max(6, round(len(texts) ** 0.5)), len(texts) // 4))
    for i, ties in enumerate(graph):
        others = sorted((cosines[i, j] for j in range(len(texts)) if j != i), reverse=True)
        least = others[k - 1] if len(others) >= k else 0.0
        assert {j for j in range(len(texts)) if j != i and cosines[i, j] > max(least, 1e-9) + 1e-12} <= set(ties)
        assert all(graph[j][i] == w and w == pytest.approx(cosines[i, j]) for j, w in ties.items())


@given(documents, st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_sums_of_parts_are_sums_of_their_rows(texts, chance):
    label = [chance.randrange(3) for _ in texts]
    parts = [[i for i, p in enumerate(label) if p == n] for n in range(3)]
    rows = weigh(texts)
    cosines = np.concatenate([block for _, block in products(rows, rows)])
    found = np.concatenate([block for _, block in products(rows, summed(rows, parts))])
    assert np.allclose(found, np.stack([cosines[:, part].sum(axis=1) for part in parts], axis=1))


def ring_of_cliques(cliques, size):
    graph = [{} for _ in range(cliques * size)]
    for c in range(cliques):
        inside = range(c * size, (c + 1) * size)
        for i in inside:
            graph[i] |= {j: 1.0 for j in inside if j != i}
        here, there = c * size, (c + 1) % cliques * size + 1
        graph[here][there] = graph[there][here] = 1.0
    return graph


def test_cliques_in_a_ring_are_the_communities():
    label = louvain(ring_of_cliques(8, 5), 1.0)
    assert parts_of(label) == [list(range(c * 5, c * 5 + 5)) for c in range(8)]


def modularity(graph, label, resolution):
    total = sum(sum(ties.values()) for ties in graph)
    degree = [sum(ties.values()) for ties in graph]
    inside = sum(w for i, ties in enumerate(graph) for j, w in ties.items() if label[i] == label[j])
    weight = Counter()
    for i, c in enumerate(label):
        weight[c] += degree[i]
    return inside / total - resolution * sum((w / total) ** 2 for w in weight.values())


@given(st.integers(2, 25), st.randoms(use_true_random=False), st.sampled_from([0.5, 1.0, 3.0]))
@settings(max_examples=80, deadline=None)
def test_no_single_move_of_a_community_or_node_to_its_own_betters_what_louvain_found(n, chance, resolution):
    graph = [{} for _ in range(n)]
    for _ in range(3 * n):
        i, j = chance.randrange(n), chance.randrange(n)
        if i != j:
            graph[i][j] = graph[j][i] = 0.1 + chance.random()
    assume(sum(sum(ties.values()) for ties in graph) > 0)
    label = louvain(graph, resolution)
    found = modularity(graph, label, resolution)
    assert found >= modularity(graph, list(range(n)), resolution) - 1e-9
    for a in set(label):
        for b in set(label) - {a}:
            merged = [a if c == b else c for c in label]
            assert modularity(graph, merged, resolution) <= found + 1e-9


def test_titles_are_one_line_cut_between_words():
    long = "Regional networks are left out of national calls for proposals and nobody hears of it"
    assert title("  Two\nlines ") == "Two lines"
    assert len(title(long)) <= LONGEST_TITLE
    assert title(long).endswith("…")
    assert long.startswith(title(long).rstrip("…"))
