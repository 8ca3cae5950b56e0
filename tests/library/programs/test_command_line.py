"""Command lines with placeholders, run as real programs on hostile papers."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.library.export.records import paper, record
from tui.library.export import ExportRecord
from tui.library.export.placeholders import TemplateError
from tui.library.programs.command_line import needs_summaries, prepared
from tui.library.programs.process import MAX_OUTPUT_BYTES, run_captured
from tui.models import Marks
from tui.runtime.task import UNATTENDED, Task, TaskCancelledError

HOSTILE = """$(touch x) `touch x` ; touch x & "touch' x\\ \n* ~ ${HOME} {url} | > x"""
PRINT = f"{sys.executable} -c 'import json,sys; print(json.dumps(sys.argv[1:]))'"


def run(
    line: str, records: Sequence[ExportRecord], *, input_format: str = "", shell: bool = False
) -> str:
    with prepared(line, records, input_format=input_format, shell=shell) as filled:
        output = run_captured(filled, UNATTENDED)
    assert output.code == 0, output
    return output.text


@pytest.mark.parametrize("shell", [False, True])
def test_hostile_values_stay_arguments(
    shell: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    records = [record(paper("-rf /"), marks=Marks(note=HOSTILE))]
    line = (
        f"""{PRINT} {{note}} "{{note}}" 'a{{note}}b' --x={{note}} {{title}} "{{id}}" {{{{id}}}}"""
    )
    words = json.loads(run(line, records, shell=shell))
    assert words == [
        HOSTILE, HOSTILE, f"a{HOSTILE}b", f"--x={HOSTILE}", " -rf /", "2505.04921", "{id}",
    ]  # fmt: skip
    assert list(tmp_path.iterdir()) == []


@settings(deadline=None, max_examples=25)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
@example("' ; touch x #")
@example('" ; touch x #')
def test_any_value_stays_one_argument(note: str) -> None:
    expected = note.replace("\0", "")
    expected = f" {expected}" if expected.startswith("-") else expected
    lines = ("printf '%s|' {note}", "printf '%s|' \"{note}\"", "printf '%s|' '{note}'")
    for line in lines:
        with prepared(line, [record(paper(), marks=Marks(note=note))], shell=True) as filled:
            script = filled.words[-1]
            assert note == "" or len(note) < 4 or note not in script
            assert filled.environment["BROADSHEET_NOTE"] == expected


def test_a_word_per_paper() -> None:
    records = [record(paper(f"P {n}", arxiv_id=f"2505.0000{n}")) for n in range(3)]
    words = json.loads(run(f"{PRINT} {{id}} --titles={{title}}", records))
    assert words == ["2505.00000", "2505.00001", "2505.00002", "--titles=P 0, P 1, P 2"]
    assert run("cat", records, input_format="ids").split() == words[:3]


@pytest.mark.parametrize("shell", [False, True])
def test_many_papers_are_not_too_many_for_a_program(shell: bool) -> None:
    records = [record(paper("Wind " * 10, arxiv_id=f"2505.{n:05}")) for n in range(5000)]
    assert run("echo --titles={title}", records, shell=shell).startswith("--titles=Wind Wind")


def test_files_have_the_papers_and_are_removed() -> None:
    records = [record(paper("바람", "Ada Kim"), "Summary.")]
    line = f"{PRINT} {{markdown_file}} {{json_file}} {{bibtex_file}}"
    assert needs_summaries(line, "")
    assert not needs_summaries("x {bibtex_file} {title}", "ids")
    with prepared(line, records) as filled:
        markdown, data, bibtex = map(Path, json.loads(run_captured(filled, UNATTENDED).text))
        assert "Summary." in markdown.read_text(encoding="utf-8")
        assert json.loads(data.read_bytes())[0]["title"] == "바람"
        assert bibtex.read_text(encoding="utf-8").startswith("@misc{")
        assert markdown.parent.stat().st_mode & 0o077 == 0
    assert not markdown.exists()
    assert "바람" in run("cat", records, input_format="markdown")


def test_unknown_placeholder_is_an_error() -> None:
    with pytest.raises(TemplateError, match=r"\{markdown_file\}"), prepared("x {markdown_fil}", []):
        pass


# Processes


def test_output_is_bounded_and_safe() -> None:
    with prepared("yes '\x1b[31mred\u202e'", []) as filled:
        output = run_captured(filled, UNATTENDED)
    assert output.is_cut
    assert len(output.text) <= MAX_OUTPUT_BYTES
    assert output.text.startswith("red\nred\n")
    with prepared("echo one >&2; echo last >&2; exit 3", [], shell=True) as filled:
        failed = run_captured(filled, UNATTENDED)
    assert (failed.code, failed.error, failed.text) == (3, "last", "")


def test_large_input_does_not_block() -> None:
    records = [record(paper(), "x" * 3_000_000)]
    assert run("wc -c", records, input_format="markdown").strip().isdigit()
    # A program that does not read it.
    assert run("true", records, input_format="markdown") == ""


def test_cancelling_kills_what_it_started(tmp_path: Path) -> None:
    started, ended = tmp_path / "started", tmp_path / "ended"
    script = f"(touch {started}; sleep 1000; touch {ended}) & wait"
    task = Task(is_cancelled=started.exists)
    with prepared(script, [], shell=True) as filled, pytest.raises(TaskCancelledError):
        run_captured(filled, task)
    assert started.exists()
    assert not ended.exists()


def test_program_in_the_background_is_not_waited_for() -> None:
    with prepared("sleep 1000 & echo done", [], shell=True) as filled:
        output = run_captured(filled, UNATTENDED)
    assert output.text == "done\n"


def test_missing_program_is_an_error() -> None:
    line = prepared("/nowhere/at-all {id}", [record(paper())])
    with line as filled, pytest.raises(FileNotFoundError):
        run_captured(filled, UNATTENDED)
