"""Export to BibTeX, parsed back by a strict parser."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pybtex.bibtex.utils import change_case
from pybtex.richtext import Text

from tests.library.export.records import (
    author_names,
    entry,
    latex_to_plain,
    paper,
    parse_bibtex,
    record,
)
from tests.support.requirements import require_real_digests
from tui.config.paths import sample_data
from tui.digests.reader import read
from tui.library.export.bibtex import bibtex_entry, cite_key
from tui.models import ET_AL, Marks


def test_entry_has_all_fields() -> None:
    ttrl = paper("TTRL: Learning & Scaling", "Ada Kim", "Bo Lee")
    marks = Marks(read=True, starred=True, tags=("rl", "to-read"), note="Compare with\nthe other.")
    assert bibtex_entry(ttrl, marks) == (
        "@misc{kim2025ttrl-2505.04921,\n"
        "  author        = {Ada Kim and Bo Lee},\n"
        "  title         = {{TTRL}: Learning \\& Scaling},\n"
        "  year          = {2025},\n"
        "  month         = may,\n"
        "  eprint        = {2505.04921},\n"
        "  archiveprefix = {arXiv},\n"
        "  url           = {https://arxiv.org/abs/2505.04921},\n"
        "  keywords      = {rl, to-read},\n"
        "  annote        = {Compare with the other.}\n"
        "}"
    )


def test_fields_without_a_value_are_left_out() -> None:
    parsed = entry(paper())
    assert list(parsed.fields) == [
        "key", "title", "year", "month", "eprint", "archiveprefix", "url",
    ]  # fmt: skip
    assert parsed.type == "misc"
    assert parsed.fields["key"] == "2505.04921"  # styles sort by the key


@pytest.mark.parametrize(
    ("arxiv_id", "year", "month"),
    [
        ("2505.04921", "2025", "May"),
        ("0704.0001", "2007", "April"),
        ("2412.123456", "2024", "December"),
        ("hep-th/9901001", "1999", "January"),
        ("math/0309136", "2003", "September"),
        ("2513.00001", None, None),
    ],
)
def test_arxiv_id_gives_year_and_month(arxiv_id: str, year: str | None, month: str | None) -> None:
    parsed = entry(paper(arxiv_id=arxiv_id))
    assert (parsed.fields.get("year"), parsed.fields.get("month")) == (year, month)
    assert parsed.fields["eprint"] == arxiv_id


def test_keyword_with_a_comma_is_in_braces() -> None:
    marks = Marks(tags=("a,b", "c_d"))
    assert entry(record(paper(), marks=marks)).fields["keywords"] == r"{a,b}, c\_d"


# Titles


@pytest.mark.parametrize(
    ("title", "tex"),
    [
        ("BERT for all", "{BERT} for all"),
        ("From GPT-4 to Llama-3 and Qwen2.5-VL", "From {GPT-4} to {Llama-3} and {Qwen2.5-VL}"),
        ("An LLM-Based View in 3D", "An {LLM}-Based View in {3D}"),
        ("KITAB-Bench: A Test", "{KITAB-Bench}: A Test"),
        ("Tree-of-Debate: A Test", "{Tree-of-Debate}: A Test"),
        ("A Q-learning, X-ray and iPhone", "A {Q}-learning, {X}-ray and {iPhone}"),
        ("LLM의 추론", "{LLM의} 추론"),
        ("100% of $5 & #1_a", r"100\% of \$5 \& \#1\_a"),
        ("{x}~y^2 \\z", r"\textbraceleft{}x\textbraceright{}\textasciitilde{}y\textasciicircum{}2 "
                        r"\textbackslash{}z"),
        ("Half a { brace", r"Half a \textbraceleft{} brace"),
        ("a <b> | c", r"a \textless{}b\textgreater{} \textbar{} c"),
        ("two\nlines\u2028\x1b[1m", "two lines [1m"),
    ],
)  # fmt: skip
def test_title_is_protected_and_escaped(title: str, tex: str) -> None:
    assert entry(paper(title)).fields["title"] == tex


@pytest.mark.parametrize(
    "formula",
    [
        "$W_4A_4$", r"$\pi_0$", r"$\mathcal{O}(n^{2})$", r"$\frac{1}{2}$", r"$x'_{i}$",
        r"$\sqrt[3]{x}$", r"$\text{a b}$", r"$\{x\}$", r"$50\%$", "$n$", "$α$", "$x^{y^2}$",
    ],
)  # fmt: skip
def test_formulas_are_kept(formula: str) -> None:
    assert entry(paper(f"The {formula} of it")).fields["title"] == f"The {{{formula}}} of it"
    assert formula in entry(record(paper(), marks=Marks(note=formula))).fields["annote"]


@pytest.mark.parametrize(
    "text",
    [
        "$5 and $10", "$5-$10", "$ x $", "$x", "$$", "$$x$$", r"\$x\$", "$x_$", "$x^$", "$a_b_c$",
        "$x''^2'$", "${x$", "$x}$", r"$\}x\{$", r"$\{x}$", r"$\frac{1}$", r"$\sqrt$", "$a & b$",
        "$50%$", "$#1$", "$a~b$", r"$\foo$", r"$\text{a_b}$", r"$\text{\pi}$",
        "$" + "{" * 40 + "}" * 40 + "$",
        # These commands would read or write files.
        r"$\input{/etc/passwd}$", r"$\immediate\write18{id}$", "$\\^^69nput{x}$",
        r"$\openout1=x$", r"$\csname input\endcsname x$", r"$\def\pi{\pi}$", r"$\catcode`$",
    ],
)  # fmt: skip
def test_other_dollars_and_commands_are_escaped(text: str) -> None:
    tex = entry(paper(f"About {text} here")).fields["title"]
    assert "$" not in tex.replace(r"\$", "")
    assert latex_to_plain(tex) == f"About {text} here"


def test_closing_dollar_may_open_the_next_formula() -> None:
    assert entry(paper("from $5 to $x$")).fields["title"] == r"from \$5 to {$x$}"
    assert entry(paper("from $a_$x$ on")).fields["title"] == r"from \$a\_{$x$} on"


@pytest.mark.parametrize("title", ["$" * 50_000, "$x " * 20_000, "a-" * 30_000, "$" + "{" * 50_000])
def test_long_titles_take_linear_time(title: str) -> None:
    assert latex_to_plain(bibtex_entry(paper(title)).split("title         = ")[1].split("\n")[0])


@pytest.mark.parametrize(
    "title", ["From GPT-4 to BERT: A $W_4A_4$ View", "KITAB-Bench: A {Test} of ~ and ^"]
)
def test_styles_keep_the_case_of_names(title: str) -> None:
    tex = change_case(entry(paper(title)).fields["title"], "t")
    lowercased = latex_to_plain(tex)
    assert lowercased.casefold() == title.casefold()
    for name in re.findall(r"\S*[A-Z]\S*[A-Z0-9]\S*|KITAB-Bench", title):
        assert name in lowercased
    assert "View" not in lowercased
    assert "Test" not in lowercased


# Authors


@pytest.mark.parametrize(
    ("name", "tex"),
    [
        ("Ada Kim", "Ada Kim"),
        ("이 선", "이 선"),
        ("Fung", "Fung"),
        ("Ludwig van Beethoven", "Ludwig van Beethoven"),
        ("J.-P. O’Brien", "J.-P. O’Brien"),
        ("Martin Luther King Jr.", "King, Jr., Martin Luther"),
        ("Jan van Dijk III", "van Dijk, III, Jan"),
        ("King Jr.", "King Jr."),
        ("Barnes and Noble", "{Barnes and Noble}"),
        ("Noble, Inc.", "{Noble, Inc.}"),
        ("others", "{others}"),
        ("Qwen Team", "{Qwen Team}"),
        ("DeepSeek-AI", "DeepSeek-AI"),
        ("Li Wei (李伟)", "{Li Wei (李伟)}"),
        ("A_b {c", r"{A\_b \textbraceleft{}c}"),
        ("  Ada \t Kim ", "Ada Kim"),
    ],
)
def test_author_name_is_kept(name: str, tex: str) -> None:
    assert f"  author        = {{{tex}}},\n" in bibtex_entry(paper("A Title", name))
    assert author_names(entry(paper("A Title", name))) == [" ".join(name.split())]


def test_further_authors_are_others() -> None:
    named = paper("A Title", "Ada Kim", "Bo Lee", ET_AL)
    assert "  author        = {Ada Kim and Bo Lee and others},\n" in bibtex_entry(named)
    assert named.authors == ("Ada Kim", "Bo Lee")
    assert cite_key(named) == cite_key(paper("A Title", "Ada Kim"))


def test_family_name_is_recognized() -> None:
    names = ("Ludwig van Beethoven", "Martin Luther King Jr.", "Qwen Team", "이 선", "Li (李)")
    people = entry(paper("A Title", *names)).persons["author"]
    assert [person.last_names for person in people] == [
        ["Beethoven"], ["King"], ["{Qwen Team}"], ["선"], ["{Li (李)}"],
    ]  # fmt: skip
    assert people[0].prelast_names == ["van"]


# Citation keys


@pytest.mark.parametrize(
    ("title", "names", "key"),
    [
        ("Scaling Diffusion Models", ("Ada Kim",), "kim2025scaling-2505.04921"),
        ("TTRL: Learning", ("Yuxin Zuo", "Ada Kim"), "zuo2025ttrl-2505.04921"),
        ("VLM^2-Bench: A Closer Look", ("Yi Fung",), "fung2025vlm2bench-2505.04921"),
        ("Is It Toward One Trillion?", ("Søren Müller Jr.",), "muller2025trillion-2505.04921"),
        ("$\\pi_0$: A Flow", ("Jan O'Brien",), "obrien2025flow-2505.04921"),
        ("On It", ("Bo Al-Farsi",), "alfarsi2025on-2505.04921"),
        ("강화 학습", ("Ada Kim",), "kim2025-2505.04921"),
        ("Diffusion 모델", ("이 선",), "diffusion-2505.04921"),
        ("강화 학습", ("이 선",), "2505.04921"),
        ("2505.04921", (), "2505.04921"),
        ("!!! ???", ("{}",), "2505.04921"),
    ],
)
def test_cite_key_has_author_year_word_and_id(title: str, names: tuple[str, ...], key: str) -> None:
    titled = paper(title, *names)
    assert cite_key(titled) == key
    assert list(parse_bibtex(titled).entries) == [key]


def test_cite_key_of_an_old_style_id_has_no_slash() -> None:
    assert cite_key(paper("Strings", "Ed Witten", arxiv_id="hep-th/9901001")) == (
        "witten1999strings-hep-th-9901001"
    )


def test_cite_keys_are_stable_and_unique() -> None:
    papers = [paper("Same Title", "Ada Kim", arxiv_id=f"2505.{n:05}") for n in range(1, 40)]
    alone = [next(iter(parse_bibtex(item).entries)) for item in papers]
    assert list(parse_bibtex(*papers).entries) == alone
    assert len(set(alone)) == len(papers)


# Any text

HOSTILE = st.text(
    st.sampled_from(list("aB1 \\{}$$^_~%&#,@\"'`=()<>|-.:\n\t\x00\x1b")) | st.characters(),
    max_size=40,
) | st.sampled_from(["a and b", "AND", "and", ", ,", "others", "-", ". -", "x, Jr., y", "Jr."])


def flat(text: str) -> str:
    text = re.sub("[\x00-\x1f\x7f-\x9f\ud800-\udfff]", "", " ".join(text.split()))
    return " ".join(text.split())


@given(title=HOSTILE, names=st.lists(HOSTILE, max_size=4), note=HOSTILE, tags=st.lists(HOSTILE))
@example(title="a $x$ {", names=["- -", "a - b", "Kim -"], note="}", tags=["a,b", "}{"])
@example(title=r"$\{$ \}", names=["a, b, c, d", "and", "A. Jr."], note="$", tags=["@"])
@example(title="a \b b", names=["\b\r\b"], note="\b \b", tags=["\b\t\b"])
@example(title="@misc{x, y = {", names=["\\", "~", "{"], note="%", tags=["", ","])
def test_any_text_survives_the_round_trip(
    title: str, names: list[str], note: str, tags: list[str]
) -> None:
    names = [name for name in names if name]
    exported = paper(title, *(name.replace("\n", " ") for name in names))
    marks = Marks(tags=tuple(tags), note=note)
    parsed = entry(record(exported, marks=marks))
    assert flat(latex_to_plain(parsed.fields.get("title", ""))) == flat(flat(title))
    assert flat(latex_to_plain(parsed.fields.get("annote", ""))) == flat(flat(note))
    expected = [flat(flat(name)) for name in names]
    assert list(map(flat, author_names(parsed))) == [name for name in expected if name]
    keywords = latex_to_plain(parsed.fields.get("keywords", ""))
    assert flat(keywords) == flat(", ".join(flat(tag) for tag in tags))
    for line in bibtex_entry(exported, marks).split("\n")[1:-1]:
        assert re.match(r"  [a-z]+ +=", line)


# Real digests


def _papers(folder: Path) -> list[tuple[str, tuple[str, ...], str]]:
    papers = {}
    for file in sorted(folder.rglob("*.md")):
        for digest_entry in read(file.read_bytes(), file.name).entries:
            title = digest_entry.title or digest_entry.paper_id
            papers[digest_entry.paper_id] = (title, digest_entry.authors, digest_entry.paper_id)
    return list(papers.values())


@pytest.mark.parametrize("folder", [sample_data, require_real_digests])
def test_every_paper_of_the_digests_survives_the_round_trip(folder: Callable[[], Path]) -> None:
    papers = _papers(folder())
    assert len(papers) > 50
    database = parse_bibtex(*(paper(title, *names, arxiv_id=id_) for title, names, id_ in papers))
    for (title, names, arxiv_id), parsed in zip(papers, database.entries.values(), strict=True):
        assert parsed.fields["eprint"] == arxiv_id
        assert author_names(parsed) == [" ".join(name.split()) for name in names]
        assert latex_to_plain(parsed.fields["title"]) == title
        # pybtex supports less of LaTeX, so only common characters are compared.
        if not set(title) & set("^~<>|$\\{}\"'`-"):
            assert str(Text.from_latex(parsed.fields["title"])) == title
