"""Pages of LaTeXML become Markdown, and hostile pages are refused in bounded time."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.sources.fulltext.latexml.document_element import page_markdown
from tui.sources.fulltext.latexml.markup import MarkupError

PAGES = Path(__file__).parent / "pages"

URL = "https://arxiv.org/html/2505.00001v1"


def page(name: str) -> str:
    """Return a page that LaTeXML made of the TeX file beside it."""
    return (PAGES / f"{name}.html").read_text()


def article(content: str) -> str:
    """Return a page of LaTeXML with this content."""
    return f'<html><body><article class="ltx_document">{content}</article></body></html>'


@pytest.mark.parametrize("name", ["counting-wind", "korean"])
def test_page_of_latexml_is_converted(name: str) -> None:
    markdown = page_markdown(page(name), URL)
    assert markdown == (PAGES / f"{name}.md").read_text()


def test_pictures_and_links_are_relative_to_the_base() -> None:
    content = '<img src="x1.png" alt="Mill"><p class="ltx_p"><a href="y">y</a></p>'
    html = article(content).replace("<body>", '<base href="/html/2505.00001v1/"><body>')
    assert page_markdown(html, URL) == (
        "![Mill](https://arxiv.org/html/2505.00001v1/x1.png)\n\n"
        "[y](https://arxiv.org/html/2505.00001v1/y)\n"
    )


@pytest.mark.parametrize(
    ("content", "markdown"),
    [
        ("<p>a\x1b[2Jb &#27;[31m&#x202e;c</p>", "ab c"),
        ('<p><a href="javascript:alert(1)">x</a></p>', "x"),
        ('<p><img src="data:image/png;base64,AA"></p>', ""),
        ("<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>", "\\<script\\>alert(1)\\</script\\>"),
        ("<p># not a heading</p>", "\\# not a heading"),
        ("<p>1. not a list</p>", "1\\. not a list"),
        ('<p><math alttext="a$b\\"></math>3</p>', "$a\\$b\\$ 3"),
        ('<p>5<math alttext="x%&#10;y"></math></p>', "5 $x y$"),
    ],
)
def test_text_is_only_text(content: str, markdown: str) -> None:
    assert page_markdown(article(content), URL).strip() == markdown


def test_table_that_was_made_to_fit_stays_a_table() -> None:
    """LaTeXML puts what resizebox transforms into inline elements."""
    table = '<table class="ltx_tabular"><tr><td class="ltx_td">a</td><td>b</td></tr></table>'
    inner = f'<span class="ltx_transformed_inner">{table}</span>'
    html = article(f'<p>x <span class="ltx_transformed_outer">{inner}</span> y</p>')
    assert page_markdown(html, URL) == "x\n\n| a | b |\n| --- | --- |\n\ny\n"


@pytest.mark.parametrize("target", ["", URL, "https://arxiv.org/html/2505.00001", f"{URL}/"])
def test_citations_are_found_on_pages_that_name_themselves(target: str) -> None:
    item = '<li id="bib.bib1" class="ltx_bibitem">CoRR, abs/1706.03762<a href="#S1">x</a></li>'
    html = article(f'<p><a href="{target}#bib.bib1">1</a></p><ul class="ltx_biblist">{item}</ul>')
    first = page_markdown(html, f"{URL}/").partition("\n")[0]
    assert first == "[1](https://arxiv.org/abs/1706.03762)"


def test_spans_of_a_table_are_bounded() -> None:
    cell = '<td class="ltx_td" colspan="999999999" rowspan="99999999">a</td>'
    table = f'<table class="ltx_tabular"><tr class="ltx_tr">{cell * 99}</tr></table>'
    markdown = page_markdown(article(table * 50), URL)
    assert len(markdown) < 100_000


@pytest.mark.parametrize(
    "content",
    [
        "<div>" * 100_000,
        "<div " + " ".join(f"a{number}" for number in range(100_000)) + ">",
        "<p><i></p>" * 100_000,
        '<a "' * 100_001,
        f'<a b=x">{"<div>" * 50_000}<a ">',
        f"<!-->{'<div>' * 50_000}-->",
        "<p></p>" * 250_001,
        "word " * 1_200_001,
        "<script>" + "<div>" * 100_000,
        "<title>" + "<div>" * 100_000,
    ],
)
def test_markup_that_takes_parsers_long_is_refused(content: str) -> None:
    """The parser takes four minutes for the first of them."""
    with pytest.raises(MarkupError):
        page_markdown(article(content), URL)


def test_mathml_is_not_read() -> None:
    html = article('<p><math alttext="x">' + "<mrow>" * 100_000 + "</math></p>")
    assert page_markdown(html, URL) == "$x$\n"


def test_other_pages_are_not_converted() -> None:
    assert page_markdown("<html><p>No HTML for this paper</p></html>", URL) == ""
