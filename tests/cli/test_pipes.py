"""Commands combined in pipes."""

from __future__ import annotations

from pathlib import Path

from tests.support.home import Home
from tests.support.requirements import require_programs


def test_ids_can_be_passed_to_xargs(home: Home, digests: Path) -> None:
    require_programs("xargs")
    result = home.shell(
        f"broadsheet list --format ids -p '{digests}' | xargs -n 1 printf '<%s>\\n'"
    )
    assert result.lines == ["<2505.00001>", "<2505.00003>", "<2505.00002>"]
    program = " ".join(home.program)
    result = home.shell(
        f"broadsheet list --format ids votes:9 -p '{digests}'"
        f" | xargs -I ID {program} show ID -p '{digests}' | grep '^# '"
    )
    assert result.lines == ["# First: a survey", "# =Third"]


def test_ids_are_one_per_line(home: Home, digests: Path) -> None:
    listed = f"broadsheet list --format ids -p '{digests}'"
    result = home.shell(f"{listed} | tr '\\n' '\\0' | xargs -0 echo")
    assert result.out == "2505.00001 2505.00003 2505.00002\n"
    # Without a match, xargs has nothing to do.
    result = home.shell(f"{listed} nothing | xargs -r echo; echo ${{PIPESTATUS[0]}}")
    assert result.out == "1\n"


def test_show_reads_ids_from_list(home: Home, digests: Path) -> None:
    listed = f"broadsheet list --format ids -p '{digests}'"
    result = home.shell(f"{listed} | broadsheet show - -p '{digests}'")
    assert result.code == 0
    titles = [line for line in result.lines if line.startswith("# ")]
    assert titles == ["# First: a survey", "# =Third", "# 두 번째 논문"]
    result = home.shell(f"{listed} | broadsheet show - --format json -p '{digests}'")
    assert [paper["arxiv_id"] for paper in result.json] == [
        "2505.00001",
        "2505.00003",
        "2505.00002",
    ]


def test_unknown_ids_are_reported(home: Home, digests: Path) -> None:
    result = home.shell(
        "printf '2505.00001\\r\\n\\n2505.99999\\n2505.00001\\nhttps://arxiv.org/abs/2505.00003v2'"
        f" | broadsheet show - --format json -p '{digests}'"
    )
    assert result.code == 1
    assert [paper["arxiv_id"] for paper in result.json] == ["2505.00001", "2505.00003"]
    assert result.err.endswith("broadsheet: 2505.99999: no digest contains this paper\n")
    result = home.shell(f"printf '' | broadsheet show - --format json -p '{digests}'")
    assert (result.code, result.json) == (1, [])


def test_input_that_is_not_utf8_is_reported(home: Home, digests: Path) -> None:
    result = home.shell(f"printf '\\377\\033[2J\\n' | broadsheet show - -p '{digests}'")
    assert (result.code, result.out) == (1, "")
    assert "\033" not in result.err
    assert "Traceback" not in result.err


def test_show_in_a_pipe_is_plain_markdown(home: Home, digests: Path) -> None:
    result = home.shell(f"broadsheet show 2505.00001 -p '{digests}' | cat")
    assert result.lines[0] == "# First: a survey"
    assert "\033" not in result.out
