"""Links whose addresses stand elsewhere in the page, and at the end of a text."""

from __future__ import annotations

import pytest

from tui.digests.general.markup.reference_links import with_reference_links
from tui.digests.reader import read

DAY = "2025-05-14"
ARXIV = "https://arxiv.org/abs/2505.0800"
TITLES = ["Quiet Stairs of Houses", "Loud Stairs of Houses"]
NUMBERED = list(enumerate(TITLES, 1))
TEXT = "They are measured here, and nobody had measured them before."


def papers(text: str) -> list[tuple[str | None, str, bool]]:
    """Return the title and id of each paper, and whether its summary has the text."""
    entries = read(text.encode(), f"{DAY}.md").entries
    return [(entry.title, entry.paper_id, TEXT in entry.summary) for entry in entries]


EXPECTED = [(TITLES[0], "2505.08001", True), (TITLES[1], "2505.08002", True)]


@pytest.mark.parametrize(
    ("paper", "definition"),
    [
        ("- [{title}][{n}]: {text}\n", "[{n}]: {url}"),
        ("- [{title}][{n}]: {text}\n", "[{n}]: <{url}> 'Stairs'"),
        ("- **{title}** [{n}]. {text}\n", "[{n}]: {url}"),
        ("## {title} [{n}]\n\n{text}\n\n", "[{n}]: {url}"),
        ("## [{title}][]\n\n{text}\n\n", "[{title}]: {url}"),
        ("{title} [{n}]\n{text}\n\n", "[{n}] {url}"),
        ("- {title}[^{n}]: {text}\n", "[^{n}]: {url}"),
    ],
)
def test_addresses_at_the_end_of_a_page(paper: str, definition: str) -> None:
    parts = [
        [part.format(title=title, n=n, text=TEXT, url=f"{ARXIV}{n}") for n, title in NUMBERED]
        for part in (paper, definition)
    ]
    body, end = "".join(parts[0]), "\n".join(parts[1])
    assert papers(f"# News of {DAY}\n\n{body}\n{end}\n") == EXPECTED


def test_addresses_without_references_stay() -> None:
    text = f"# {DAY}\n\n[1] {ARXIV}1\n[2]: {ARXIV}2\n[x] [a](b) [c]\n"
    assert with_reference_links(text) == text


@pytest.mark.parametrize("heading", ["## {title}", "**{title}**"])
@pytest.mark.parametrize(
    "links",
    [
        "[Paper]({url})",
        "Read the [paper]({url}).",
        "([arXiv]({url}), [code](https://example.org/a))",
    ],
)
def test_links_at_the_end_of_a_text(heading: str, links: str) -> None:
    parts = [
        f"{heading.format(title=title)}\n\n{TEXT} {links.format(url=f'{ARXIV}{n}')}\n\n"
        for n, title in NUMBERED
    ]
    assert papers(f"# News of {DAY}\n\n{''.join(parts)}## Other news\n\nNone.\n") == EXPECTED


@pytest.mark.parametrize("link", ["[1]({url})", "[the paper on stairs by Ada]({url})"])
def test_text_that_ends_with_a_reference_is_no_paper(link: str) -> None:
    parts = [
        f"## What we did with stairs\n\n{TEXT} {link.format(url=f'{ARXIV}{n}')}\n\n" for n in (1, 2)
    ]
    assert papers(f"# News of {DAY}\n\n{''.join(parts)}") == []
