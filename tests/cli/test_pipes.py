"""Commands one after the other, through real pipes."""

from __future__ import annotations

from pathlib import Path

from tests.support.home import Home
from tests.support.requirements import require_programs


def test_list_and_xargs(home: Home, digests: Path) -> None:
    require_programs("xargs")
    ran = home.shell(f"broadsheet list --format ids -p '{digests}' | xargs -n 1 printf '<%s>\\n'")
    assert ran.lines == ["<2505.00001>", "<2505.00003>", "<2505.00002>"]
    program = " ".join(home.program)
    ran = home.shell(
        f"broadsheet list --format ids votes:9 -p '{digests}'"
        f" | xargs -I ID {program} show ID -p '{digests}' | grep '^# '"
    )
    assert ran.lines == ["# First: a survey", "# =Third"]


def test_ids_are_one_plain_word_a_line(home: Home, digests: Path) -> None:
    listed = f"broadsheet list --format ids -p '{digests}'"
    ran = home.shell(f"{listed} | tr '\\n' '\\0' | xargs -0 echo")
    assert ran.out == "2505.00001 2505.00003 2505.00002\n"
    # Nothing found is nothing to do.
    ran = home.shell(f"{listed} nothing | xargs -r echo; echo ${{PIPESTATUS[0]}}")
    assert ran.out == "1\n"


def test_show_takes_the_ids_of_a_list(home: Home, digests: Path) -> None:
    listed = f"broadsheet list --format ids -p '{digests}'"
    ran = home.shell(f"{listed} | broadsheet show - -p '{digests}'")
    assert ran.code == 0
    titles = [line for line in ran.lines if line.startswith("# ")]
    assert titles == ["# First: a survey", "# =Third", "# 두 번째 논문"]
    ran = home.shell(f"{listed} | broadsheet show - --format json -p '{digests}'")
    assert [paper["arxiv_id"] for paper in ran.json] == ["2505.00001", "2505.00003", "2505.00002"]


def test_ids_that_nobody_tells_are_named(home: Home, digests: Path) -> None:
    ran = home.shell(
        "printf '2505.00001\\r\\n\\n2505.99999\\n2505.00001\\nhttps://arxiv.org/abs/2505.00003v2'"
        f" | broadsheet show - --format json -p '{digests}'"
    )
    assert ran.code == 1
    assert [paper["arxiv_id"] for paper in ran.json] == ["2505.00001", "2505.00003"]
    assert ran.err.endswith("broadsheet: 2505.99999: no digest contains this paper\n")
    ran = home.shell(f"printf '' | broadsheet show - --format json -p '{digests}'")
    assert (ran.code, ran.json) == (1, [])


def test_bytes_that_are_no_text(home: Home, digests: Path) -> None:
    ran = home.shell(f"printf '\\377\\033[2J\\n' | broadsheet show - -p '{digests}'")
    assert (ran.code, ran.out) == (1, "")
    assert "\033" not in ran.err
    assert "Traceback" not in ran.err


def test_show_in_a_pipe_is_plain_markdown(home: Home, digests: Path) -> None:
    ran = home.shell(f"broadsheet show 2505.00001 -p '{digests}' | cat")
    assert ran.lines[0] == "# First: a survey"
    assert "\033" not in ran.out
