from __future__ import annotations

import csv
import io
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.support.home import Home
from tests.support.sample_digests import SamplePaper, ko_digest, write_digest
from tui.marks import MarkStore, set_note, set_read, set_starred, set_tags

KEYS = [
    "arxiv_id", "title", "votes", "authors", "dates", "sources", "url", "read", "starred", "tags",
    "note",
]  # fmt: skip


def ids(home: Home, *words: str | Path) -> list[str]:
    return home.run("list", "--format", "ids", *words).lines


def test_json_tells_everything_of_a_paper(home: Home, digests: Path) -> None:
    ran = home.run("list", "-p", digests, "--format", "json")
    assert ran.code == 0
    assert ran.json == [
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
        },
    ]
    assert "두 번째 논문" in ran.out


def test_a_table_in_a_pipe_is_plain(home: Home, digests: Path) -> None:
    ran = home.run("list", "-p", digests)
    assert ran.lines == [
        "2025-05-02\t9\t2505.00001\tFirst: a survey",
        "2025-05-02\t9\t2505.00003\t=Third",
        "2025-05-01\t-\t2505.00002\t두 번째 논문",
    ]


def test_csv_has_a_heading_and_nothing_to_compute(home: Home, digests: Path) -> None:
    rows = list(csv.reader(io.StringIO(home.run("list", "-p", digests, "--format", "csv").out)))
    assert rows[0] == KEYS
    assert rows[1][:5] == [
        "2505.00001", "First: a survey", "9", "Ann Lee; Bo Kim", "2025-05-01; 2025-05-02",
    ]  # fmt: skip
    assert rows[2][1] == "'=Third"
    assert rows[3][2] == ""


def test_a_single_file_is_a_source(home: Home, digests: Path) -> None:
    listed = home.run("list", "-p", digests / "01.md", "--format", "json").json
    assert [(paper["arxiv_id"], paper["votes"]) for paper in listed] == [
        ("2505.00001", 3),
        ("2505.00002", None),
    ]
    assert listed[0]["sources"] == ["01.md"]


def test_several_sources_are_one_collection(home: Home, digests: Path) -> None:
    both = home.run("list", "-p", digests / "01.md", "-p", digests / "02.md", "--format", "json")
    whole = home.run("list", "-p", digests, "--format", "json")
    assert both.json == whole.json
    assert ids(home, "-p", digests, "-p", digests) == ids(home, "-p", digests)


@pytest.mark.parametrize(
    ("words", "found"),
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
def test_queries_and_limits(home: Home, digests: Path, words: list[str], found: list[str]) -> None:
    ran = home.run("list", "-p", digests, "--format", "ids", *words)
    assert (ran.lines, ran.code) == (found, 0)


def test_a_query_may_stand_before_the_options(home: Home, digests: Path) -> None:
    assert ids(home, "survey", "-p", digests, "--limit", "5") == ["2505.00001"]


@pytest.mark.parametrize(
    "word", ["-pruning", "-is:read", "-survey", "-hallucination", "-pruning in trees", "-v:>3"]
)
def test_a_query_that_looks_like_an_option_is_refused_with_the_way_out(
    samples: Home, word: str
) -> None:
    ran = samples.run("list", word)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.splitlines()[-1] == (
        f"broadsheet list: error: {word}: unknown option; "
        "put '--' before a query that begins with '-'"
    )


def test_two_words_need_quotes(samples: Home) -> None:
    ran = samples.run("list", "diffusion", "transformer")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.endswith("transformer: unexpected argument; put quotes around the query\n")


def test_a_query_that_cannot_be_understood(samples: Home) -> None:
    ran = samples.run("list", "kim vots:>3")
    assert (ran.code, ran.out) == (2, "")
    assert len(ran.err.splitlines()) == 1
    assert "column 5" in ran.err
    assert "votes" in ran.err


@pytest.mark.parametrize(
    ("style", "out"),
    [("json", "[]\n"), ("ids", ""), ("table", ""), ("csv", ",".join(KEYS) + "\n")],
)
def test_nothing_matched(samples: Home, style: str, out: str) -> None:
    ran = samples.run("list", "nobody-wrote-this", "--format", style)
    assert (ran.code, ran.out) == (1, out)


def test_a_limit_of_nothing_is_no_failure(samples: Home) -> None:
    ran = samples.run("list", "--limit", "0", "--format", "json")
    assert (ran.code, ran.json) == (0, [])


@pytest.mark.parametrize("number", ["-1", "2.5", "many", "٣", "9" * 5000])
def test_a_limit_is_a_whole_number(samples: Home, number: str) -> None:
    ran = samples.run("list", "--limit", number)
    assert (ran.code, ran.out) == (2, "")
    assert "is not a whole number from 0 up" in ran.err


# The reader's marks


@pytest.fixture
def marked(home: Home, digests: Path) -> Home:
    """A reader who has marked two of the digests' papers."""
    home.configure(f'sources = ["{digests}"]\n')
    marks = MarkStore(home.state / "marks")
    marks.apply(set_read(["2505.00001"], True))
    marks.apply(set_starred(["2505.00002"], True))
    marks.apply(set_tags(["2505.00002"], ("rl", "할일")))
    marks.apply(set_note(["2505.00002"], "=Mine\nand more"))
    return home


def test_marks_are_told(marked: Home) -> None:
    listed = {each["arxiv_id"]: each for each in marked.run("list", "--format", "json").json}
    told = {id_: [each[name] for name in KEYS[-4:]] for id_, each in listed.items()}
    assert told == {
        "2505.00001": [True, False, [], ""],
        "2505.00002": [False, True, ["rl", "할일"], "=Mine\nand more"],
        "2505.00003": [False, False, [], ""],
    }
    rows = csv.reader(io.StringIO(marked.run("list", "--format", "csv", "is:starred").out))
    assert list(rows)[1][-4:] == ["false", "true", "rl; 할일", "'=Mine\nand more"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("is:read", ["2505.00001"]),
        ("is:unread", ["2505.00003", "2505.00002"]),
        ("-is:starred", ["2505.00001", "2505.00003"]),
        ("tag:RL", ["2505.00002"]),
        ("tag:r", []),
        ("is:noted tag:할일", ["2505.00002"]),
    ],
)
def test_marks_are_asked_for(marked: Home, query: str, found: list[str]) -> None:
    ran = marked.run("list", "--format", "ids", "--", query)
    assert (ran.lines, ran.code) == (found, 0 if found else 1)


def test_damaged_marks_are_told_and_the_list_is_there(marked: Home) -> None:
    [file] = (marked.state / "marks").glob("*.json")
    for each in (marked.state / "marks").rglob("*.json"):
        each.write_bytes(b"{")
    for words in (["list", "is:unread"], ["list", "--format", "json"], ["show", "2505.00001"],
                  ["export"]):  # fmt: skip
        ran = marked.run(*words)
        assert ran.code == 0
        assert file.stem in ran.err
        assert "Traceback" not in ran.err
    # What needs no marks reads none.
    assert file.stem not in marked.run("list", "--format", "ids").err


# The sample data


def test_the_sample_data_is_the_default(samples: Home) -> None:
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


def test_newest_first_then_votes_then_id(samples: Home) -> None:
    listed = samples.run("list", "--format", "json").json
    for one, next_one in pairwise(listed):
        newest, following = one["dates"][-1], next_one["dates"][-1]
        votes, fewer = (-1 if p["votes"] is None else p["votes"] for p in (one, next_one))
        assert newest >= following
        if newest == following:
            assert votes >= fewer
            assert votes > fewer or one["arxiv_id"] < next_one["arxiv_id"]


# Which sources


def test_configured_sources_take_the_place_of_the_samples(home: Home, digests: Path) -> None:
    home.configure(f'sources = ["{digests}"]\nmin_votes = 5\nsort = "title"\n')
    assert ids(home) == ["2505.00001", "2505.00003", "2505.00002"]


def test_a_named_source_leaves_the_settings_out(home: Home, digests: Path, tmp_path: Path) -> None:
    other = write_digest(
        tmp_path / "other.md", ko_digest("2025-06-01", [SamplePaper("2506.00001")])
    )
    home.configure(f'sources = ["{other}"]\ncolour = "red"\n')
    named = home.run("list", "-p", digests, "--format", "ids")
    assert named.lines == ["2505.00001", "2505.00003", "2505.00002"]
    assert named.err == "broadsheet: 1 problem in 1 file; 'broadsheet sync -p …' lists it\n"
    # Who asks again has been told.
    assert home.run("list", "-p", digests, "--format", "ids").err == ""
    configured = home.run("list", "--format", "ids")
    assert configured.lines == ["2506.00001"]
    assert "unknown setting 'colour'" in configured.err


def test_a_source_that_is_not_there(home: Home) -> None:
    ran = home.run("list", "-p", "nowhere", "--format", "json")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "broadsheet: nowhere: no such file or folder\n"
    assert not home.cache.exists()


def test_a_name_that_is_too_long_for_any_file(home: Home) -> None:
    ran = home.run("list", "-p", "x" * 5000)
    assert (ran.code, ran.out) == (2, "")
    assert len(ran.err.splitlines()) == 1


def test_a_file_that_is_no_digest(home: Home, tmp_path: Path) -> None:
    notes = write_digest(tmp_path / "notes.md", "# Notes\n\nNothing of the kind.\n")
    ran = home.run("list", "-p", notes)
    assert (ran.code, ran.out) == (2, "")
    assert len(ran.err.splitlines()) == 1
    assert f"{notes}: no digest found; expected '## Daily Papers (DATE)'" in ran.err


def test_a_folder_without_digests(home: Home, tmp_path: Path) -> None:
    write_digest(tmp_path / "notes" / "notes.md", "# Notes\n")
    ran = home.run("list", "-p", tmp_path / "notes", "--format", "json")
    assert (ran.code, ran.out) == (1, "[]\n")
    assert "no digest found in it; expected" in ran.err


@pytest.mark.parametrize("bad", ["nowhere", "notes.md"])
def test_one_bad_source_of_several_is_a_warning(
    home: Home, digests: Path, tmp_path: Path, bad: str
) -> None:
    write_digest(tmp_path / "notes.md", "# Notes\n")
    ran = home.run("list", "-p", bad, "-p", digests, "--format", "ids")
    assert ran.lines == ["2505.00001", "2505.00003", "2505.00002"]
    assert ran.code == 0
    told, problems = ran.err.splitlines()
    assert f"{bad}: " in told or f"{bad}: " in problems


def test_a_configured_source_that_cannot_be_reached_keeps_its_papers(
    home: Home, digests: Path, tmp_path: Path
) -> None:
    home.configure(f'sources = ["{digests}"]\n')
    assert len(ids(home)) == 3
    digests.rename(tmp_path / "unmounted")
    ran = home.run("list", "--format", "ids")
    assert (ran.code, len(ran.lines)) == (0, 3)
    assert "2 problems in 2 files; 'broadsheet sync' lists them" in ran.err


def test_changes_are_read_first(home: Home, digests: Path) -> None:
    assert len(ids(home, "-p", digests)) == 3
    write_digest(digests / "03.md", ko_digest("2025-05-03", [SamplePaper("2505.00009")]))
    (digests / "02.md").unlink()
    assert ids(home, "-p", digests) == ["2505.00009", "2505.00001", "2505.00002"]


# The cache


def test_a_cache_that_cannot_be_written_serves_as_it_is(home: Home, digests: Path) -> None:
    assert len(ids(home, "-p", digests)) == 3
    [lock] = home.cache.rglob(".lock")
    lock.unlink()
    lock.mkdir()  # no permission would stop root
    write_digest(digests / "03.md", ko_digest("2025-05-03", [SamplePaper("2505.00009")]))
    ran = home.run("list", "-p", digests, "--format", "ids")
    assert (ran.code, len(ran.lines)) == (0, 3)
    assert ran.err.endswith("; using the cache as it is\n")
    assert home.run("sync", "-p", digests).code == 2


def test_without_a_place_for_the_cache(home: Home, digests: Path) -> None:
    (home.root / "cache").write_text("a file stands in the way", encoding="utf-8")
    ran = home.run("list", "-p", digests)
    assert (ran.code, ran.out) == (2, "")
    assert len(ran.err.splitlines()) == 1
    assert str(home.root / "cache") in ran.err


@pytest.mark.parametrize("name", ["2025-05.rows", "catalogue", "calendar", "counts", "index-25"])
def test_a_damaged_cache_is_made_anew(home: Home, digests: Path, name: str) -> None:
    assert len(ids(home, "-p", digests)) == 3
    [file] = home.cache.glob(f"*/{name}.json")
    file.write_bytes(b'{"half": ')
    ran = home.run("list", "-p", digests, "--format", "ids")
    assert ran.lines == ["2505.00001", "2505.00003", "2505.00002"]
    if name not in ("counts", "index-25"):  # which a list does not need
        assert "made anew" in ran.err
    assert "made anew" not in home.run("list", "-p", digests).err
