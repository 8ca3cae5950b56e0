"""The mapping from ids, compared with a dict."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.library.id_map import IdMap

IDS = st.one_of(
    st.from_regex(r"[0-9]{4}\.[0-9]{4,5}", fullmatch=True),
    st.sampled_from(
        [
            "doi:10.1/x",
            "hep-th/9901001",
            "",
            "2505.0123x",
            "٢٥٠٥.01234",
            "25055.0123",
            "²505.0123",
            "2505.0.234",
            "2505.\n1234",
            "2505.1\n234",
        ]
    ),
)


@given(st.lists(st.dictionaries(IDS, st.sampled_from("abc"), max_size=8), max_size=4))
def test_it_is_like_a_dict(drawn: list[dict[str, str]]) -> None:
    parts: list[dict[str, str]] = []
    expected: dict[str, str] = {}
    for part in drawn:
        parts.append({key: value for key, value in part.items() if key not in expected})
        expected |= parts[-1]
    found = IdMap(parts)
    assert len(found) == len(expected)
    assert dict(found.items()) == {key: found[key] for key in found} == expected
    assert sorted(found.values()) == sorted(expected.values())
    assert all(key in found for key in expected)
    others = {"0000.00000", "9999.9999", "2505.01234", "doi:10.2/y", *map("{}0".format, expected)}
    assert others & found.keys() == others & expected.keys()
    assert found.keys() - others == expected.keys() - others
    for other in others - expected.keys():
        with pytest.raises(KeyError):
            found[other]


def test_it_takes_a_tenth_of_the_memory() -> None:
    ids = [
        f"{year}{month:02}.{number:05}"
        for year in (24, 25)
        for month in (1, 2)
        for number in range(900)
    ]
    days = dict.fromkeys(ids, ("2025-05-01",))
    found = IdMap([days])
    in_dict = sys.getsizeof(days) + sum(map(sys.getsizeof, ids))
    assert 10 * sum(map(sys.getsizeof, (found._numbers, found._indexes))) < in_dict
