"""``broadsheet marks export``, ``import`` and ``set``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.home import Home
from tests.support.marks import set_marks
from tui.marks.edits import set_note, set_read, set_tags
from tui.marks.store import MarkStore
from tui.marks.tags import parse_tags
from tui.models import Marks

PAPER, OTHER = "2505.00001", "2404.00002"


@pytest.fixture
def desk(tmp_path: Path) -> Home:
    """Return the home of the same user on another machine."""
    (tmp_path / "desk").mkdir()
    return Home(tmp_path / "desk")


def store(home: Home) -> MarkStore:
    return MarkStore(home.state / "marks")


def marked(home: Home) -> dict[str, Marks]:
    return dict(store(home).all_marks())


def exported(home: Home) -> list[dict[str, Any]]:
    result = home.run("marks", "export")
    assert (result.code, result.err) == (0, "")
    return [json.loads(line) for line in result.lines]


def write_lines(file: Path, *lines: object) -> Path:
    texts = (line if isinstance(line, str) else json.dumps(line) for line in lines)
    file.write_text("".join(f"{text}\n" for text in texts), encoding="utf-8")
    return file


def test_export_without_marks_creates_no_files(home: Home) -> None:
    assert exported(home) == []
    assert list(home.root.iterdir()) == []


def test_export_has_every_field_with_its_time(home: Home) -> None:
    marks = store(home)
    marks.apply(set_marks([PAPER], Marks(True, False, ("RL", "todo"), "첫 줄\n둘째")))
    marks.apply(set_tags([PAPER], ("RL",)))
    [line] = exported(home)
    assert list(line) == ["id", "read", "starred", "tags", "note", "changed"]
    assert line["id"] == PAPER
    assert line["read"] is True
    assert line["starred"] is False
    assert line["tags"] == ["RL"]
    assert line["note"] == "첫 줄\n둘째"
    assert line["changed"].keys() == {"read", "note", "tags"}
    assert line["changed"]["tags"].keys() == {"rl", "todo"}
    assert line["changed"]["tags"]["todo"] > line["changed"]["tags"]["rl"] > 1_700_000_000_000


def test_import_merges_the_marks_of_two_machines(home: Home, desk: Home) -> None:
    store(home).apply(set_tags([PAPER], ("rl",)))
    store(home).apply(set_read([OTHER], True))
    store(desk).apply(set_tags([PAPER], ("vision",)))
    store(desk).apply(set_note([PAPER], "from the desk"))
    for sender, receiver in ((home, desk), (desk, home)):
        file = sender.root / "marks.jsonl"
        assert sender.run("marks", "export", "-o", file).code == 0
        result = receiver.run("marks", "import", file)
        assert (result.code, result.err) == (0, "")
    merged = Marks(tags=("rl", "vision"), note="from the desk")
    assert marked(home) == {PAPER: merged, OTHER: Marks(read=True)}
    # Each machine keeps its own order of tags.
    assert marked(desk) == {PAPER: merged._replace(tags=("vision", "rl")), OTHER: Marks(read=True)}
    assert exported(home) == exported(desk)


def test_repeated_import_changes_nothing(home: Home) -> None:
    store(home).apply(set_read([PAPER, OTHER], True))
    result = home.shell("broadsheet marks export | broadsheet marks import -")
    assert (result.code, result.out) == (0, "Read marks of 2 papers; none changed.\n")


def test_line_without_times_can_only_add_marks(home: Home) -> None:
    store(home).apply(set_note([PAPER], "mine"))
    file = write_lines(
        home.root / "hand.jsonl",
        {"id": "arXiv:2505.00001v3", "read": True, "note": "theirs", "tags": ["a", "b"]},
        {"id": OTHER, "starred": True},
        "",
    )
    result = home.run("marks", "import", file, "--format", "json")
    assert result.json == {"read": 2, "changed": 2, "problems": []}
    assert marked(home) == {
        PAPER: Marks(read=True, tags=("a", "b"), note="mine"),
        OTHER: Marks(starred=True),
    }


@pytest.fixture
def exported_marks(home: Home) -> dict[str, Marks]:
    """Marks of the home, with everything that an export could lose."""
    marks = {
        PAPER: Marks(True, True, ("a`b\u1fef", "RL", "강화학습"), 'Line "one"\n\n{[둘째, "\\u0041'),
        OTHER: Marks(starred=True),
        "math/0309136": Marks(note="[1, 2]"),
    }
    for paper, each in marks.items():
        edits = set_marks([paper], each._replace(tags=parse_tags(" ".join(each.tags))))
        store(home).apply(edits)
    store(home).apply(set_tags([OTHER], ("gone",)))
    store(home).apply(set_tags([OTHER], ()))
    return marked(home)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("words", [(), ("--format", "json")], ids=["jsonl", "json"])
def test_export_comes_back_whole(
    home: Home, desk: Home, exported_marks: dict[str, Marks], words: tuple[str, ...], encoding: str
) -> None:
    file = home.root / "backup"
    assert home.run("marks", "export", *words, "-o", file).code == 0
    file.write_text(file.read_text("utf-8"), encoding)
    result = desk.run("marks", "import", file)
    assert (result.code, result.err) == (0, "")
    assert result.out == "Read marks of 3 papers; 3 changed.\n"
    assert marked(desk) == exported_marks
    assert exported(desk) == exported(home)


@pytest.mark.parametrize("command", ["export", "list"])
def test_marks_of_exported_papers_are_read(
    home: Home, desk: Home, digests: Path, command: str
) -> None:
    store(home).apply(set_marks([PAPER], Marks(True, True, ("RL",), "note")))
    papers = home.run(command, "-p", digests, "--format", "json")
    (desk.root / "papers.json").write_text(papers.out)
    result = desk.run("marks", "import", "papers.json")
    assert (result.code, result.err) == (0, "")
    assert marked(desk) == marked(home)


@pytest.mark.parametrize("style", ["markdown", "digest", "atom"])
def test_other_output_is_refused(home: Home, digests: Path, style: str) -> None:
    (home.root / "papers").write_text(home.run("export", "--format", style, "-p", digests).out)
    result = home.run("marks", "import", "papers")
    assert (result.code, marked(home)) == (2, {})
    assert result.out == ""


@pytest.mark.usefixtures("exported_marks")
def test_incomplete_array_is_refused(home: Home, desk: Home) -> None:
    whole = home.run("marks", "export", "--format", "json").out
    file = home.root / "backup.json"
    file.write_text(whole[:-100], encoding="utf-8")
    result = desk.run("marks", "import", file)
    assert (result.code, marked(desk)) == (2, {})
    [error] = result.err.splitlines()
    assert error.startswith(f"broadsheet: {file}:")
    assert error.endswith("the file is damaged or incomplete; nothing was imported")


def test_export_without_marks_comes_back(home: Home) -> None:
    (home.root / "backup.json").write_text("[\n]\n")
    result = home.run("marks", "import", "backup.json")
    assert (result.code, result.err) == (1, "broadsheet: backup.json: contains no marks\n")


def test_file_larger_than_any_export_is_refused(home: Home) -> None:
    file = home.root / "large.json"
    with file.open("wb") as stream:
        stream.write(b'{"id": "2505.00001", "read": true}\n')
        stream.truncate((128 << 20) + 1)
    result = home.run("marks", "import", file)
    assert (result.code, marked(home)) == (2, {})
    assert "is larger than 128 MB; nothing was imported" in result.err


# Invalid lines

BAD_LINES = [
    ("{", "is not JSON"),
    ("[]", "is not a mark"),
    ({"read": True}, "is not a mark"),
    ({"id": "../../etc/passwd"}, "is not the id of a paper"),
    ({"id": "2505.00001 x"}, "is not the id of a paper"),
    ({"id": PAPER, "read": "yes"}, "has the wrong type"),
    ({"id": PAPER, "tags": "rl"}, "has the wrong type"),
    ({"id": PAPER, "note": None}, "has the wrong type"),
    ({"id": PAPER, "changed": []}, "'changed' must"),
    ({"id": PAPER, "changed": {"tags": ["rl"]}}, "'changed' must"),
    ({"id": PAPER, "changed": {"read": -1}}, "milliseconds since 1970"),
    ({"id": PAPER, "changed": {"read": 2**60}}, "milliseconds since 1970"),
    ({"id": PAPER, "changed": {"read": 1.5}}, "milliseconds since 1970"),
    ({"id": PAPER, "changed": {"tags": {"rl": True}}}, "milliseconds since 1970"),
]


@pytest.mark.parametrize(("line", "message"), BAD_LINES)
def test_invalid_line_is_skipped_with_a_warning(home: Home, line: object, message: str) -> None:
    valid = {"id": OTHER, "read": True}
    file = write_lines(home.root / "m.jsonl", valid, line, {**valid, "starred": True})
    result = home.run("marks", "import", file)
    assert result.code == 0
    [warning] = result.err.splitlines()
    assert warning.startswith(f"broadsheet: {file}:2: ")
    assert message in warning
    assert warning.endswith("; line skipped")
    assert marked(home) == {OTHER: Marks(read=True, starred=True)}


def test_further_invalid_lines_are_counted(home: Home) -> None:
    file = write_lines(home.root / "m.jsonl", *["{"] * 50, {"id": PAPER, "read": True})
    result = home.run("marks", "import", file)
    assert result.code == 0
    assert len(result.err.splitlines()) == 21
    assert result.err.splitlines()[-1] == f"broadsheet: {file}: 30 more lines skipped"


def test_file_without_a_valid_line_is_an_error(home: Home) -> None:
    result = home.run("marks", "import", write_lines(home.root / "m.jsonl", "no JSON"))
    assert result.code == 2
    assert "contains no valid line" in result.err
    result = home.run("marks", "import", write_lines(home.root / "m.jsonl"))
    assert (result.code, marked(home)) == (1, {})
    result = home.run("marks", "import", "missing.jsonl")
    assert result.code == 2
    assert "missing.jsonl: No such file or directory" in result.err


def test_very_long_line_is_skipped(home: Home) -> None:
    file = home.root / "m.jsonl"
    valid_line = json.dumps({"id": PAPER, "read": True})
    file.write_bytes(b'"' + b"x" * (9 << 20) + b'"\n' + valid_line.encode() + b"\n")
    result = home.run("marks", "import", file)
    assert result.err == f"broadsheet: {file}:1: is longer than 4 MB; line skipped\n"
    assert marked(home) == {PAPER: Marks(read=True)}


def test_control_characters_are_not_imported(home: Home) -> None:
    evil = {
        "id": PAPER,
        "note": "a\x1b[2Jb\u202ec",
        "tags": ["\x1b]0;x\x07rl", "a b", '"q'],
        "changed": {"tags": {"\x1b[31mgone": 5}},
    }
    file = write_lines(home.root / "m.jsonl", evil)
    assert home.run("marks", "import", file).code == 0
    assert marked(home)[PAPER] == Marks(tags=("a", "b", "q", "rl"), note="abc")
    [line] = exported(home)
    assert line["changed"] == {"tags": {"gone": 5}}


@pytest.mark.parametrize("command", ["import", "set"])
def test_damaged_marks_are_a_warning(home: Home, command: str) -> None:
    store(home).apply(set_read([PAPER], True))
    (home.state / "marks" / "2505.json").write_text("damaged")
    line = write_lines(home.root / "marks.jsonl", {"id": "2505.00003", "read": True})
    args: list[Path | str] = [line] if command == "import" else ["2505.00003", "--read"]
    result = home.run("marks", command, *args)
    assert result.code == 0
    assert "2505.json was damaged and had no backup; it is kept as " in result.err
    assert marked(home) == {"2505.00003": Marks(read=True)}


def test_damaged_file_does_not_block_the_export(home: Home) -> None:
    store(home).apply(set_read([PAPER, OTHER], True))
    file = home.root / "backup.jsonl"
    damaged = home.state / "marks" / "2505.json"
    damaged.write_text("damaged")
    result = home.run("marks", "export")
    assert [json.loads(line)["id"] for line in result.lines] == [OTHER]
    assert result.code == 0
    assert "2505.json is damaged and has no backup; its marks are missing" in result.err
    store(home).apply(set_read([PAPER], True))
    store(home).apply(set_note([PAPER], "backed up before"))
    damaged.write_text("damaged again")
    result = home.run("marks", "export", "-o", file)
    assert result.code == 0
    assert "2505.json was damaged and is kept as damaged-2505-" in result.err
    assert "its marks are those of the backup of" in result.err
    ids = [json.loads(line)["id"] for line in file.read_text().splitlines()]
    assert ids == [OTHER, PAPER]
    # It was repaired.
    assert exported(home) == list(map(json.loads, file.read_text().splitlines()))
    assert marked(home)[PAPER] == Marks(read=True)


def test_export_is_kept_if_no_marks_can_be_read(home: Home) -> None:
    store(home).apply(set_read([PAPER], True))
    file = home.root / "backup.jsonl"
    assert home.run("marks", "export", "-o", file).code == 0
    before = file.read_bytes()
    (home.state / "marks" / "2505.json").write_text("damaged")
    result = home.run("marks", "export", "-o", file)
    assert result.code == 2
    assert "no marks could be read; nothing was exported" in result.err
    assert file.read_bytes() == before


def test_export_error_is_one_line(home: Home) -> None:
    result = home.run("marks", "export", "-o", home.root / "nowhere" / "m.jsonl")
    assert result.code == 2
    assert len(result.err.splitlines()) == 1


# Setting marks


def test_marks_are_set_by_id(home: Home) -> None:
    result = home.run("marks", "set", PAPER, "https://arxiv.org/abs/x", "--read")
    assert (result.code, marked(home)) == (2, {})
    assert (
        result.err
        == "broadsheet: 'https://arxiv.org/abs/x' is not the id of a paper; nothing was changed\n"
    )
    args = (PAPER, "2404.00002v2", "--star", "--tag", "RL", "--tag", "todo,x", "--note", "n")
    result = home.run("marks", "set", *args)
    assert (result.code, result.out) == (0, "2 papers; 2 changed.\n")
    merged = Marks(starred=True, tags=("RL", "todo", "x"), note="n")
    assert marked(home) == {PAPER: merged, OTHER: merged}
    result = home.run("marks", "set", OTHER, PAPER, "--unstar", "--untag", "rl", "--read")
    assert result.out == "2 papers; 2 changed.\n"
    assert marked(home)[PAPER] == Marks(read=True, tags=("todo", "x"), note="n")
    result = home.run("marks", "set", PAPER, "--read", "--format", "json")
    assert result.json == {"papers": 1, "changed": []}


def test_ids_are_read_from_standard_input(home: Home, digests: Path) -> None:
    script = (
        f"broadsheet list votes:'>=9' -p '{digests}' --format ids | broadsheet marks set - --read"
    )
    assert home.shell(script).out == "2 papers; 2 changed.\n"
    assert marked(home).keys() == {"2505.00001", "2505.00003"}
    script = f"broadsheet list -p '{digests}' --format ids | xargs echo marks set --star"
    assert home.run(*home.shell(script).out.split()).out == "3 papers; 3 changed.\n"
    assert home.shell("broadsheet marks set - --read </dev/null").code == 1


def test_ids_may_start_with_a_byte_order_mark(home: Home) -> None:
    script = f"printf '\\xef\\xbb\\xbf{PAPER}\\r\\n{OTHER}\\r\\n' | broadsheet marks set - --star"
    assert home.shell(script).out == "2 papers; 2 changed.\n"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--note", "n" * 70_000], "the note is longer than 64 KB"),
        (["--tag", "t" * 101], "a tag is longer than 100 characters"),
        (["--tag", ",".join(map(str, range(101)))], "a paper can have at most 100 tags"),
    ],
)
def test_huge_marks_are_not_set(home: Home, words: list[str], message: str) -> None:
    result = home.run("marks", "set", PAPER, "--star", *words)
    assert (result.code, marked(home)) == (2, {})
    assert result.err == f"broadsheet: {message}; nothing was changed\n"


def test_huge_marks_of_an_earlier_version_can_shrink(home: Home) -> None:
    [note] = set_note([PAPER], "n" * 60_000)
    [tags] = set_tags([PAPER], [str(number) for number in range(100)])
    huge = (*tags.value, "t" * 300, "one-more")
    store(home).apply([note._replace(value="n" * 200_000), tags._replace(value=huge)])
    assert home.run("marks", "set", PAPER, "--untag", "7").code == 0
    marks = marked(home)[PAPER]
    assert (len(marks.tags), len(marks.note)) == (101, 200_000)
    assert home.run("marks", "set", PAPER, "--tag", "another").code == 2
    set_note([PAPER], "n" * 199_999, replaces=marks.note)  # in the editor


def test_set_without_marks_is_wrong_usage(home: Home) -> None:
    result = home.run("marks", "set", PAPER)
    assert result.code == 2
    assert "nothing to set" in result.err
    result = home.run("marks", "set", PAPER, "--read", "--unread")
    assert result.code == 2
    assert "not allowed with" in result.err


@pytest.mark.parametrize("option", ["--tag", "--untag"])
def test_tag_with_a_space_is_wrong_usage(home: Home, option: str) -> None:
    result = home.run("marks", "set", PAPER, option, "to do")
    assert result.code == 2
    assert (
        f"{option} 'to do': a tag has no spaces; write 'to-do', or 'to,do' for 2 tags" in result.err
    )
    assert marked(home) == {}


def test_tags_may_be_separated_by_commas(home: Home) -> None:
    assert home.run("marks", "set", PAPER, "--tag", " rl , todo").code == 0
    assert marked(home) == {PAPER: Marks(tags=("rl", "todo"))}


@pytest.mark.parametrize(
    "pasted",
    ["<https://arxiv.org/abs/2505.00001>", "arXiv:2505.00001 [cs.CL]", "10.48550/arXiv.2505.00001"],
)
def test_pasted_references_are_ids(home: Home, pasted: str) -> None:
    assert home.run("marks", "set", pasted, "--star").code == 0
    script = f"echo '{pasted}' | broadsheet marks set - --read"
    assert home.shell(script).out == "1 paper; 1 changed.\n"
    assert marked(home) == {PAPER: Marks(read=True, starred=True)}


def test_input_that_is_not_text_is_one_error(home: Home) -> None:
    result = home.shell("printf '2505.00001 \\xe9' | broadsheet marks set - --read")
    assert result.code == 2
    assert "is not the id of a paper; nothing was changed" in result.err
    closed = home.shell("broadsheet marks set - --read <&-")
    assert (closed.code, marked(home)) == (2, {})
    assert "needs ids on standard input" in closed.err
