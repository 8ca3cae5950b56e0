"""The file of saved views: valid entries load, others are reported, and edits keep the rest."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.concurrent_processes import WAIT_FOR_START, run_concurrently
from tests.support.home import TIMEOUT_SECONDS
from tests.support.unprivileged import as_nobody, folder_of_nobody
from tui.library.saved_views import MAX_NAME_LENGTH, SavedView, load_views, remove_view, save_view
from tui.query.invalid_query import QueryError
from tui.query.parser import parse
from tui.query.query import Query
from tui.sanitize import clean

SPRING = parse('is:starred "exact phrase" date:2025-03..2025-05 sort:-votes')
VIEWS_TEXT = """\
# mine, and my group's

"Spring RL" = "tag:rl date:2025-03..2025-05"   # until the report

# the daily ones
today = 'is:unread "language model"'
'모두 읽음' = "is:read"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config" / "views.toml"


@pytest.fixture
def existing(file: Path) -> Path:
    file.parent.mkdir()
    file.write_text(VIEWS_TEXT, encoding="utf-8")
    return file


def names(file: Path) -> list[str]:
    views, problems = load_views(file)
    assert problems == []
    return [view.name for view in views]


def test_missing_file_has_no_views(file: Path) -> None:
    assert load_views(file) == ([], [])
    assert not remove_view(file, "Spring RL")
    assert not file.parent.exists()


def test_views_keep_the_order_of_the_file(existing: Path) -> None:
    assert load_views(existing) == (
        [
            SavedView("Spring RL", parse("tag:rl date:2025-03..2025-05")),
            SavedView("today", parse('is:unread "language model"')),
            SavedView("모두 읽음", parse("is:read")),
        ],
        [],
    )


def test_saving_creates_the_file(file: Path) -> None:
    assert save_view(file, "Spring RL", SPRING).replaced is None
    assert load_views(file) == ([SavedView("Spring RL", SPRING)], [])
    line = f"\"Spring RL\" = '{SPRING}'"
    assert file.read_text().splitlines()[1:] == [line]
    assert file.read_text().startswith("# ")
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700


def test_editing_keeps_comments_and_formatting(existing: Path) -> None:
    assert save_view(existing, "new", SPRING).replaced is None
    assert save_view(existing, "today", parse("is:starred sort:-votes,date")).replaced is not None
    text = VIEWS_TEXT.replace("""'is:unread "language model"'""", '"is:starred sort:-votes,date"')
    assert existing.read_text(encoding="utf-8") == f"{text}new = '{SPRING}'\n"
    assert remove_view(existing, "new")
    assert existing.read_text(encoding="utf-8") == text
    assert remove_view(existing, "Spring RL")
    assert not remove_view(existing, "Spring RL")
    assert names(existing) == ["today", "모두 읽음"]
    assert "# mine" in existing.read_text(encoding="utf-8")


def test_saving_an_unchanged_view_does_not_write(file: Path) -> None:
    save_view(file, "a", SPRING)
    before = file.stat()
    assert save_view(file, "a", SPRING).replaced is not None
    assert not remove_view(file, "b")
    assert (file.stat().st_ino, file.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("bad = 3", ["bad: ", "must be a query in quotes"]),
        ('bad = ["x"]', ["bad: ", "must be a query in quotes"]),
        ('bad = "votes:many"', ["bad: ", "'votes:many' at column 1"]),
        ("'bad' = 'is:stared'", ["bad: ", "mean 'starred'?"]),
        ('bad.one = "x"', ["bad: ", "needs quotes"]),
        ("[bad]", ["bad: ", "is a table"]),
        ('"" = "x"', ["needs a name"]),
        ('"\\u202e" = "x"', ["needs a name"]),
        (f'{"x" * (MAX_NAME_LENGTH + 1)} = "x"', [f"{MAX_NAME_LENGTH} characters"]),
        ('"  today " = "x"', ["another view"]),
    ],
)
def test_invalid_entry_is_reported_and_skipped(existing: Path, line: str, parts: list[str]) -> None:
    existing.write_text(f"{VIEWS_TEXT}{line}\n", encoding="utf-8")
    views, [problem] = load_views(existing)
    assert [view.name for view in views] == ["Spring RL", "today", "모두 읽음"]
    assert (problem.file, problem.line) == (str(existing), VIEWS_TEXT.count("\n") + 1)
    assert [part for part in parts if part not in problem.message] == []


@pytest.mark.parametrize(
    ("data", "line", "message"),
    [
        (b'a = "x"\nb = ', 0, "is not valid TOML"),
        (b'a = "x"\nb = x\n', 2, "is not valid TOML"),
        (b'a = "x"\n\na = "y"\n', 3, "is not valid TOML"),
        (b'Spring RL = "x"\n', 1, "is not valid TOML"),
        ("a = '한국'".encode("cp949"), 0, "cannot be read"),
    ],
)
def test_invalid_file_is_reported_and_never_overwritten(
    file: Path, data: bytes, line: int, message: str
) -> None:
    file.parent.mkdir()
    file.write_bytes(data)
    views, [problem] = load_views(file)
    assert views == []
    assert problem.file == str(file)
    assert message in problem.message
    assert problem.line == line  # tomllib gives no line for an unexpected end
    message = r"views\.toml is not valid TOML.* was not changed\.$"
    with pytest.raises(ValueError, match=message):
        save_view(file, "a", SPRING)
    with pytest.raises(ValueError, match=message):
        remove_view(file, "a")
    assert file.read_bytes() == data


def test_escape_sequences_in_the_file_are_removed(file: Path) -> None:
    file.parent.mkdir()
    file.write_text('"a\\u001b[31m\\nb\\u202e" = "x\\u001b]0;y\\u0007"\n"b\\u001b[1mad" = 1\n')
    [view], [problem] = load_views(file)
    assert view == SavedView("a b", parse("x"))
    assert problem.message.startswith("bad: ")
    assert save_view(file, "a b", SPRING).replaced is not None
    assert valid_names(file) == ["a b"]
    assert remove_view(file, "a b")
    assert valid_names(file) == []


def valid_names(file: Path) -> list[str]:
    return [view.name for view in load_views(file)[0]]


@pytest.mark.parametrize(
    ("entered", "name"),
    [
        ("  Spring\t RL\n", "Spring RL"),
        ("a.b", "a.b"),
        ("강화학습 = '\"\\", "강화학습 = '\"\\"),
        ("\x1b[31mred\u202e", "red"),
        ("[x] # y", "[x] # y"),
        ("x" * MAX_NAME_LENGTH, "x" * MAX_NAME_LENGTH),
    ],
)
def test_name_is_normalized(file: Path, entered: str, name: str) -> None:
    assert save_view(file, entered, SPRING).replaced is None
    assert save_view(file, entered, SPRING).replaced is not None
    assert names(file) == [name]
    assert remove_view(file, name)
    assert names(file) == []


@pytest.mark.parametrize(
    ("name", "message"),
    [("", "needs a name"), (" \x1b\n", "needs a name"), ("x" * 61, "at most 60 characters")],
)
def test_invalid_name_is_rejected(file: Path, name: str, message: str) -> None:
    with pytest.raises(ValueError, match=rf"{message}.*\.$"):
        save_view(file, name, SPRING)
    assert not file.parent.exists()


def test_entry_that_is_not_a_view_is_not_replaced(existing: Path) -> None:
    text = f'{VIEWS_TEXT}[group]\nours = "is:starred"\n'
    existing.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match="group"):
        save_view(existing, "group", SPRING)
    assert not remove_view(existing, "group")
    assert existing.read_text(encoding="utf-8") == text
    save_view(existing, "new", SPRING)
    assert tomllib.loads(existing.read_text(encoding="utf-8")) == {
        **tomllib.loads(text), "new": str(SPRING),
    }  # fmt: skip


def parse_or_empty(text: str) -> Query:
    try:
        return parse(clean(text))
    except QueryError:
        return Query()


QUERIES = st.text(alphabet="ab가\"'\\ -:#=[]\u00e9").map(parse_or_empty) | st.text().map(
    parse_or_empty
)


@pytest.mark.slow
@given(
    queries=st.dictionaries(st.text(alphabet="abA가'\"\\.[]#= ", max_size=8), QUERIES, max_size=4)
)
def test_saved_views_load_again(
    tmp_path_factory: pytest.TempPathFactory, queries: dict[str, Query]
) -> None:
    file = tmp_path_factory.mktemp("views") / "views.toml"
    expected: dict[str, str] = {}
    for entered, query in queries.items():
        name = " ".join(entered.split())
        if not name:
            continue
        assert (save_view(file, entered, query).replaced is not None) == (name in expected)
        expected[name] = str(query).replace("\n", " ").replace("\t", " ")
    views, problems = load_views(file)
    assert problems == []
    assert {name: str(query) for name, query in views} == expected
    assert [view.name for view in views] == list(expected)
    for name in expected:
        assert remove_view(file, name)
    assert load_views(file) == ([], [])


# File system


def test_failed_write_keeps_the_old_file_only(
    existing: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("os.fsync", fail)
        with pytest.raises(OSError, match="No space"):
            save_view(existing, "new", SPRING)
    assert existing.read_text(encoding="utf-8") == VIEWS_TEXT
    assert {path.name for path in existing.parent.iterdir()} <= {"views.toml", ".lock"}


def test_symbolic_link_to_the_file_is_kept(file: Path) -> None:
    file.parent.mkdir()
    real = file.parent.parent / "dotfiles.toml"
    real.write_text(VIEWS_TEXT, encoding="utf-8")
    file.symlink_to(real)
    save_view(file, "new", SPRING)
    assert file.is_symlink()
    assert names(real) == ["Spring RL", "today", "모두 읽음", "new"]


def test_file_without_permissions_is_reported() -> None:
    with folder_of_nobody() as folder, as_nobody():
        file = folder / "views.toml"
        file.write_text(VIEWS_TEXT, encoding="utf-8")
        folder.chmod(0o500)
        assert len(names(file)) == 3
        with pytest.raises(PermissionError):
            save_view(file, "new", SPRING)
        file.chmod(0)
        views, [problem] = load_views(file)
        assert views == []
        assert "cannot be read" in problem.message


SAVE_SCRIPT = f"""
from pathlib import Path
from tui.query.parser import parse
from tui.library.saved_views import save_view
{WAIT_FOR_START}
for number in range(10):
    save_view(Path(sys.argv[1]), f"{{sys.argv[2]}} {{number}}", parse(f"votes:>{{number}}"))
"""


def test_concurrent_saves_lose_no_view(file: Path) -> None:
    run_concurrently(SAVE_SCRIPT, str(file), names=("a", "b"))
    assert sorted(names(file)) == [f"{name} {number}" for name in "ab" for number in range(10)]


IMPORT_SCRIPT = """
import sys
from pathlib import Path
from tui.library.saved_views import load_views
load_views(Path(sys.argv[1]))
print(*sys.modules)
"""


def test_loading_without_a_file_imports_no_parsers(file: Path) -> None:
    def imported_modules() -> set[str]:
        command = [sys.executable, "-c", IMPORT_SCRIPT, str(file)]
        result = subprocess.run(
            command, capture_output=True, text=True, timeout=TIMEOUT_SECONDS, check=True
        )
        return set(result.stdout.split())

    slow = {"tomllib", "tui.query.parser", "tui.sanitize", "tomlkit", "filelock", "orjson"}
    assert not imported_modules() & slow
    save_view(file, "a", SPRING)
    assert imported_modules() & slow == {"tomllib", "tui.query.parser", "tui.sanitize"}
