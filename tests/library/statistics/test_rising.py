"""Rising words."""

from __future__ import annotations

from collections.abc import Sequence
from math import isclose

import pytest

from tui.library.statistics.records import RisingWord
from tui.library.statistics.rising import (
    MIN_PAPERS,
    g_squared,
    rising_words,
    significant_words,
)

OLD, NEW = (0, "daily_papers"), (0, "daily_papers_ko")


def compare(
    current: Sequence[str], before: Sequence[str], max_words: int = 15
) -> tuple[RisingWord, ...]:
    return rising_words({OLD: current}, {OLD: before}, max_words)


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("A Survey of Agents: Agents for All", ["agents", "agents"]),
        ("Chain-of-Thought at 2x, GPT-4o and 3 B", ["chain-of-thought", "gpt-4o"]),
        ("대형 언어 모델의 추론을 위한 강화학습", ["대형", "언어", "추론", "강화학습"]),
        ("에이전트에서의 학습과 X", ["에이전트", "학습"]),
        ("회의 나의 의의", ["회의", "나의", "의의"]),
        ("ＤＩＦＦＵＳＩＯＮ Diffusion", ["diffusion"]),
        ("", []),
    ],
)
def test_title_has_significant_words(title: str, words: list[str]) -> None:
    assert list(significant_words(title)) == words


def test_words_are_normalized() -> None:
    composed, decomposed = (
        "강화학습",
        "\u1100\u1161\u11bc\u1112\u116a\u1112\u1161\u11a8\u1109\u1173\u11b8",
    )
    assert list(significant_words(decomposed)) == list(significant_words(composed)) == ["강화학습"]


def test_g_squared_equals_the_published_example() -> None:
    # "the swiss" in Dunning's table: 110 of 2552 and 111 of 29225.
    assert isclose(g_squared(110, 2552, 111, 29225), 270.72, abs_tol=0.01)
    # Calculated by hand: 2 of 2 against 0 of 2.
    assert isclose(g_squared(2, 2, 0, 2), 5.545, abs_tol=0.001)
    assert isclose(g_squared(5, 50, 10, 100), 0, abs_tol=1e-9)


def test_more_frequent_words_are_rising() -> None:
    current = ["Pebble agents"] * 6 + ["Old news"] * 4
    earlier = ["Old news"] * 30 + ["Pebble"] * 1
    [agents, pebble] = compare(current, earlier)
    assert (agents.word, agents.papers, agents.before) == ("agents", 6, 0)
    assert (pebble.word, pebble.papers, pebble.before) == ("pebble", 6, 1)
    assert agents.score > pebble.score


def test_insignificant_words_are_excluded() -> None:
    earlier = ["Old news"] * 300
    assert compare(["Pebble"] * (MIN_PAPERS - 1) + ["Old"] * 5, earlier) == ()
    # Less frequent, and equally frequent.
    assert compare(["News today"] * 4, ["News today"] * 300) == ()
    assert compare([], earlier) == compare(["Pebble"] * 9, []) == ()


def test_word_counts_once_per_title() -> None:
    [word] = compare(["Pebble pebble pebble"] * 3, ["Old news"] * 30)
    assert (word.word, word.papers) == ("pebble", 3)


def test_ties_are_alphabetical_and_the_number_is_limited() -> None:
    titles = [f"word{letter}" for letter in "zyxwvutsrqponmlkjihgfedcba"] * 3
    words = [rising.word for rising in compare(titles, ["Old news"] * 900, max_words=4)]
    assert words == ["worda", "wordb", "wordc", "wordd"]


def test_new_source_is_no_trend() -> None:
    current = {OLD: ["Pebble agents"] * 5, NEW: ["대형 언어 모델"] * 40}
    before = {OLD: ["Old news"] * 30}
    words = rising_words(current, before)
    assert [word.word for word in words] == ["agents", "pebble"]
    # Its words do not count for the other source either.
    assert rising_words({NEW: ["Pebble"] * 40}, before) == ()
    # A month later, they are compared with its own titles.
    current = {NEW: ["언어 확산"] * 10}
    words = rising_words(current, {**before, NEW: ["대형 언어 모델"] * 40})
    assert [word.word for word in words] == ["확산"]


def test_larger_share_of_a_source_is_no_trend() -> None:
    english, korean = ["Old news"] * 10, ["언어 추론"] * 10
    few = {OLD: english * 20, NEW: korean}
    assert rising_words({OLD: english, NEW: korean * 20}, few) == ()


def test_changes_in_several_sources_add_up() -> None:
    current = {OLD: ["Pebble"] * 5 + ["News"] * 5, NEW: ["Pebble"] * 3 + ["News"] * 7}
    before = {OLD: ["News"] * 50, NEW: ["News"] * 20}
    [pebble] = rising_words(current, before)
    assert (pebble.papers, pebble.before) == (8, 0)
    expected = g_squared(5, 10, 0, 50) + g_squared(3, 10, 0, 20)
    assert isclose(pebble.score, expected, abs_tol=0.01)
    # What rises here and falls there does neither.
    falling = {OLD: ["News"] * 50, NEW: ["Pebble"] * 20}
    assert rising_words(current, falling) == ()
