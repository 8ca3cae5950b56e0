from __future__ import annotations

import csv
import io
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.support.home import Home
from tests.support.sample_digests import SamplePaper, ko_digest, write_digest
from tui.marks.edits import set_hidden, set_note, set_read, set_starred, set_tags
from tui.marks.store import MarkStore

KEYS = [
    "arxiv_id", "title", "votes", "authors", "dates", "sources", "url", "read", "starred", "tags",
    "note", "id", "hidden", "later", "categories", "has_more_authors",
]  # fmt: skip
MARK_KEYS = KEYS[KEYS.index("read") : KEYS.index("id")]


def ids(home: Home, *args: str | Path) -> list[str]:
    return home.run("list", "--format", "ids", *args).lines


def test_json_has_every_field(home: Home, digests: Path) -> None:
    result = home.run("list", "-p", digests, "--format", "json")
    assert result.code == 0
    assert result.json == [
        {
            "arxiv_id": "2505.00001",
            "title": "First: a survey",
            "votes": 9,
            "authors": ["Ann Lee", "Bo Kim"],
            "dates": ["2025-05-01", "2025-05-02"],
            "sources": ["01.md", "02.md"],
            "url": "https://arxiv.org/abs/2505.00001",
            "read": False,
            "starred": False,
            "tags": [],
            "note": "",
            "id": "2505.00001",
            "hidden": False,
            "later": 0,
            "categories": [],
            "has_more_authors": False,
        },
        {
            "arxiv_id": "2505.00003",
            "title": "=Third",
            "votes": 9,
            "authors": ["Cy Oh"],
            "dates": ["2025-05-02"],
            "sources": ["02.md"],
            "url": "https://arxiv.org/abs/2505.00003",
            "read": False,
            "starred": False,
            "tags": [],
            "note": "",
            "id": "2505.00003",
            "hidden": False,
            "later": 0,
            "categories": [],
            "has_more_authors": False,
        },
        {
            "arxiv_id": "2505.00002",
            "title": "두 번째 논문",
            "votes": None,
            "authors": ["이 선"],
            "dates": ["2025-05-01"],
            "sources": ["01.md"],
            "url": "https://arxiv.org/abs/2505.00002",
            "read": False,
            "starred": False,
            "tags": [],
            "note": "",
            "id": "2505.00002",
            "hidden": False,
            "later": 0,
            "categories": [],
            "has_more_authors": False,
        },
    ]
    assert "두 번째 논문" in result.out


def test_table_in_a_pipe_is_tab_separated(home: Home, digests: Path) -> None:
    result = home.run("list", "-p", digests)
    assert result.lines == [
        "2025-05-02\t9\t2505.00001\tFirst: a survey",
        "2025-05-02\t9\t2505.00003\t=Third",
        "2025-05-01\t-\t2505.00002\t두 번째 논문",
    ]


def test_csv_has_a_header_and_no_formulas(home: Home, digests: Path) -> None:
    rows = list(csv.reader(io.StringIO(home.run("list", "-p", digests, "--format", "csv").out)))
    assert rows[0] == KEYS
    assert rows[1][:5] == [
        "2505.00001", "First: a survey", "9", "Ann Lee; Bo Kim", "2025-05-01; 2025-05-02",
    ]  # fmt: skip
    assert rows[2][1] == "'=Third"
    assert rows[3][2] == ""


@pytest.mark.parametrize("command", ["list", "export"])
def test_csv_in_a_file_has_a_byte_order_mark(home: Home, digests: Path, command: str) -> None:
    written = f"broadsheet {command} -p '{digests}' --format csv"
    piped = home.shell(written).out
    assert piped.startswith("arxiv_id,")
    assert home.shell(f"{written} >a.csv && {written} >>a.csv && cat a.csv").out == (
        f"\ufeff{piped}{piped}"
    )
    assert home.run("export", "-p", digests, "-o", "b.csv").code == 0
    assert (home.root / "b.csv").read_bytes() == b"\xef\xbb\xbf" + piped.encode()
    assert home.run("export", "-p", digests, "-o", "/dev/stdout", "--format", "csv").out == piped


def test_single_file_is_a_source(home: Home, digests: Path) -> None:
    listed = home.run("list", "-p", digests / "01.md", "--format", "json").json
    assert [(paper["arxiv_id"], paper["votes"]) for paper in listed] == [
        ("2505.00001", 3),
        ("2505.00002", None),
    ]
    assert listed[0]["sources"] == ["01.md"]


def test_sources_are_merged(home: Home, digests: Path) -> None:
    two_files = home.run(
        "list", "-p", digests / "01.md", "-p", digests / "02.md", "--format", "json"
    )
    folder = home.run("list", "-p", digests, "--format", "json")
    assert two_files.json == folder.json
    assert ids(home, "-p", digests, "-p", digests) == ids(home, "-p", digests)


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        (["survey"], ["2505.00001"]),
        (["votes:>=9"], ["2505.00001", "2505.00003"]),
        (["--", "-survey"], ["2505.00003", "2505.00002"]),
        (["--", "-is:read survey"], ["2505.00001"]),
        (["sort:votes,-id"], ["2505.00003", "2505.00001", "2505.00002"]),
        (["date:2025-05-01"], ["2505.00001", "2505.00002"]),
        (["논문"], ["2505.00002"]),
        (["--limit", "2"], ["2505.00001", "2505.00003"]),
        (["--limit", "1", "sort:title"], ["2505.00003"]),
        ([""], ["2505.00001", "2505.00003", "2505.00002"]),
    ],
)
def test_query_and_limit_select_papers(
    home: Home, digests: Path, args: list[str], expected: list[str]
) -> None:
    result = home.run("list", "-p", digests, "--format", "ids", *args)
    assert (result.lines, result.code) == (expected, 0)


def test_query_may_precede_options(home: Home, digests: Path) -> None:
    assert ids(home, "survey", "-p", digests, "--limit", "5") == ["2505.00001"]


@pytest.mark.parametrize(
    "word", ["-pruning", "-is:read", "-survey", "-hallucination", "-pruning in trees", "-v:>3"]
)
def test_query_that_looks_like_an_option_is_rejected_with_a_hint(samples: Home, word: str) -> None:
    result = samples.run("list", word)
    assert (result.code, result.out) == (2, "")
    assert result.err.splitlines()[-1] == (
        f"broadsheet list: error: {word}: unknown option; "
        "put '--' before a query that begins with '-'"
    )


def test_query_of_two_words_needs_quotes(samples: Home) -> None:
    result = samples.run("list", "diffusion", "transformer")
    assert (result.code, result.out) == (2, "")
    assert result.err.endswith("transformer: unexpected argument; put quotes around the query\n")


def test_query_with_a_syntax_error_is_rejected(samples: Home) -> None:
    result = samples.run("list", "kim vots:>3")
    assert (result.code, result.out) == (2, "")
    assert len(result.err.splitlines()) == 1
    assert "column 5" in result.err
    assert "votes" in result.err


@pytest.mark.parametrize(
    ("format_name", "output"),
    [("json", "[]\n"), ("ids", ""), ("table", ""), ("csv", ",".join(KEYS) + "\n")],
)
def test_no_match_is_exit_code_1(samples: Home, format_name: str, output: str) -> None:
    result = samples.run("list", "nobody-wrote-this", "--format", format_name)
    assert (result.code, result.out) == (1, output)


@pytest.mark.parametrize("limit", range(1, 9))
def test_limit_lists_the_beginning_of_the_whole_list(
    home: Home, tmp_path: Path, limit: int
) -> None:
    days = {
        "2025-04-30": ["2504.00001", "2504.00002"],
        "2025-05-02": ["2504.00001", "2505.00001", "2505.00002"],
        "2025-05-31": ["2505.00003"],
        "2025-06-01": ["2505.00003", "2505.00004"],
    }
    for day, papers in days.items():
        digest = ko_digest(day, [SamplePaper(paper, votes=int(paper[-1])) for paper in papers])
        write_digest(tmp_path / "digests" / f"{day}.md", digest)
    undated = "# Reading\n\n- [Without a Day](https://arxiv.org/abs/2505.00009)\n"
    write_digest(tmp_path / "digests" / "reading.md", undated)
    MarkStore(home.state / "marks").apply(set_hidden(["2505.00003"], True))
    whole = home.run("list", "-p", tmp_path / "digests", "--format", "json")
    assert len(whole.json) == 6
    limited = home.run(
        "list", "-p", tmp_path / "digests", "--format", "json", "--limit", str(limit)
    )
    assert (limited.code, limited.json) == (0, whole.json[:limit])


def test_limit_of_zero_succeeds(samples: Home) -> None:
    result = samples.run("list", "--limit", "0", "--format", "json")
    assert (result.code, result.json) == (0, [])


@pytest.mark.parametrize("number", ["-1", "2.5", "many", "٣", "9" * 5000])
def test_invalid_limit_is_rejected(samples: Home, number: str) -> None:
    result = samples.run("list", "--limit", number)
    assert (result.code, result.out) == (2, "")
    assert "is not a whole number from 0 up" in result.err


# Marks


@pytest.fixture
def marked(home: Home, digests: Path) -> Home:
    """Return a home with marks on two papers of the digests."""
    home.configure(f'sources = ["{digests}"]\n')
    marks = MarkStore(home.state / "marks")
    marks.apply(set_read(["2505.00001"], True))
    marks.apply(set_starred(["2505.00002"], True))
    marks.apply(set_tags(["2505.00002"], ("rl", "할일")))
    marks.apply(set_note(["2505.00002"], "=Mine\nand more"))
    return home


def test_marks_are_listed(marked: Home) -> None:
    listed = {paper["arxiv_id"]: paper for paper in marked.run("list", "--format", "json").json}
    listed_marks = {id_: [paper[name] for name in MARK_KEYS] for id_, paper in listed.items()}
    assert listed_marks == {
        "2505.00001": [True, False, [], ""],
        "2505.00002": [False, True, ["rl", "할일"], "=Mine\nand more"],
        "2505.00003": [False, False, [], ""],
    }
    rows = csv.DictReader(io.StringIO(marked.run("list", "--format", "csv", "is:starred").out))
    row = next(rows)
    starred_marks = [row[name] for name in MARK_KEYS]
    assert starred_marks == ["false", "true", "rl; 할일", "'=Mine\nand more"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("is:read", ["2505.00001"]),
        ("is:unread", ["2505.00003", "2505.00002"]),
        ("-is:starred", ["2505.00001", "2505.00003"]),
        ("tag:RL", ["2505.00002"]),
        ("tag:r", []),
        ("is:noted tag:할일", ["2505.00002"]),
    ],
)
def test_queries_can_select_marks(marked: Home, query: str, expected: list[str]) -> None:
    result = marked.run("list", "--format", "ids", "--", query)
    assert (result.lines, result.code) == (expected, 0 if expected else 1)


def test_damaged_marks_are_a_warning(marked: Home) -> None:
    [file] = (marked.state / "marks").glob("*.json")
    for shard in (marked.state / "marks").rglob("*.json"):
        shard.write_bytes(b"{")
    for args in (["list", "is:unread"], ["list", "--format", "json"], ["show", "2505.00001"],
                  ["list", "--format", "ids"], ["export"]):  # fmt: skip
        result = marked.run(*args)
        assert result.code == 0
        assert file.stem in result.err
        assert "Traceback" not in result.err


# The sample data


def test_sample_data_is_the_default(samples: Home) -> None:
    listed: list[dict[str, Any]] = samples.run("list", "--format", "json").json
    assert len(listed) == 71
    assert len({date for paper in listed for date in paper["dates"]}) == 17
    assert all(list(paper) == KEYS for paper in listed)
    papers = {paper["arxiv_id"]: paper for paper in listed}
    assert papers["2504.16084"]["title"] == "TTRL: Test-Time Reinforcement Learning"
    assert papers["2504.16084"]["dates"] == ["2025-04-23", "2025-04-24"]
    assert papers["2504.16084"]["votes"] == 84
    assert papers["2504.16084"]["authors"][:2] == ["Xuekai Zhu", "Li Sheng"]
    assert papers["2505.15809"]["title"] == "MMaDA: Multimodal Large Diffusion Language Models"
    assert papers["2505.15809"]["dates"] == ["2025-05-23"]
    assert sorted(papers["2505.15809"]["sources"]) == [
        "daily_papers/2025-05-23.md",
        "daily_papers_ko/2025/05/23.md",
    ]
    assert papers["2505.15809"]["votes"] == 67
    assert papers["2502.13917"]["votes"] is None
    assert papers["2502.13917"]["authors"] == [
        "Jaesung Tae", "Sachin Kumar", "Hamish Ivison", "Arman Cohan",
    ]  # fmt: skip
    assert papers["2505.15404"]["title"] == "대형 추론 모델을 안전하게 만드는 법에 관한 실증 연구"
    assert (papers["2505.15404"]["votes"], papers["2505.15404"]["authors"]) == (None, [])


def test_order_is_newest_first_then_votes_then_id(samples: Home) -> None:
    listed = samples.run("list", "--format", "json").json
    for paper, next_paper in pairwise(listed):
        newest, following = paper["dates"][-1], next_paper["dates"][-1]
        votes, fewer = (-1 if p["votes"] is None else p["votes"] for p in (paper, next_paper))
        assert newest >= following
        if newest == following:
            assert votes >= fewer
            assert votes > fewer or paper["arxiv_id"] < next_paper["arxiv_id"]


# Sources


def test_configured_sources_replace_the_sample_data(home: Home, digests: Path) -> None:
    home.configure(f'sources = ["{digests}"]\nmin_votes = 5\nsort = "title"\n')
    assert ids(home) == ["2505.00001", "2505.00003", "2505.00002"]


def test_sources_on_the_command_line_override_the_settings(
    home: Home, digests: Path, tmp_path: Path
) -> None:
    configured_source = write_digest(
        tmp_path / "other.md", ko_digest("2025-06-01", [SamplePaper("2506.00001")])
    )
    home.configure(f'sources = ["{configured_source}"]\ncolor = "red"\n')
    result = home.run("list", "-p", digests, "--format", "ids")
    assert result.lines == ["2505.00001", "2505.00003", "2505.00002"]
    # Votes are missing, which is no problem.
    assert result.err == ""
    damaged = ko_digest("2025-05-03", [SamplePaper("2505.00001", "첫 논문", 3)]).encode() + b"\xff"
    write_digest(digests / "03.md", damaged)
    result = home.run("list", "-p", digests, "--format", "ids")
    assert result.err == "broadsheet: 1 problem in 1 file; 'broadsheet sync -p …' lists it\n"
    # A problem is only printed by the sync that found it.
    assert home.run("list", "-p", digests, "--format", "ids").err == ""
    configured = home.run("list", "--format", "ids")
    assert configured.lines == ["2506.00001"]
    assert "unknown setting 'color'" in configured.err


def test_missing_source_is_one_error(home: Home) -> None:
    result = home.run("list", "-p", "nowhere", "--format", "json")
    assert (result.code, result.out) == (2, "")
    assert result.err == "broadsheet: nowhere: no such file or folder\n"
    assert not home.cache.exists()


def test_path_that_is_too_long_is_one_error(home: Home) -> None:
    result = home.run("list", "-p", "x" * 5000)
    assert (result.code, result.out) == (2, "")
    assert len(result.err.splitlines()) == 1


def test_file_that_is_not_a_digest_is_one_error(home: Home, tmp_path: Path) -> None:
    notes = write_digest(tmp_path / "notes.md", "# Notes\n\nNothing of the kind.\n")
    result = home.run("list", "-p", notes)
    assert (result.code, result.out) == (2, "")
    assert len(result.err.splitlines()) == 1
    assert f"{notes}: no digest found; expected '## Daily Papers (DATE)'" in result.err


def test_folder_without_digests_is_one_error(home: Home, tmp_path: Path) -> None:
    write_digest(tmp_path / "notes" / "notes.md", "# Notes\n")
    result = home.run("list", "-p", tmp_path / "notes", "--format", "json")
    assert (result.code, result.out) == (1, "[]\n")
    assert "no digest found in it; expected" in result.err


@pytest.mark.parametrize("unusable", ["nowhere", "notes.md"])
def test_one_unusable_source_of_several_is_a_warning(
    home: Home, digests: Path, tmp_path: Path, unusable: str
) -> None:
    write_digest(tmp_path / "notes.md", "# Notes\n")
    result = home.run("list", "-p", unusable, "-p", digests, "--format", "ids")
    assert result.lines == ["2505.00001", "2505.00003", "2505.00002"]
    assert result.code == 0
    warnings = result.err.splitlines()
    assert len(warnings) == 1
    assert f"{unusable}: " in warnings[0]


def test_unreachable_source_keeps_its_papers(home: Home, digests: Path, tmp_path: Path) -> None:
    home.configure(f'sources = ["{digests}"]\n')
    assert len(ids(home)) == 3
    digests.rename(tmp_path / "unmounted")
    result = home.run("list", "--format", "ids")
    assert (result.code, len(result.lines)) == (0, 3)
    assert "1 problem in 1 file; 'broadsheet sync' lists it" in result.err


def test_changed_digests_are_read_first(home: Home, digests: Path) -> None:
    assert len(ids(home, "-p", digests)) == 3
    write_digest(digests / "03.md", ko_digest("2025-05-03", [SamplePaper("2505.00009")]))
    (digests / "02.md").unlink()
    assert ids(home, "-p", digests) == ["2505.00009", "2505.00001", "2505.00002"]


# The cache


def test_unwritable_cache_is_used_without_a_sync(home: Home, digests: Path) -> None:
    assert len(ids(home, "-p", digests)) == 3
    [lock] = home.cache.rglob(".lock")
    lock.unlink()
    lock.mkdir()  # file permissions do not apply to root
    write_digest(digests / "03.md", ko_digest("2025-05-03", [SamplePaper("2505.00009")]))
    result = home.run("list", "-p", digests, "--format", "ids")
    assert (result.code, len(result.lines)) == (0, 3)
    assert result.err.endswith("; using the cache as it is\n")
    assert home.run("sync", "-p", digests).code == 2


def test_cache_folder_that_cannot_be_created_is_reported(home: Home, digests: Path) -> None:
    (home.root / "cache").write_text("a file stands in the way", encoding="utf-8")
    result = home.run("list", "-p", digests, "--format", "ids")
    assert (result.code, len(result.lines)) == (0, 3)
    assert result.err.splitlines()[0].endswith("not cached, but read each time")
    assert str(home.root / "cache") in result.err


@pytest.mark.parametrize("name", ["2025-05.rows", "catalogue", "calendar", "counts", "index-25q2"])
def test_damaged_cache_is_rebuilt(home: Home, digests: Path, name: str) -> None:
    assert len(ids(home, "-p", digests)) == 3
    [file] = home.cache.glob(f"*/{name}.json")
    file.write_bytes(b'{"half": ')
    result = home.run("list", "-p", digests, "--format", "ids")
    assert result.lines == ["2505.00001", "2505.00003", "2505.00002"]
    if name not in ("counts", "index-25q2"):  # not needed by a list
        assert "rebuil" in result.err
    assert "rebuil" not in home.run("list", "-p", digests).err
