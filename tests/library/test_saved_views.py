"""The file of saved views: what is good is used, what is odd is told, what a person wrote stays."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.concurrent_processes import GET_READY, race
from tests.support.home import PATIENCE
from tests.support.unprivileged import folder_for_all, nobody
from tui.library.saved_views import LONGEST_NAME, SavedView, load_views, remove_view, save_view
from tui.query import Query, QueryError, parse
from tui.sanitize import clean

SPRING = parse('is:starred "exact phrase" date:2025-03..2025-05 sort:-votes')
BEFORE = """\
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
def written(file: Path) -> Path:
    file.parent.mkdir()
    file.write_text(BEFORE, encoding="utf-8")
    return file


def names(file: Path) -> list[str]:
    views, problems = load_views(file)
    assert problems == []
    return [view.name for view in views]


def test_without_a_file_there_are_no_views(file: Path) -> None:
    assert load_views(file) == ([], [])
    assert not remove_view(file, "Spring RL")
    assert not file.parent.exists()


def test_views_are_read_in_their_order(written: Path) -> None:
    assert load_views(written) == (
        [
            SavedView("Spring RL", parse("tag:rl date:2025-03..2025-05")),
            SavedView("today", parse('is:unread "language model"')),
            SavedView("모두 읽음", parse("is:read")),
        ],
        [],
    )


def test_the_first_view_makes_the_file(file: Path) -> None:
    assert not save_view(file, "Spring RL", SPRING)
    assert load_views(file) == ([SavedView("Spring RL", SPRING)], [])
    # As a person would write it.
    line = f"\"Spring RL\" = '{SPRING}'"
    assert file.read_text().splitlines()[1:] == [line]
    assert file.read_text().startswith("# ")
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700


def test_what_a_person_wrote_stays(written: Path) -> None:
    assert not save_view(written, "new", SPRING)
    assert save_view(written, "today", parse("is:starred sort:-votes,date"))
    text = BEFORE.replace("""'is:unread "language model"'""", '"is:starred sort:-votes,date"')
    assert written.read_text(encoding="utf-8") == f"{text}new = '{SPRING}'\n"
    assert remove_view(written, "new")
    assert written.read_text(encoding="utf-8") == text
    assert remove_view(written, "Spring RL")
    assert not remove_view(written, "Spring RL")
    assert names(written) == ["today", "모두 읽음"]
    assert "# mine" in written.read_text(encoding="utf-8")


def test_saving_the_same_again_writes_nothing(file: Path) -> None:
    save_view(file, "a", SPRING)
    before = file.stat()
    assert save_view(file, "a", SPRING)
    assert not remove_view(file, "b")
    assert (file.stat().st_ino, file.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("odd = 3", ["odd: ", "must be a query in a text"]),
        ('odd = ["x"]', ["odd: ", "must be a query in a text"]),
        ('odd = "votes:many"', ["odd: ", "'votes:many' at column 1"]),
        ("'odd' = 'is:stared'", ["odd: ", "nearest: starred"]),
        ('odd.one = "x"', ["odd: ", "needs quotes"]),
        ("[odd]", ["odd: ", "is a table"]),
        ('"" = "x"', ["needs a name"]),
        ('"\\u202e" = "x"', ["needs a name"]),
        (f'{"x" * (LONGEST_NAME + 1)} = "x"', [f"{LONGEST_NAME} characters"]),
        ('"  today " = "x"', ["another view"]),
    ],
)
def test_what_is_odd_is_told_and_the_rest_used(written: Path, line: str, words: list[str]) -> None:
    written.write_text(f"{BEFORE}{line}\n", encoding="utf-8")
    views, [problem] = load_views(written)
    assert [view.name for view in views] == ["Spring RL", "today", "모두 읽음"]
    assert (problem.file, problem.line) == (str(written), BEFORE.count("\n") + 1)
    assert [word for word in words if word not in problem.message] == []


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        (b'a = "x"\nb = ', 0, "is not valid TOML"),
        (b'a = "x"\nb = x\n', 2, "is not valid TOML"),
        (b'a = "x"\n\na = "y"\n', 3, "is not valid TOML"),
        (b'Spring RL = "x"\n', 1, "is not valid TOML"),
        ("a = '한국'".encode("cp949"), 0, "cannot be read"),
    ],
)
def test_what_is_no_toml_is_told_and_never_overwritten(
    file: Path, data: bytes, line: int, words: str
) -> None:
    file.parent.mkdir()
    file.write_bytes(data)
    views, [problem] = load_views(file)
    assert views == []
    assert problem.file == str(file)
    assert words in problem.message
    assert problem.line == line  # none is told where the end comes too soon
    told = r"views\.toml is not valid TOML.* left as it is\.$"
    with pytest.raises(ValueError, match=told):
        save_view(file, "a", SPRING)
    with pytest.raises(ValueError, match=told):
        remove_view(file, "a")
    assert file.read_bytes() == data


def test_a_file_that_is_somebody_elses_text(file: Path) -> None:
    file.parent.mkdir()
    file.write_text('"a\\u001b[31m\\nb\\u202e" = "x\\u001b]0;y\\u0007"\n"o\\u001b[1mdd" = 1\n')
    [view], [problem] = load_views(file)
    assert view == SavedView("a b", parse("x"))
    assert problem.message.startswith("odd: ")
    assert save_view(file, "a b", SPRING)
    assert names_of_good(file) == ["a b"]
    assert remove_view(file, "a b")
    assert names_of_good(file) == []


def names_of_good(file: Path) -> list[str]:
    return [view.name for view in load_views(file)[0]]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("  Spring\t RL\n", "Spring RL"),
        ("a.b", "a.b"),
        ("강화학습 = '\"\\", "강화학습 = '\"\\"),
        ("\x1b[31mred\u202e", "red"),
        ("[x] # y", "[x] # y"),
        ("x" * LONGEST_NAME, "x" * LONGEST_NAME),
    ],
)
def test_names(file: Path, typed: str, name: str) -> None:
    assert not save_view(file, typed, SPRING)
    assert save_view(file, typed, SPRING)
    assert names(file) == [name]
    assert remove_view(file, name)
    assert names(file) == []


@pytest.mark.parametrize(
    ("name", "words"),
    [("", "needs a name"), (" \x1b\n", "needs a name"), ("x" * 61, "60 characters at most")],
)
def test_names_that_cannot_be(file: Path, name: str, words: str) -> None:
    with pytest.raises(ValueError, match=rf"{words}.*\.$"):
        save_view(file, name, SPRING)
    assert not file.parent.exists()


def test_what_is_no_view_is_not_replaced(written: Path) -> None:
    text = f'{BEFORE}[group]\nours = "is:starred"\n'
    written.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match="group"):
        save_view(written, "group", SPRING)
    assert not remove_view(written, "group")
    assert written.read_text(encoding="utf-8") == text
    save_view(written, "new", SPRING)
    assert tomllib.loads(written.read_text(encoding="utf-8")) == {
        **tomllib.loads(text), "new": str(SPRING),
    }  # fmt: skip


def attempt(text: str) -> Query:
    try:
        return parse(clean(text))
    except QueryError:
        return Query()


QUERIES = st.text(alphabet="ab가\"'\\ -:#=[]\u00e9").map(attempt) | st.text().map(attempt)


@given(kept=st.dictionaries(st.text(alphabet="abA가'\"\\.[]#= ", max_size=8), QUERIES, max_size=4))
def test_what_is_saved_is_read(
    tmp_path_factory: pytest.TempPathFactory, kept: dict[str, Query]
) -> None:
    file = tmp_path_factory.mktemp("views") / "views.toml"
    expected: dict[str, str] = {}
    for typed, query in kept.items():
        name = " ".join(typed.split())
        if not name:
            continue
        assert save_view(file, typed, query) == (name in expected)
        expected[name] = str(query).replace("\n", " ").replace("\t", " ")
    views, problems = load_views(file)
    assert problems == []
    assert {name: str(query) for name, query in views} == expected
    assert [view.name for view in views] == list(expected)
    for name in expected:
        assert remove_view(file, name)
    assert load_views(file) == ([], [])


# --- the file as a file --------------------------------------------------------------------------


def test_a_failed_write_leaves_the_old_file_and_no_other(
    written: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("os.fsync", full)
        with pytest.raises(OSError, match="No space"):
            save_view(written, "new", SPRING)
    assert written.read_text(encoding="utf-8") == BEFORE
    assert {path.name for path in written.parent.iterdir()} <= {"views.toml", ".lock"}


def test_a_link_to_the_file_stays_a_link(file: Path) -> None:
    file.parent.mkdir()
    real = file.parent.parent / "dotfiles.toml"
    real.write_text(BEFORE, encoding="utf-8")
    file.symlink_to(real)
    save_view(file, "new", SPRING)
    assert file.is_symlink()
    assert names(real) == ["Spring RL", "today", "모두 읽음", "new"]


def test_a_file_that_may_not_be_read_or_written() -> None:
    with folder_for_all() as folder, nobody():
        file = folder / "views.toml"
        file.write_text(BEFORE, encoding="utf-8")
        folder.chmod(0o500)
        assert len(names(file)) == 3
        with pytest.raises(PermissionError):
            save_view(file, "new", SPRING)
        file.chmod(0)
        views, [problem] = load_views(file)
        assert views == []
        assert "cannot be read" in problem.message


SAVES = f"""
from pathlib import Path
from tui.query import parse
from tui.library.saved_views import save_view
{GET_READY}
for number in range(10):
    save_view(Path(sys.argv[1]), f"{{sys.argv[2]}} {{number}}", parse(f"votes:>{{number}}"))
"""


def test_two_processes_lose_no_view(file: Path) -> None:
    race(SAVES, str(file), names=("a", "b"))
    assert sorted(names(file)) == [f"{name} {number}" for name in "ab" for number in range(10)]


IMPORTS = """
import sys
from pathlib import Path
from tui.library.saved_views import load_views
load_views(Path(sys.argv[1]))
print(*sys.modules)
"""


def test_without_views_nothing_is_imported_to_read_them(file: Path) -> None:
    def imported() -> set[str]:
        command = [sys.executable, "-c", IMPORTS, str(file)]
        ran = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=True)
        return set(ran.stdout.split())

    slow = {"tomllib", "tui.query.parser", "tui.sanitize", "tomlkit", "filelock", "orjson"}
    assert not imported() & slow
    save_view(file, "a", SPRING)
    assert imported() & slow == {"tomllib", "tui.query.parser", "tui.sanitize"}
