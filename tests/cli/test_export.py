from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from pybtex.database import parse_bytes, parse_file

from tests.support.home import Home
from tests.support.requirements import require_real_digests
from tests.support.sample_digests import SamplePaper, ko_digest, write_digest
from tui.export.formats import FORMATS
from tui.marks import MarkStore, set_note, set_starred, set_tags

IDS = ["2505.00001", "2505.00003", "2505.00002"]


def eprints(text: str) -> list[str]:
    """Have a strict parser read BibTeX; return the papers' ids."""
    entries = parse_bytes(text.encode(), "bibtex").entries.values()
    return [entry.fields["eprint"] for entry in entries]


def test_bibtex_to_standard_output(home: Home, digests: Path) -> None:
    ran = home.run("export", "-p", digests)
    assert ran.code == 0
    assert eprints(ran.out) == IDS
    assert "  author        = {이 선},\n  title         = {두 번째 논문}," in ran.out
    assert home.run("export", "-p", digests, "-o", "-").out == ran.out


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["survey"], ["2505.00001"]),
        (["--", "-survey"], ["2505.00003", "2505.00002"]),
        (["sort:votes,-id"], ["2505.00003", "2505.00001", "2505.00002"]),
        (["--limit", "1", "sort:title"], ["2505.00003"]),
        (["--limit", "0"], []),
        ([""], IDS),
    ],
)
def test_queries_and_limits(home: Home, digests: Path, words: list[str], found: list[str]) -> None:
    ran = home.run("export", "-p", digests, *words)
    assert (eprints(ran.out), ran.code) == (found, 0)


@pytest.mark.parametrize("word", ["-pruning", "-optimal", "-o=x", "-hallucination", "-is:read"])
def test_a_query_that_looks_like_an_option_is_refused_with_the_way_out(
    home: Home, word: str
) -> None:
    ran = home.run("export", word)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.splitlines()[-1] == (
        f"broadsheet export: error: {word}: unknown option; "
        "put '--' before a query that begins with '-'"
    )
    assert list(home.root.iterdir()) == []


def test_two_words_need_quotes(home: Home) -> None:
    ran = home.run("export", "diffusion", "transformer")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.endswith("transformer: unexpected argument; put quotes around the query\n")


def test_a_query_that_cannot_be_understood(samples: Home, tmp_path: Path) -> None:
    ran = samples.run("export", "kim vots:>3", "-o", tmp_path / "x.bib")
    assert (ran.code, ran.out) == (2, "")
    assert "column 5" in ran.err
    assert list(tmp_path.glob("x.bib")) == []


# Formats


def test_every_format_is_offered(home: Home) -> None:
    assert f"--format {{{','.join(FORMATS)}}}" in home.run("export", "-h").out


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("a.bib", "@misc{lee2025first-2505.00001,"),
        ("a.md", "# First: a survey\n\n<https://arxiv.org/abs/2505.00001>\n"),
        ("a.csv", "arxiv_id,title,votes,"),
        ("a.JSON", '[\n  {\n    "arxiv_id": "2505.00001",'),
        ("a", "@misc{"),
    ],
)
def test_the_files_name_tells_the_format(home: Home, digests: Path, name: str, begins: str) -> None:
    ran = home.run("export", "-p", digests, "-o", name)
    assert (ran.code, ran.out) == (0, f"Wrote 3 papers to {name}\n")
    assert (home.root / name).read_text(encoding="utf-8").startswith(begins)


def test_a_format_that_is_named_comes_before_the_files_name(home: Home, digests: Path) -> None:
    home.run("export", "-p", digests, "-o", "a.bib", "--format", "json")
    assert len(json.loads((home.root / "a.bib").read_text(encoding="utf-8"))) == 3


def test_lists_and_exports_tell_the_same(home: Home, digests: Path) -> None:
    listed = home.run("list", "-p", digests, "--format", "json").json
    exported = home.run("export", "-p", digests, "--format", "json").json
    shown = [home.run("show", id_, "-p", digests, "--format", "json").json for id_ in IDS]
    assert exported == shown
    for each in exported:
        del each["summaries"]
    assert exported == listed
    table = home.run("list", "-p", digests, "--format", "csv").out
    assert home.run("export", "-p", digests, "--format", "csv").out == table
    page = home.run("show", IDS[0], "-p", digests).out
    assert home.run("export", f"id:{IDS[0]}", "-p", digests, "--format", "markdown").out == page


def test_marks_are_in_it(home: Home, digests: Path) -> None:
    marks = MarkStore(home.state / "marks")
    marks.apply(set_starred(["2505.00002"], True))
    marks.apply(set_tags(["2505.00002"], ("rl", "할일")))
    marks.apply(set_note(["2505.00002"], "50% of\n{it}"))
    home.run("export", "is:starred", "-p", digests, "-o", "a.bib")
    [entry] = parse_file(home.root / "a.bib").entries.values()
    assert entry.fields["keywords"] == "rl, 할일"
    assert entry.fields["annote"] == r"50\% of \textbraceleft{}it\textbraceright{}"
    page = home.run("export", "tag:rl", "-p", digests, "--format", "markdown").out
    assert "Tags: rl, 할일\n\n> 50% of\n> {it}\n" in page
    table = home.run("export", "tag:rl", "-p", digests, "--format", "csv").out
    assert list(csv.reader(io.StringIO(table)))[1][-2:] == ["rl; 할일", "50% of\n{it}"]


# Files


def test_a_file_is_replaced(home: Home, digests: Path) -> None:
    file = write_digest(home.root / "out" / "refs.bib", "old")
    ran = home.run("export", "survey", "-p", digests, "-o", file)
    assert (ran.code, ran.out) == (0, f"Wrote 1 paper to {file}\n")
    assert eprints(file.read_text(encoding="utf-8")) == ["2505.00001"]
    assert list(file.parent.iterdir()) == [file]


def test_nothing_matched_writes_no_file(home: Home, digests: Path) -> None:
    file = write_digest(home.root / "old.bib", "old")
    for name in ("old.bib", "new.bib"):
        ran = home.run("export", "nobody-wrote-this", "-p", digests, "-o", name)
        assert (ran.code, ran.out) == (1, "")
        assert ran.err.endswith(f"broadsheet: no paper matches the query; {name} was not written\n")
    assert file.read_text(encoding="utf-8") == "old"
    assert not (home.root / "new.bib").exists()


@pytest.mark.parametrize(("style", "out"), [("bibtex", ""), ("json", "[]\n"), ("markdown", "")])
def test_nothing_matched(samples: Home, style: str, out: str) -> None:
    ran = samples.run("export", "nobody-wrote-this", "--format", style)
    assert (ran.code, ran.out) == (1, out)
    assert ran.err.endswith("broadsheet: no paper matches the query\n")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("no/such/x.bib", "no/such/x.bib: No such file or directory"),
        (".", ".: Is a directory"),
        ("/dev/full", "no space left on this disk; free some"),
    ],
)
def test_where_nothing_can_be_written(home: Home, digests: Path, name: str, told: str) -> None:
    ran = home.run("export", "-p", digests, "-o", name)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.splitlines()[-1].startswith("broadsheet: cannot write ")
    assert ran.err.endswith(f"{told}\n")
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("name", ["json", "md", "csv", "bib"])
def test_an_export_is_no_digest(home: Home, name: str) -> None:
    for _ in range(2):
        assert home.run("export", "-o", home.root / f"2025-05-01.{name}").code == 0
    ran = home.run("sync", "-p", home.root / f"2025-05-01.{name}")
    assert ran.code == 2
    assert "no digest found" in ran.err


def test_digests_are_never_written_over(home: Home, digests: Path) -> None:
    before = (digests / "01.md").read_bytes()
    (home.root / "link.md").symlink_to(digests / "01.md")
    one = digests / "01.md"
    aims: list[tuple[Path, Path | str]] = [(digests, one), (digests, "link.md"), (one, one)]
    for source, name in aims:
        ran = home.run("export", "-p", source, "-o", name)
        assert (ran.code, ran.out) == (2, "")
        assert ran.err.splitlines()[-1] == (f"broadsheet: {name}: is a digest; not overwritten")
    assert (digests / "01.md").read_bytes() == before
    # What lies beside them may be written over.
    for _ in range(2):
        assert home.run("export", "-p", digests, "-o", digests / "refs.bib").code == 0


def test_a_source_that_is_not_there(home: Home) -> None:
    ran = home.run("export", "-p", "nowhere", "-o", "x.bib")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "broadsheet: nowhere: no such file or folder\n"
    assert list(home.root.iterdir()) == []


def test_a_damaged_cache_is_made_anew(home: Home, digests: Path) -> None:
    whole = home.run("export", "-p", digests, "--format", "markdown")
    assert "A summary." in whole.out
    for name in ("2025-05.rows", "2025-05.texts"):
        [file] = home.cache.glob(f"*/{name}.json")
        file.write_bytes(b"")
        ran = home.run("export", "-p", digests, "--format", "markdown")
        assert (ran.code, ran.out) == (0, whole.out)
        assert "made anew" in ran.err


# Streams


def test_it_is_utf8_in_any_locale(home: Home, digests: Path) -> None:
    plain = home.run("export", "-p", digests).out
    assert "두 번째" in plain
    for more in ({"LANG": "C"}, {"PYTHONIOENCODING": "ascii"}):
        assert home.with_environment(**more).run("export", "-p", digests).out == plain


@pytest.mark.parametrize("style", FORMATS)
def test_a_reader_that_has_had_enough(home: Home, style: str) -> None:
    papers = [SamplePaper(f"2505.{n:05}", f"Paper {n}", n, ("Ann Lee",)) for n in range(1, 3001)]
    write_digest(home.root / "digests" / "01.md", ko_digest("2025-05-01", papers))
    ran = home.shell(f"broadsheet export -p digests --format {style} | head -1")
    assert (ran.code, len(ran.lines), ran.err) == (0, 1, "")


def test_a_full_disk(samples: Home) -> None:
    ran = samples.shell("broadsheet export > /dev/full")
    assert ran.code == 2
    assert ran.err.splitlines()[-1] == "broadsheet: no space left on this disk; free some"


# What people publish


def test_real_digests(home: Home) -> None:
    real = require_real_digests()
    ids = home.run("list", "-p", real, "--format", "ids").lines
    assert len(ids) == 120
    assert eprints(home.run("export", "-p", real).out) == ids


def test_the_sample_data(samples: Home) -> None:
    assert len(eprints(samples.run("export").out)) == 71


def test_a_name_with_another_ending_is_refused(home: Home) -> None:
    ran = home.run("export", "-o", "papers.txt")
    assert ran.code == 2
    assert "papers.txt: unknown extension; use one of .bib, .md, .csv, .json, or" in ran.err


def test_a_digest_of_another_source_is_refused(home: Home) -> None:
    digest = home.root / "elsewhere" / "01.md"
    digest.parent.mkdir()
    digest.write_text("## Daily Papers (2025-05-01)\n\n### [A](https://arxiv.org/abs/2505.00001)\n")
    before = digest.read_text()
    ran = home.run("export", "-o", str(digest))
    assert ran.code == 2
    assert "is a digest" in ran.err
    assert digest.read_text() == before


def test_no_papers_empty_no_file(home: Home) -> None:
    file = home.root / "refs.bib"
    file.write_text("mine")
    home.run("export", "--limit", "0", "-o", str(file))
    assert file.read_text() == "mine"
