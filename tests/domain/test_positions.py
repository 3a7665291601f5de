"""Positions: a key fits between any two, and keys stay short."""

import random

from app.domain.positions import between


def test_ten_thousand_cards_one_after_the_other_stay_in_order_with_short_keys():
    keys = [""]
    for _ in range(10_000):
        keys.append(between(keys[-1], ""))
    assert keys == sorted(set(keys))
    assert max(map(len, keys)) <= 8


def test_wherever_a_card_is_put_its_key_sorts_there_and_leaves_room_below():
    for seed in range(50):
        chance, keys = random.Random(seed), []
        for _ in range(300):
            n = chance.choice([0, len(keys), chance.randint(0, len(keys))])
            keys.insert(n, between(keys[n - 1] if n else "", keys[n] if n < len(keys) else ""))
        assert keys == sorted(set(keys))
        assert not any(key.endswith("0") for key in keys)


def test_a_card_put_first_again_and_again_gets_keys_that_grow_slowly():
    keys = ["V"]
    for _ in range(600):
        keys.insert(0, between("", keys[0]))
    assert keys == sorted(set(keys))
    assert max(map(len, keys)) <= 12


def test_between_equal_keys_comes_what_sorts_after_both():
    assert between("V", "V") > "V"
