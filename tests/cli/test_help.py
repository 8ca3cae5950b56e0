"""``broadsheet help``, and the conversion of its pages to roff."""

from __future__ import annotations

import pytest

from tests.cli.on_terminal import terminal
from tests.support.home import Home
from tui.cli.commands.man import escape, markdown_to_roff
from tui.config.manual import TOPICS, read_page


def test_pages_are_listed_without_a_topic(home: Home) -> None:
    result = home.run("help")
    assert (result.code, result.err) == (0, "")
    assert dict(line.split(maxsplit=1) for line in result.lines) == TOPICS


@pytest.mark.parametrize("topic", TOPICS)
def test_page_is_printed_as_markdown_to_a_pipe(home: Home, topic: str) -> None:
    result = home.run("help", topic)
    assert (result.code, result.err) == (0, "")
    assert result.out == read_page(topic)


@pytest.mark.parametrize(
    ("word", "closest"),
    [("serching", "searching"), ("marks-and-sync", "marks"), ("Keys", "keys"), ("dialects", "ssh")],
)
def test_unknown_topic_is_rejected_with_the_closest_one(
    home: Home, word: str, closest: str
) -> None:
    result = home.run("help", word)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"broadsheet: {word}: unknown topic; did you mean '")
    if word != "dialects":
        assert f"'{closest}'" in result.err


def test_page_is_formatted_on_a_terminal(home: Home) -> None:
    with terminal(home, "help", "keys") as screen:
        assert screen.wait() == 0
        assert "`" not in screen.text
        assert "|---" not in screen.text


def test_help_needs_no_settings_and_writes_nothing(home: Home) -> None:
    home.run("help", "reading")
    assert list(home.root.iterdir()) == []


# roff


@pytest.mark.parametrize(
    ("text", "roff"),
    [
        ("a  b\n c", "a b c"),
        ("--limit N", "\\-\\-limit N"),
        ("C:\\x", "C:\\ex"),
        (".bashrc", "\\&.bashrc"),
        ("'x'", "\\&'x'"),
        ("40 × 12", "40 \\[u00D7] 12"),
    ],
)
def test_text_is_escaped(text: str, roff: str) -> None:
    assert escape(text) == roff


@pytest.mark.parametrize(
    ("markdown", "roff"),
    [
        ("# Over SSH\n", [".SH OVER SSH"]),
        ("## Over SSH\nText.\n", [".SS Over SSH", ".PP", "Text."]),
        ("One\ntwo.\n\nThree.\n", [".PP", "One two.", ".PP", "Three."]),
        ("`-p` *is* **so**.", [".PP", "\\fB\\-p\\fR \\fIis\\fR \\fBso\\fR."]),
        ("`.zip` files", [".PP", "\\fB.zip\\fR files"]),
        ("- one\n  more\n- two\n", [".IP \\(bu 2", "one more", ".IP \\(bu 2", "two"]),
        ("```sh\n.x\n\n# y\n```\n", [".PP", ".nf", ".RS 4", " .x", " ", " # y", ".RE", ".fi"]),
        ("| a | b | c |\n|---|---|---|\n| `x` | 1 | \\|2 |\n", [".TP", "\\fBx\\fR", "1; |2"]),
    ],
)  # fmt: skip
def test_markdown_is_converted(markdown: str, roff: list[str]) -> None:
    assert list(markdown_to_roff(markdown)) == roff


def test_start_of_a_topic_is_enough(home: Home) -> None:
    searching = home.run("help", "searching")
    assert home.run("help", "search").out == searching.out
    # "reading" or "reliability".
    assert home.run("help", "re").code == 2
