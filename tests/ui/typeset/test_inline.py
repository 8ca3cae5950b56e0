"""Links and HTML: unsafe links and tags have no effect, and no text is lost."""

from __future__ import annotations

import pytest

from tests.ui.typeset.pages import links, page

# Links

ARXIV = "https://arxiv.org/abs/2505.04921"


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        (f"{ARXIV}에서", [(ARXIV, ARXIV)]),
        (f"({ARXIV}).", [(ARXIV, ARXIV)]),
        (f"“{ARXIV}”, {ARXIV}!", [(ARXIV, ARXIV)] * 2),
        ("https://a.b/c_(d).", [("https://a.b/c_(d)",) * 2]),
        ("https://a.b/c_d_e?f=g&h=%20#i", [("https://a.b/c_d_e?f=g&h=%20#i",) * 2]),
        ("HTTPS://A.b", [("HTTPS://A.b",) * 2]),
        (f"**{ARXIV}**", [(ARXIV, ARXIV)]),
        (f"`{ARXIV}`", []),
        ("http:// and https://.", []),
        (f"<{ARXIV}>", [(ARXIV, ARXIV)]),
        ("<a@b.co>", []),
        (f"[words `too`]({ARXIV} 'title')", [("words ", ARXIV), ("too", ARXIV)]),
        (f"[{ARXIV}](http://other.org)", [(ARXIV, "http://other.org")]),
        ("[a][1]\n\n[1]: http://b.c", [("a", "http://b.c")]),
        ("![그림 **하나**](http://a.b/c.png)", [("그림 하나", "http://a.b/c.png")]),
        ("![](http://a.b/c.png)", [("image", "http://a.b/c.png")]),
        ("[![badge](http://a.b/c.svg)](http://d.e)", [("badge", "http://d.e")]),
        ("<img width=9 src='http://a.b/c.png'>", [("image", "http://a.b/c.png")]),
        ('<img alt="fig" src="http://a.b/c.png"/>', [("fig", "http://a.b/c.png")]),
        ('<video src="http://a.b/c.mp4"></video>', [("video", "http://a.b/c.mp4")]),
        ('<img src="javascript:x">', []),
    ],
)
def test_link_has_text_and_target(markdown: str, expected: list[tuple[str, str]]) -> None:
    assert links(markdown) == expected


@pytest.mark.parametrize(
    "target",
    ["javascript:alert(1)", "JaVaScRiPt:x", "file:///etc/passwd", "data:text/html,x", "vbscript:x",
     "/etc", "a.md", "#top", "//evil.org", "mailto:a@b.c", "ftp://a.b", "x-httpsx://a"],
)  # fmt: skip
def test_unsafe_links_lose_their_target_and_keep_their_text(target: str) -> None:
    for markdown in (f"[the words]({target})", f"![the words]({target})"):
        assert page(markdown) == "the words"
        assert links(markdown) == []


def test_link_with_a_line_break_is_one_link() -> None:
    assert links("[one\ntwo](http://a.b)") == [("one two", "http://a.b")]
    assert links("[one  \ntwo](http://a.b)") == [("one", "http://a.b"), ("two", "http://a.b")]


# HTML


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("a <b>b</b> H<sub>2</sub>O <i>c", "a b H2O c"),
        ("<div>a **b**\n\n- c\n</div>", "a b\n\n∙ c"),
        ("<p>a</p><p>b</p>", "a\nb"),
        ("<td>a</td><td>b</td>", "a b"),
        ("<br><br>a<br><br><br><br>b<br>", "a\n\nb"),
        ("a <!-- b --> c", "a c"),
        ("<!-- a\n\nb --> c", "c"),
        ("<!-- never ended\n\na", "<!-- never ended\n\na"),
        ("a <script>b</script> c <style>d</style> e", "a c e"),
        ("<SCRIPT>\n\na <b>\n\n</Script>\n\nc", "c"),
        ("<script>a</script> b <script>c</script>", "b"),
        ("<script>\na\n\nb", "a\n\nb"),
        ("a <script>b", "a b"),
        ("a </script> b", "a b"),
        ("1 < 2 and 3 > 2, <unclosed", "1 < 2 and 3 > 2, <unclosed"),
        ("&lt;b&gt; &amp; &copy;", "<b> & ©"),
        ("a<?php b ?>c", "ac"),
    ],
)
def test_html_tags_are_removed_and_their_text_is_kept(markdown: str, text: str) -> None:
    assert page(markdown) == text
