from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from pybtex.database import parse_bytes, parse_file

from tests.library.export.connector import ZoteroConnector
from tests.support.home import Home
from tests.support.requirements import require_real_digests
from tests.support.sample_digests import SamplePaper, ko_digest, write_digest
from tui.library.export.formats import FORMATS
from tui.marks.edits import set_note, set_starred, set_tags
from tui.marks.store import MarkStore

IDS = ["2505.00001", "2505.00003", "2505.00002"]


def eprints(text: str) -> list[str]:
    """Return the papers' ids in BibTeX, parsed by a strict parser."""
    entries = parse_bytes(text.encode(), "bibtex").entries.values()
    return [entry.fields["eprint"] for entry in entries]


def test_default_is_bibtex_on_standard_output(home: Home, digests: Path) -> None:
    result = home.run("export", "-p", digests)
    assert result.code == 0
    assert eprints(result.out) == IDS
    assert "  author        = {이 선},\n  title         = {두 번째 논문}," in result.out
    assert home.run("export", "-p", digests, "-o", "-").out == result.out


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        (["survey"], ["2505.00001"]),
        (["--", "-survey"], ["2505.00003", "2505.00002"]),
        (["sort:votes,-id"], ["2505.00003", "2505.00001", "2505.00002"]),
        (["--limit", "1", "sort:title"], ["2505.00003"]),
        (["--limit", "0"], []),
        ([""], IDS),
    ],
)
def test_query_and_limit_select_papers(
    home: Home, digests: Path, args: list[str], expected: list[str]
) -> None:
    result = home.run("export", "-p", digests, *args)
    assert (eprints(result.out), result.code) == (expected, 0)


@pytest.mark.parametrize("word", ["-pruning", "-optimal", "-o=x", "-hallucination", "-is:read"])
def test_query_that_looks_like_an_option_is_rejected_with_a_hint(home: Home, word: str) -> None:
    result = home.run("export", word)
    assert (result.code, result.out) == (2, "")
    assert result.err.splitlines()[-1] == (
        f"broadsheet export: error: {word}: unknown option; "
        "put '--' before a query that begins with '-'"
    )
    assert list(home.root.iterdir()) == []


def test_query_of_two_words_needs_quotes(home: Home) -> None:
    result = home.run("export", "diffusion", "transformer")
    assert (result.code, result.out) == (2, "")
    assert result.err.endswith("transformer: unexpected argument; put quotes around the query\n")


def test_query_with_a_syntax_error_is_rejected(samples: Home, tmp_path: Path) -> None:
    result = samples.run("export", "kim vots:>3", "-o", tmp_path / "x.bib")
    assert (result.code, result.out) == (2, "")
    assert "column 5" in result.err
    assert list(tmp_path.glob("x.bib")) == []


# Formats


def test_help_lists_every_format(home: Home) -> None:
    assert f"{{{','.join(FORMATS)}}}" in home.run("export", "-h").out.replace("\n", "")


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("a.bib", "@misc{lee2025first-2505.00001,"),
        ("a.md", "# First: a survey\n\n<https://arxiv.org/abs/2505.00001>\n"),
        ("a.csv", "arxiv_id,title,votes,"),
        ("a.JSON", '[\n  {\n    "arxiv_id": "2505.00001",'),
        ("a", "@misc{"),
    ],
)
def test_extension_selects_the_format(home: Home, digests: Path, name: str, start: str) -> None:
    result = home.run("export", "-p", digests, "-o", name)
    assert (result.code, result.out) == (0, f"Wrote 3 papers to {name}\n")
    # A CSV file has a byte order mark.
    assert (home.root / name).read_text(encoding="utf-8-sig").startswith(start)


def test_format_option_overrides_the_extension(home: Home, digests: Path) -> None:
    home.run("export", "-p", digests, "-o", "a.bib", "--format", "json")
    assert len(json.loads((home.root / "a.bib").read_text(encoding="utf-8"))) == 3


def test_list_show_and_export_agree(home: Home, digests: Path) -> None:
    listed = home.run("list", "-p", digests, "--format", "json").json
    exported = home.run("export", "-p", digests, "--format", "json").json
    single_papers = [home.run("show", id_, "-p", digests, "--format", "json").json for id_ in IDS]
    assert exported == single_papers
    for paper in exported:
        del paper["summaries"]
    assert exported == listed
    table = home.run("list", "-p", digests, "--format", "csv").out
    assert home.run("export", "-p", digests, "--format", "csv").out == table
    page = home.run("show", IDS[0], "-p", digests).out
    assert home.run("export", f"id:{IDS[0]}", "-p", digests, "--format", "markdown").out == page


def test_marks_are_exported(home: Home, digests: Path) -> None:
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
    [row] = csv.DictReader(io.StringIO(table))
    assert (row["tags"], row["note"]) == ("rl; 할일", "50% of\n{it}")


# Files


def test_file_is_replaced(home: Home, digests: Path) -> None:
    file = write_digest(home.root / "out" / "refs.bib", "old")
    result = home.run("export", "survey", "-p", digests, "-o", file)
    assert (result.code, result.out) == (0, f"Wrote 1 paper to {file}\n")
    assert eprints(file.read_text(encoding="utf-8")) == ["2505.00001"]
    assert list(file.parent.iterdir()) == [file]


def test_no_match_writes_no_file(home: Home, digests: Path) -> None:
    file = write_digest(home.root / "old.bib", "old")
    for name in ("old.bib", "new.bib"):
        result = home.run("export", "nobody-wrote-this", "-p", digests, "-o", name)
        assert (result.code, result.out) == (1, "")
        assert result.err.endswith(
            f"broadsheet: no paper matches the query; {name} was not written\n"
        )
    assert file.read_text(encoding="utf-8") == "old"
    assert not (home.root / "new.bib").exists()


@pytest.mark.parametrize(
    ("format_name", "output"), [("bibtex", ""), ("json", "[]\n"), ("markdown", "")]
)
def test_no_match_is_exit_code_1(samples: Home, format_name: str, output: str) -> None:
    result = samples.run("export", "nobody-wrote-this", "--format", format_name)
    assert (result.code, result.out) == (1, output)
    assert result.err.endswith("broadsheet: no paper matches the query\n")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("no/such/x.bib", "no/such/x.bib: No such file or directory"),
        (".", ".: Is a directory"),
        ("/dev/full", "no space left on this disk; free some up"),
    ],
)
def test_file_that_cannot_be_written_is_one_error(
    home: Home, digests: Path, name: str, message: str
) -> None:
    result = home.run("export", "-p", digests, "-o", name)
    assert (result.code, result.out) == (2, "")
    assert result.err.splitlines()[-1].startswith("broadsheet: cannot write ")
    assert result.err.endswith(f"{message}\n")
    assert "Traceback" not in result.err


@pytest.mark.parametrize("name", ["json", "md", "csv", "bib", "ris", "csl.json"])
def test_export_is_not_a_digest(home: Home, name: str) -> None:
    for _ in range(2):
        assert home.run("export", "-o", home.root / f"2025-05-01.{name}").code == 0
    result = home.run("sync", "-p", home.root / f"2025-05-01.{name}")
    assert result.code == 2
    assert result.err.endswith("; not read\n")


def test_digests_are_never_overwritten(home: Home, digests: Path) -> None:
    before = (digests / "01.md").read_bytes()
    (home.root / "link.md").symlink_to(digests / "01.md")
    digest = digests / "01.md"
    targets: list[tuple[Path, Path | str]] = [
        (digests, digest),
        (digests, "link.md"),
        (digest, digest),
    ]
    for source, name in targets:
        result = home.run("export", "-p", source, "-o", name)
        assert (result.code, result.out) == (2, "")
        assert result.err.splitlines()[-1] == (f"broadsheet: {name}: is a digest; not overwritten")
    assert (digests / "01.md").read_bytes() == before
    # Other files beside them may be overwritten.
    for _ in range(2):
        assert home.run("export", "-p", digests, "-o", digests / "refs.bib").code == 0


def test_missing_source_is_one_error(home: Home) -> None:
    result = home.run("export", "-p", "nowhere", "-o", "x.bib")
    assert (result.code, result.out) == (2, "")
    assert result.err == "broadsheet: nowhere: no such file or folder\n"
    assert list(home.root.iterdir()) == []


def test_damaged_cache_is_rebuilt(home: Home, digests: Path) -> None:
    complete = home.run("export", "-p", digests, "--format", "markdown")
    assert "A summary." in complete.out
    for name in ("2025-05.rows", "2025-05.texts"):
        [file] = home.cache.glob(f"*/{name}.json")
        file.write_bytes(b"")
        result = home.run("export", "-p", digests, "--format", "markdown")
        assert (result.code, result.out) == (0, complete.out)
        assert "rebuil" in result.err


def test_digest_is_shared(home: Home, digests: Path) -> None:
    MarkStore(home.state / "marks").apply(set_note(["2505.00001"], "# Read this"))
    name = "picks.digest.md"
    args: list[str | Path] = ["export", "-p", digests, "-o", name, "sort:votes"]
    assert home.run(*args).out == f"Wrote 3 papers to {name}\n"
    [first] = home.run("show", IDS[0], "-p", home.root / name, "--format", "json").json[
        "summaries"
    ][:1]
    assert first["markdown"].startswith("## Comment\n\n# Read this\n\n")
    ours, theirs = (
        {paper["id"]: (paper["title"], paper["authors"], paper["votes"], paper["dates"])
         for paper in home.run("list", "-p", path, "--format", "json").json}
        for path in (digests, home.root / name)
    )  # fmt: skip
    assert ours == theirs
    # It is a digest now, which somebody may have edited.
    assert home.run(*args).err == f"broadsheet: {name}: is a digest; not overwritten\n"


def test_feed_is_replaced_although_it_can_be_read_again(home: Home, digests: Path) -> None:
    for query in ("votes:>=9", "votes:>=3"):
        assert home.run("export", query, "-p", digests, "-o", "feed.atom").code == 0
    text = (home.root / "feed.atom").read_text(encoding="utf-8")
    assert "<title>votes:&gt;=3</title>" in text
    listed = home.run("list", "-p", home.root / "feed.atom", "--format", "ids").lines
    assert listed == ["2505.00001", "2505.00003"]


# Notes and Zotero


def test_notes_are_written_and_kept(home: Home, digests: Path) -> None:
    (home.root / "note.org").write_text("\ufeff#+title: {title}\n{markdown}", encoding="utf-8")
    (home.root / "vault").mkdir()
    args: list[str | Path] = ["export", "-p", digests, "--template", "note.org", "-o", "vault"]
    assert home.run(*args, "--name", "{year} {title}").out == (
        "Wrote 3 notes to vault; 0 unchanged, 0 kept\n"
    )
    file = home.root / "vault" / "2025 First a survey.org"
    assert file.read_text(encoding="utf-8").startswith("#+title: First: a survey\n# First")
    file.write_text("mine")
    result = home.run(*args, "--name", "{year} {title}")
    assert result.out == "Wrote 0 notes to vault; 2 unchanged, 1 kept\n"
    assert "2025 First a survey.org: was not written by Broadsheet, or edited" in result.err
    assert file.read_text() == "mine"


def test_mistakes_in_a_template_name_their_line(home: Home, digests: Path) -> None:
    (home.root / "note.md").write_text("\n{tilte}", encoding="utf-8")
    result = home.run("export", "-p", digests, "--template", "note.md", "-o", ".")
    assert result.code == 2
    assert result.err.startswith("broadsheet: note.md:2: unknown placeholder {tilte}; did you mean")
    for args, words in (
        (["--template", "note.md"], "needs a folder"),
        (["--template", "note.md", "-o", "nowhere"], "no such folder"),
        (["--template", "missing.md", "-o", "."], "missing.md"),
        (["--name", "x"], "--name needs --template"),
        (["--zotero", "-o", "x"], "leave out -o"),
    ):
        result = home.run("export", "-p", digests, *args)
        assert result.code == 2
        assert words in result.err


def test_papers_are_sent_to_zotero(home: Home, digests: Path) -> None:
    with ZoteroConnector() as server:
        home.config.parent.mkdir(parents=True)
        home.config.write_text(f"zotero_port = {server.port}\n")
        result = home.run("export", "--zotero", "-p", digests, "sort:votes")
        assert (result.code, result.out) == (0, "Sent 3 papers to Zotero\n")
        assert [item["archiveID"][6:] for item in server.items] == [IDS[0], IDS[1], IDS[2]]
    result = home.run("export", "--zotero", "-p", digests)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("broadsheet: Zotero is not running on this machine")


# Streams


def test_output_is_utf8_in_any_locale(home: Home, digests: Path) -> None:
    plain = home.run("export", "-p", digests).out
    assert "두 번째" in plain
    for variables in ({"LANG": "C"}, {"PYTHONIOENCODING": "ascii"}):
        assert home.with_environment(**variables).run("export", "-p", digests).out == plain


@pytest.mark.parametrize("style", FORMATS)
def test_closed_pipe_is_not_an_error(home: Home, style: str) -> None:
    papers = [SamplePaper(f"2505.{n:05}", f"Paper {n}", n, ("Ann Lee",)) for n in range(1, 3001)]
    write_digest(home.root / "digests" / "01.md", ko_digest("2025-05-01", papers))
    result = home.shell(f"broadsheet export -p digests --format {style} | head -1")
    assert (result.code, len(result.lines), result.err) == (0, 1, "")


def test_full_disk_is_one_error(samples: Home) -> None:
    result = samples.shell("broadsheet export > /dev/full")
    assert result.code == 2
    assert result.err.splitlines()[-1] == "broadsheet: no space left on this disk; free some up"


# Real digests


def test_real_digests_are_exported(home: Home) -> None:
    real = require_real_digests()
    ids = home.run("list", "-p", real, "--format", "ids").lines
    assert len(ids) == 120
    assert eprints(home.run("export", "-p", real).out) == ids


def test_sample_data_is_exported(samples: Home) -> None:
    assert len(eprints(samples.run("export").out)) == 71


def test_unknown_extension_is_rejected(home: Home) -> None:
    result = home.run("export", "-o", "papers.txt")
    assert result.code == 2
    assert (
        "papers.txt: unknown extension; use one of .bib, .ris, .csl.json, .md, .digest.md,"
        in result.err
    )


def test_digest_of_another_source_is_not_overwritten(home: Home) -> None:
    digest = home.root / "elsewhere" / "01.md"
    digest.parent.mkdir()
    digest.write_text("## Daily Papers (2025-05-01)\n\n### [A](https://arxiv.org/abs/2505.00001)\n")
    before = digest.read_text()
    result = home.run("export", "-o", str(digest))
    assert result.code == 2
    assert "is a digest" in result.err
    assert digest.read_text() == before


def test_limit_of_zero_does_not_empty_a_file(home: Home) -> None:
    file = home.root / "refs.bib"
    file.write_text("mine")
    home.run("export", "--limit", "0", "-o", str(file))
    assert file.read_text() == "mine"
