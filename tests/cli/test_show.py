from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.on_terminal import terminal
from tests.support.home import Home
from tui.marks.edits import set_note, set_tags
from tui.marks.store import MarkStore


@pytest.mark.parametrize(
    "name",
    [
        "2505.15809",
        "2505.15809v2",
        " 2505.15809 ",
        "arXiv:2505.15809v1",
        "https://arxiv.org/abs/2505.15809v3",
        "https://huggingface.co/papers/2505.15809",
    ],
)
def test_paper_is_printed_as_markdown(samples: Home, name: str) -> None:
    result = samples.run("show", name)
    assert result.code == 0
    assert result.lines[:7] == [
        "# MMaDA: Multimodal Large Diffusion Language Models",
        "",
        "<https://arxiv.org/abs/2505.15809>",
        "",
        "Votes: 67  ",
        "Dates: 2025-05-23  ",
        "Authors: Ling Yang, Ye Tian, Bowen Li, Xinchen Zhang, Ke Shen, Yunhai Tong, Mengdi Wang",
    ]
    assert "*daily_papers_ko, 2025-05-23*" in result.lines
    assert "*daily_papers, 2025-05-23*" in result.lines


def test_marks_are_shown(home: Home, digests: Path) -> None:
    marks = MarkStore(home.state / "marks")
    marks.apply(set_tags(["2505.00001"], ("rl", "todo")))
    marks.apply(set_note(["2505.00001"], "Mine."))
    result = home.run("show", "2505.00001", "-p", digests)
    assert result.lines[6:11] == ["Authors: Ann Lee, Bo Kim  ", "Tags: rl, todo", "", "> Mine.", ""]
    paper = home.run("show", "2505.00001", "-p", digests, "--format", "json").json
    assert (paper["tags"], paper["note"]) == (["rl", "todo"], "Mine.")


def test_unknown_values_are_labelled(samples: Home) -> None:
    result = samples.run("show", "2505.15404")
    assert "Votes: unknown  " in result.lines
    assert "Authors: unknown" in result.lines
    assert not any(line.startswith("*daily_papers") for line in result.lines)


def test_json_includes_summaries(samples: Home) -> None:
    paper = samples.run("show", "2504.16084", "--format", "json").json
    listed = samples.run("list", "id:2504.16084", "--format", "json").json
    summaries = paper.pop("summaries")
    assert [paper] == listed
    assert [(summary["source"], summary["dialect"], summary["date"]) for summary in summaries] == [
        ("daily_papers_ko/2025/04/24.md", "daily_papers_ko", "2025-04-24"),
        ("daily_papers_ko/2025/04/23.md", "daily_papers_ko", "2025-04-23"),
    ]
    assert all("What's New" in summary["markdown"] for summary in summaries)


def test_single_section_is_printed(samples: Home) -> None:
    [summary] = samples.run("show", "2504.14735", "--format", "json").json["summaries"]
    assert summary["markdown"].startswith("- ***What's New***: DiffVox")
    assert summary["markdown"].count("***") == 2


@pytest.mark.parametrize("name", ["2505.99999", "nonsense", "", "v2", "2505.15809.1"])
def test_unknown_paper_is_reported(samples: Home, name: str) -> None:
    result = samples.run("show", name)
    assert (result.code, result.out) == (1, "")
    assert result.err.endswith(f"broadsheet: {name}: no digest contains this paper\n")


def test_sources_may_be_on_the_command_line(home: Home, digests: Path) -> None:
    assert home.run("show", "2505.00002", "-p", digests).lines[0] == "# 두 번째 논문"
    assert home.run("show", "2505.15809", "-p", digests).code == 1
    result = home.run("show", "2505.00002", "-p", "nowhere")
    assert (result.code, result.err) == (2, "broadsheet: nowhere: no such file or folder\n")


def test_damaged_cache_is_rebuilt(home: Home, digests: Path) -> None:
    complete = home.run("show", "2505.00001", "-p", digests)
    for name in ("index-25q2", "2025-05.texts"):
        [file] = home.cache.glob(f"*/{name}.json")
        file.write_bytes(b"")
        result = home.run("show", "2505.00001", "-p", digests)
        assert (result.code, result.out) == (0, complete.out)
        assert "rebuil" in result.err


def test_paper_is_set_for_a_terminal(home: Home, digests: Path) -> None:
    with terminal(home, "show", "2505.00001", "-p", digests) as shown:
        shown.wait_for("https://arxiv.org/abs/2505.00001")
        text = shown.text
    assert "# " not in text
    assert "***" not in text
    assert "Ann Lee, Bo Kim" in text


def test_markdown_is_printed_on_a_terminal_if_requested(home: Home, digests: Path) -> None:
    args = ("show", "2505.00001", "-p", digests, "--format", "markdown")
    with terminal(home, *args) as shown:
        shown.wait_for("<https://arxiv.org/abs/2505.00001>")
