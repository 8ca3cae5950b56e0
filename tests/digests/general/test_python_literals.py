"""What Python prints for lists of papers that are no literals."""

from __future__ import annotations

import pytest

from tui.digests.general.records.python_literals import parse_repr
from tui.digests.reader import read

LINK = "https://arxiv.org/abs/2505.08001"


@pytest.mark.parametrize(
    "text",
    [
        f"[{{'title': 'Quiet Stairs', 'link': '{LINK}', 'n_votes': 7,"
        " 'by': ('Ada Bell', 'Cy Dorn'), 'state': nan, 'when': datetime.date(2025, 5, 14)}]",
        f"[Paper(title='Quiet Stairs', link=HttpUrl('{LINK}'), votes=7, kind=Kind.PREPRINT,\n"
        " authors=[Author(name='Ada Bell'), Author(name='Cy Dorn')],\n"
        " date=datetime.datetime(2025, 5, 14, 8, 30, tzinfo=datetime.timezone.utc))]",
        f"[arxiv.Result(entry_id='{LINK}', title='Quiet Stairs', score=nan, up_votes=7,"
        " authors=[arxiv.Result.Author('Ada Bell'), arxiv.Result.Author('Cy Dorn')],"
        f" published=Timestamp('2025-05-14 08:00:00'), links=[Link('{LINK}', rel='alternate')])]",
        "{'stairs': [OrderedDict([('title', 'Quiet Stairs'), ('votes', 7), ('authors', ['Ada Bell',"
        f" 'Cy Dorn']), ('date', '2025-05-14'), ('url', '{LINK}')])]}}",
        f"{{'data': defaultdict(<class 'list'>, {{'2025-05-14': [{{'title': 'Quiet Stairs',"
        f" 'votes': 7, 'authors': ['Ada Bell', 'Cy Dorn'], 'url': '{LINK}'}}]}})}}",
    ],
    ids=["dates", "dataclasses", "arxiv", "ordered", "default"],
)
def test_printed_objects(text: str) -> None:
    (entry,) = read(text.encode(), "papers.txt").entries
    assert (entry.paper_id, entry.title, entry.votes) == ("2505.08001", "Quiet Stairs", 7)
    assert (entry.date, entry.authors) == ("2025-05-14", ("Ada Bell", "Cy Dorn"))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("[datetime.datetime(2025, 5, 14, 8, 5)]", ["2025-05-14T08:05"]),
        ("[pair('a', 2), one('b')]", [["a", "2"], "b"]),
        ("{'a': {1, 2}, 'b': (True, None)}", {"a": ["1", "2"], "b": [True, None]}),
        ("[label](url)", None),
        ("[cs.CL]", None),
        ("[title for title in titles]", None),
        ("[f'{title}']", None),
    ],
)
def test_values(text: str, value: object) -> None:
    assert parse_repr(text) == value


def test_deep_nesting() -> None:
    assert "None" in str(parse_repr("[" * 70 + "]" * 70))


def test_objects_on_lines_of_their_own() -> None:
    lines = [
        f"Paper(title='Quiet Stairs {n}', link='{LINK[:-1]}{n}', date=datetime.date(2025, 5, 14))"
        for n in (1, 2)
    ]
    text = "\n".join([*lines, "Paper(title='Loud Stairs'", "Done."])
    entries = read(text.encode(), "papers.log").entries
    found = [(entry.paper_id, entry.title, entry.date) for entry in entries]
    assert found == [(f"2505.0800{n}", f"Quiet Stairs {n}", "2025-05-14") for n in (1, 2)]
