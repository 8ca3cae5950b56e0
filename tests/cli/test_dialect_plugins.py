"""Dialects in other packages, installed on the import path."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.cli.dialect_packages import BLOCKS, install, install_example, remove
from tests.support.home import Home
from tests.support.sample_digests import SamplePaper, ko_digest, write_digest

PAGE = "## [Wind](https://arxiv.org/abs/2504.00001)\n\nWords.\n"

PACKAGE = """
from tui.digests.plugin_api import Dialect, Digest, Entry, RecordDigestBuilder, Problem

def read(text, path):
    {body}

DIALECT = Dialect("mine", lambda text: {claims}, read)
"""


def package(body: str = "return Digest(path, 'mine')", claims: str = "'mine' in text") -> str:
    return PACKAGE.format(body=body.replace("\n", "\n    "), claims=claims)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Return an empty folder to install packages into."""
    folder = tmp_path / "site"
    folder.mkdir()
    return folder


@pytest.fixture
def reader(home: Home, site: Path) -> Home:
    """Return a home whose Python imports packages from ``site``."""
    return home.with_environment(PYTHONPATH=str(site))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a digest, a page for the fallback dialect, and two files that no dialect claims."""
    folder = tmp_path / "digests"
    write_digest(
        folder / "2025-05-01.md", ko_digest("2025-05-01", [SamplePaper("2505.00001", votes=3)])
    )
    write_digest(folder / "2025-05-02.md", PAGE)
    write_digest(folder / "LICENSE", "Free as air.")
    write_digest(folder / "mine.txt", "a list of mine")
    return folder


def test_example_has_at_most_40_lines() -> None:
    assert len(BLOCKS["python"].splitlines()) <= 40
    imported = [node for node in ast.walk(ast.parse(BLOCKS["python"])) if hasattr(node, "module")]
    assert {node.module for node in imported} == {"tui.digests.plugin_api"}


def test_example_reads_its_digest(reader: Home, site: Path, tmp_path: Path) -> None:
    install_example(site)
    lines = "2505.04922 Waves\n12 is malformed\n2505.04923 +1 Tides\n    More\x1b[2J words.\n"
    listed = write_digest(tmp_path / "picks.txt", BLOCKS[""] + lines)
    counts = reader.run("sync", "-p", listed, "--format", "json").json
    assert (counts["read"], counts["skipped"], counts["entries"]) == (1, 0, 3)
    (problem,) = counts["problems"]
    assert (problem["file"], problem["line"]) == ("picks.txt", 6)
    assert problem["message"].startswith("expected an id, votes like +12")
    papers = reader.run("list", "-p", listed, "--format", "json").json
    assert [(paper["arxiv_id"], paper["votes"]) for paper in papers] == [
        ("2505.04921", 12),
        ("2505.04923", 1),
        ("2505.04922", None),
    ]
    paper = reader.run("show", "2505.04923", "-p", listed, "--format", "json").json
    (summary,) = paper["summaries"]
    assert summary == {
        "source": "picks.txt",
        "dialect": "picks",
        "date": "2025-05-01",
        "published": None,
        "markdown": "More words.",
    }


def test_files_are_re_read_when_a_dialect_is_added_or_removed(
    reader: Home, site: Path, tmp_path: Path
) -> None:
    digests = tmp_path / "digests"
    write_digest(digests / "ours.md", ko_digest("2025-05-01", [SamplePaper("2505.00001", votes=3)]))
    write_digest(digests / "picks.txt", BLOCKS[""])
    counts = []
    for change in (lambda: None, install_example, lambda: None, remove, lambda: None):
        if change is install_example:
            install_example(site)
        elif change is remove:
            remove(site, "broadsheet_picks")
        report = reader.run("sync", "-p", digests, "--format", "json").json
        counts.append(
            [report[name] for name in ("read", "unchanged", "removed", "skipped", "papers")]
        )
    assert counts == [
        [1, 0, 0, 1, 1],
        [1, 1, 0, 0, 2],
        [0, 2, 0, 0, 2],
        [0, 1, 1, 1, 1],
        [0, 1, 0, 1, 1],
    ]


def test_files_are_re_read_when_a_new_version_has_more_dialects(reader: Home, folder: Path) -> None:
    reader.run("sync", "-p", folder)
    (catalogue,) = reader.cache.rglob("catalogue.json")
    older = (
        "import sys, tui.digests.registry as registry; registry.VERSION = 1;"
        "from tui.cli.main import main;"
        "sys.argv = ['broadsheet', 'sync', '-p', sys.argv[1]]; main()"
    )
    Home(reader.root, reader.extra_environment, (reader.program[0], "-c", older)).run(folder)
    stamp = catalogue.stat().st_mtime_ns
    counts = reader.run("sync", "-p", folder, "--format", "json").json
    # A new dialect may claim the page of the fallback dialect, but no other digest.
    assert (counts["read"], counts["unchanged"], counts["skipped"]) == (1, 1, 2)
    assert catalogue.stat().st_mtime_ns > stamp
    counts = reader.run("sync", "-p", folder, "--format", "json").json
    assert (counts["read"], counts["unchanged"], counts["skipped"]) == (0, 2, 2)


def test_built_in_dialects_have_precedence_and_the_fallback_is_last(
    reader: Home, site: Path, folder: Path
) -> None:
    body = "builder = RecordDigestBuilder(path, 'mine')\n"
    body += "builder.add_paper(1, arxiv_id='2504.00009', day='2025-05-09', title='Mine')\n"
    install(site, "mine", package(f"{body}return builder.build()", "True"))
    papers = reader.run("list", "-p", folder, "--format", "json").json
    assert {paper["arxiv_id"]: len(paper["sources"]) for paper in papers} == {
        "2504.00009": 3,
        "2505.00001": 1,
    }


def test_packages_are_not_imported_if_built_in_dialects_claim_every_file(
    reader: Home, site: Path, tmp_path: Path
) -> None:
    install(site, "mine", f"open({str(tmp_path / 'imported')!r}, 'w')\n{package()}")
    digests = tmp_path / "digests"
    write_digest(digests / "ours.md", ko_digest("2025-05-01", [SamplePaper("2505.00001", votes=3)]))
    assert reader.run("sync", "-p", digests).code == 0
    assert not (tmp_path / "imported").exists()
    write_digest(digests / "LICENSE", "Free as air.")
    assert reader.run("sync", "-p", digests).code == 0
    assert (tmp_path / "imported").exists()


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("import nothing_of_that_name", "ModuleNotFoundError: No module named"),
        ("DIALECT = 7", "TypeError: it is not a Dialect"),
        ("this is no Python", "SyntaxError: invalid syntax"),
        ("raise SystemExit(3)", "SystemExit: 3"),
        (package().replace('Dialect("mine"', 'Dialect("\x1b[2J"'), "ValueError: its name"),
        ("raise ValueError('\\x1b[2J' * 900)", "ValueError: \\x1b[2J\\x1b[2J"),
        (package(claims="1 / 0"), "this dialect fails (ZeroDivisionError: division by zero)"),
        (
            package().replace('"mine", lambda', '"page", lambda'),
            "another dialect has the same name",
        ),
    ],
)
def test_unusable_dialect_is_one_persistent_problem(
    reader: Home, site: Path, folder: Path, source: str, message: str
) -> None:
    install(site, "mine", source)
    for _ in range(2):
        result = reader.run("sync", "-p", folder, "--format", "json")
        assert (result.code, result.json["papers"], result.json["skipped"]) == (0, 2, 2)
        (problem,) = [
            problem for problem in result.json["problems"] if "dialect" in problem["file"]
        ]
        assert problem["file"].startswith("broadsheet.dialects: ")
        assert message in problem["message"]
        assert len(problem["message"]) < 250
    remove(site, "mine")
    problems = reader.run("sync", "-p", folder, "--format", "json").json["problems"]
    assert not [problem for problem in problems if "dialect" in problem["file"]]


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ("return 1 / 0", "ZeroDivisionError: division by zero"),
        ("return read(text, path)", "RecursionError"),
        ("return None", "TypeError: it returned no Digest"),
        ("return Digest(path, 'mine', 7)", "TypeError"),
        ("return Digest(path, 'mine', (), (7,))", "AttributeError"),
    ],
)
def test_dialect_that_raises_is_a_problem_of_the_file(
    reader: Home, site: Path, folder: Path, body: str, error: str
) -> None:
    install(site, "mine", package(body))
    result = reader.run("sync", "-p", folder, "--format", "json")
    assert (result.code, result.json["papers"], result.json["skipped"]) == (0, 2, 1)
    (problem,) = [problem for problem in result.json["problems"] if problem["file"] == "mine.txt"]
    assert problem["message"].startswith(f"the dialect mine failed ({error}")


def test_entries_of_a_dialect_are_validated(reader: Home, site: Path, folder: Path) -> None:
    valid = (
        "Entry('2504.00009v3', '2025-05-09', 'A\\x1b[2J\\ntitle', False, -3, ['Ada\\u202e', '', 7],"
        " 'javascript:x', '\\x1b]0;x\\x07## One\\n\\nwords', ('a\\x1b[2J',), 'other', 1)"
    )
    invalid = [
        "7",
        "Entry('x', '2025-05-09', '', False, 0, (), None, '', (), 'x', 1)",
        "Entry('2504.00008', '2025-02-30', '', False, 0, (), None, '', (), 'x', 1)",
        "Entry('2504.00008', None, '', False, 0, (), None, '', (), 'x', 1)",
        "Entry('2504.00008', '2025-05-09', '', False, 0, None, None, '', (), 'x', 1)",
        "Entry('2504.00008', '2025-05-09', '', False, 0, (), None, '', (), 'x', 'y')",
    ]
    problem = "Problem('/etc/passwd', -1, 'bad\\x1b[2J')"
    entries = ", ".join([valid, *invalid])
    install(site, "mine", package(f"return Digest('x', 'y', ({entries}), ({problem},))"))
    counts = reader.run("sync", "-p", folder, "--format", "json").json
    problems = [problem for problem in counts["problems"] if problem["file"] == "mine.txt"]
    assert {"file": "mine.txt", "line": 0, "message": "bad"} in problems
    assert len(problems) == 1 + len(invalid)
    paper = reader.run("show", "2504.00009", "-p", folder, "--format", "json").json
    assert (paper["title"], paper["votes"], paper["authors"]) == ("A title", None, ["Ada"])
    (summary,) = paper["summaries"]
    assert (summary["dialect"], summary["markdown"]) == ("mine", "## One\n\nwords")
    assert reader.run("show", "2504.00008", "-p", folder).code == 1
