"""Fairness: people with equal data have equal chances, and a draw without the shuffles is caught."""

from collections import Counter
from functools import cache
from itertools import combinations
from math import comb, erfc, sqrt

import pytest

from app.thinking import grouping
from app.thinking.drawing.chance import Chance
from tests.thinking.judge import reference_event, workshop

SEEDS = 300
# Without favourites the correlation of the halves is chance with a standard deviation of about 0.13.
THREE_DEVIATIONS = 0.39


@cache
def draws(name):
    """Many plans of a workshop."""
    instance = {"twelve": workshop(12, 4, 3), "seventeen": workshop(17, 3, 3), "event": reference_event()}[name]
    return [grouping.plan(instance, f"fair {k}").rounds for k in range(100 if name == "event" else SEEDS)]


def groups_p(plans):
    """The smallest p-value of anybody's groups, times how many were looked at (Bonferroni)."""
    people = sorted(x for g in plans[0][0] for x in g)
    counted = Counter((x, k) for rounds in plans for groups in rounds for k, g in enumerate(groups) for x in g)
    groups = len(plans[0][0])
    expected = len(plans) * len(plans[0]) / groups
    smallest = min(
        chi_square_p(sum((counted[x, k] - expected) ** 2 / expected for k in range(groups)), groups - 1) for x in people
    )
    return smallest * len(people)


def chi_square_p(x, degrees):
    """The upper tail of the chi-square distribution (exact for 1 and 2 degrees, Wilson-Hilferty above)."""
    if degrees == 1:
        return erfc(sqrt(x / 2))
    z = ((x / degrees) ** (1 / 3) - (1 - 2 / (9 * degrees))) / sqrt(2 / (9 * degrees))
    return erfc(z / sqrt(2)) / 2


def split_half(plans):
    """The correlation of how often each pair meets in one half of the seeds with the other half."""
    people = sorted(x for g in plans[0][0] for x in g)
    halves = []
    for half in (plans[::2], plans[1::2]):
        met = Counter(p for rounds in half for groups in rounds for g in groups for p in combinations(g, 2))
        halves.append([met[p] for p in combinations(people, 2)])
    return correlation(*halves)


def correlation(xs, ys):
    mean_x, mean_y = sum(xs) / len(xs), sum(ys) / len(ys)
    covariance = sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys, strict=True))
    spread = sum((x - mean_x) ** 2 for x in xs) * sum((y - mean_y) ** 2 for y in ys)
    return covariance / sqrt(spread) if spread else 1.0


@pytest.mark.parametrize("name", ["twelve", "seventeen", "event"])
def test_everybody_is_as_likely_in_any_group(name):
    assert groups_p(draws(name)) >= 1e-4


@pytest.mark.parametrize("name", ["twelve", "seventeen"])
def test_no_pair_is_favoured(name):
    assert abs(split_half(draws(name))) < THREE_DEVIATIONS


def test_pairs_meet_in_the_first_session_as_often_as_in_the_last():
    for r in (0, 2):
        met = Counter(p for rounds in draws("twelve") for g in rounds[r] for p in combinations(g, 2))
        expected = SEEDS * 12 / comb(12, 2)
        assert max(abs(met[p] - expected) for p in met) < 6 * sqrt(expected)


def test_everybody_is_as_likely_to_host():
    hosted = Counter(h for k in range(SEEDS) for h in sum(grouping.plan(workshop(12, 4, 1), f"h{k}").hosts, []))
    assert min(hosted.values()) > SEEDS / 3 - 5 * sqrt(SEEDS / 3)


def test_without_the_shuffles_the_same_tests_fail(monkeypatch):
    monkeypatch.setattr(Chance, "shuffled", lambda self, things: list(things))
    instance = workshop(12, 4, 3)
    plans = [grouping.plan(instance, f"fair {k}").rounds for k in range(SEEDS)]
    assert groups_p(plans) < 1e-4
    assert abs(split_half(plans)) > THREE_DEVIATIONS


def test_shuffled_labels_alone_leave_favoured_pairs_and_are_caught(monkeypatch):
    monkeypatch.setattr(grouping, "Chance", Unshuffled)
    plans = [grouping.plan(workshop(12, 4, 3), f"fair {k}").rounds for k in range(SEEDS)]
    assert groups_p(plans) >= 1e-4
    assert abs(split_half(plans)) > THREE_DEVIATIONS


class Unshuffled(Chance):
    """Leaves the people in the order of their ids."""

    def shuffled(self, things):
        return list(things)
