"""All text on the screen is translated, except that of digests, keys and files.

The browser speaks a made-up language here, in which every Latin letter of a text that is looked up
becomes a Georgian one. The digests are Korean. So a Latin letter on the screen is a word that was
forgotten, unless it is one that is the same in all languages.
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterator
from datetime import timedelta
from gettext import NullTranslations
from pathlib import Path
from string import ascii_letters

import pytest

from tests.sources.huggingface.papers import day_response
from tests.sources.huggingface.server import Hub, silent
from tests.ui.blocking_reader import BlockingReader
from tests.ui.driver import AppDriver, open_app, wait_until
from tests.ui.sources import DigestPaper, DigestSource
from tests.update_translations import all_forms, extract_messages
from tui.config.keybindings import KEYS, key_labels
from tui.config.settings import LANGUAGES, Settings
from tui.config.settings_file import load_settings
from tui.i18n import _, use_catalog, use_language
from tui.models import Problem
from tui.query.columns import COLUMNS_BY_NAME, SORT_COLUMNS
from tui.query.conditions import STATES
from tui.query.parser import parse
from tui.sources.huggingface import today
from tui.terminal.themes import THEME_NAMES
from tui.ui.screens.pages import query_help

pytestmark = pytest.mark.slow

_PLACEHOLDER = re.compile(r"(\{\w*\})")
_WORD = re.compile(r"[A-Za-z]+")
_LETTERS = str.maketrans(ascii_letters, "".join(chr(0x10D0 + n % 26) for n in range(52)))

SIZE = (120, 60)


class _MadeUp(NullTranslations):
    """Translates the messages that are extracted from the code."""

    def __init__(self) -> None:
        super().__init__()
        self._known = {text for message in extract_messages() for text in all_forms(message.id)}

    def gettext(self, message: str) -> str:
        if message not in self._known:
            return message
        parts = _PLACEHOLDER.split(message)
        return "".join(p if p.startswith("{") else p.translate(_LETTERS) for p in parts)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


@pytest.fixture(scope="module")
def made_up() -> _MadeUp:
    return _MadeUp()


@pytest.fixture(autouse=True)
def _language(made_up: _MadeUp) -> Iterator[None]:
    use_catalog(made_up)
    yield
    use_language("en")


def words_of(*texts: str) -> set[str]:
    return {word for text in texts for word in _WORD.findall(text)}


SAME_IN_ALL_LANGUAGES = words_of(*(key_labels(key.keys) for key in KEYS)) | words_of(
    "arXiv https arxiv org abs pdf PDF md misc daily_papers_ko"
)
WORDS_OF_QUERIES = " ".join([*STATES["is"], *STATES["has"], *SORT_COLUMNS])
_TERM = re.compile(r"\w+:\S*")
"""Terms of the query language are not translated."""

SAME_ON_A_PAGE = {
    "app.help_query": [example for _heading, rows in query_help() for example, _what in rows],
    "app.palette": THEME_NAMES,
    # The border of the box hides the end of a URL.
    "app.manual": ["arxi"],
} | {
    # The system's message for a refused connection.
    key: [os.strerror(errno.ECONNREFUSED)]
    for key in ("digests.fetch", "digests.details", "paper.text", "triage.whole")
}


def forgotten(driver: AppDriver, *data: str) -> set[str]:
    """Return the words on the screen that are not translated."""
    lines = (_TERM.sub("", line) for line in driver.lines)
    return words_of(*lines) - SAME_IN_ALL_LANGUAGES - words_of(*data)


KOREAN = "- ***새로운 점***: 바람을 세는 [방앗간](https://arxiv.org/abs/2501.00001).\n\n"


def korean_paper(number: int, votes: int | None = 50) -> DigestPaper:
    summary = "\n".join(f"- ***절 {n}***: 바람을 센다." for n in range(5))
    return DigestPaper(
        f"2505.{number:05}", f"논문 {number}", votes, "김하나, 이두리", KOREAN + summary
    )


@pytest.fixture
def korean(source: DigestSource) -> DigestSource:
    """Two days of papers in Korean, one with a problem."""
    source.add(
        "2025-05-02", korean_paper(1, 70), korean_paper(2), korean_paper(3, None), name="05/02.md"
    )
    source.add("2025-04-30", korean_paper(1, 7), korean_paper(4, 5), name="04/30.md")
    source.sync()
    return source


async def leave(driver: AppDriver) -> None:
    """Close everything over the main screen."""
    while len(driver.app.screen_stack) > 1 or driver.screen.panes.is_prompting:
        await driver.press("escape")


async def test_screens_that_keys_open(korean: DigestSource) -> None:
    found = {}
    async with open_app(korean.options(), SIZE) as driver:
        found["start"] = forgotten(driver)
        for key in KEYS:
            if key.action == "app.quit":
                continue
            await driver.press(key.keys.split(",")[0])
            same = SAME_ON_A_PAGE.get(key.id, ())
            found[key.id] = forgotten(driver, str(korean.digests.parent), *same)
            await leave(driver)
            found[key.id] |= forgotten(driver, str(korean.digests.parent), *same)
    assert {key: words for key, words in found.items() if words} == {}


@pytest.mark.parametrize(
    ("key", "answers"),
    [
        ("d", ["가", "1999"]),
        ("v", ["가", "999"]),
        ("t", ["강화학습"]),
        ("w", ["", "강화학습"]),
        (
            "slash",
            ["가:1", "제목:1", "votes:가", "votes:9..1", "date:1", "is:가", "has:", "sort:가",
             "sort:id sort:id", "-", "--1", "OR", "1 OR sort:id", "-sort:id", "(1", '"1', '1"2"',
             "title:", "votes:..", "votes:!1", "date:2025..1", "한글"],
        ),
    ],
)  # fmt: skip
async def test_screens_after_answers_to_prompts(
    korean: DigestSource, key: str, answers: list[str]
) -> None:
    async with open_app(korean.options(), SIZE) as driver:
        for answer in answers:
            await driver.answer_prompt(key, answer)
            assert forgotten(driver, answer, WORDS_OF_QUERIES) == set()
            await leave(driver)


async def test_marks_and_views_in_the_sidebar(korean: DigestSource) -> None:
    async with open_app(korean.options(), SIZE) as driver:
        await driver.press("asterisk", "space")
        await driver.answer_prompt("t", "강화학습")
        await driver.press("e", "1", "ctrl+s", "j", "R")
        assert forgotten(driver) == set()
        await driver.answer_prompt("w", "하나")
        await driver.press("u", "u", "1", "g")
        for _place in range(12):
            assert forgotten(driver) == set()
            await driver.press("j")
        await driver.press("X")
        assert forgotten(driver) == set()
        await driver.press("u", "u", "u", "u", "u")
        assert forgotten(driver) == set()


async def test_marks_without_papers(korean: DigestSource) -> None:
    async with open_app(korean.options(), SIZE) as driver:
        for key in ("0", "R", "1", "g", "j"):
            await driver.press(key)
        assert forgotten(driver) == set()
        assert not driver.titles
        await driver.press("j")
        assert forgotten(driver) == set()
        assert not driver.titles


async def test_export(korean: DigestSource, tmp_path: Path) -> None:
    async with open_app(korean.options(), SIZE) as driver:
        for row in range(3):
            await driver.press("x", *["j"] * row)
            assert forgotten(driver) == set()
            await driver.press("enter")
            # The hint names file extensions.
            for file in ("", "1.가", "~1/1.bib", "1/1.bib", f"{tmp_path}/{row}.bib"):
                driver.prompt.value = file
                await driver.press("enter")
                assert forgotten(driver, file, "atom bib csl csv digest json ris") == set()


async def test_note_with_unsaved_changes(
    korean: DigestSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", "")
    monkeypatch.setenv("EDITOR", "")
    async with open_app(korean.options(), SIZE) as driver:
        await driver.press("e", "1", "escape")
        assert forgotten(driver) == set()
        await driver.press("ctrl+e")
        assert forgotten(driver, "VISUAL EDITOR") == set()


async def test_unknown_command_in_the_palette(korean: DigestSource) -> None:
    async with open_app(korean.options(), SIZE) as driver:
        await driver.press("ctrl+p", *"가나다")
        await wait_until(lambda: _("No matching command.") in driver.text)
        assert forgotten(driver) == set()


@pytest.mark.parametrize("query", ["", "is:starred", "is:unread", "tag:1", "가", "votes:>999"])
async def test_nothing_to_show(korean: DigestSource, query: str) -> None:
    async with open_app(korean.options(query=parse(query)), SIZE) as driver:
        await driver.press(*["plus"] * 6)
        assert forgotten(driver, query) == set()
        await driver.press("0")
        assert forgotten(driver, query) == set()


async def test_empty_library(source: DigestSource) -> None:
    async with open_app(source.options(is_sample=True), SIZE) as driver:
        assert forgotten(driver, "broadsheet add") == set()
        for key in KEYS:
            if key.action != "app.quit":
                await driver.press(key.keys.split(",")[0])
                same = SAME_ON_A_PAGE.get(key.id, ())
                assert forgotten(driver, "broadsheet add", *same) == set(), key
                await leave(driver)


@pytest.mark.usefixtures("frequent_checks")
async def test_fetching_and_watching(korean: DigestSource, monkeypatch: pytest.MonkeyPatch) -> None:
    days = [str(today() - timedelta(days=ago)) for ago in range(3)]
    options = korean.options(settings=Settings(read_after=0))
    with Hub(days={day: day_response(day, [1]) for day in days}) as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.url)
        hub.responses[days[2]] = [silent]
        async with open_app(options, SIZE) as driver:
            await driver.pilot.press("F")
            await wait_until(lambda: len(hub.requests) == 3 and "2" in driver.status)
            await driver.pilot.pause()
            assert set(_WORD.findall(driver.status)) == {"Ctrl", "X"}
            await driver.pilot.press("ctrl+x")
            await wait_until(lambda: not driver.screen.panes.status.is_busy)
            assert _WORD.findall(driver.status) == []
            await driver.pilot.press("escape")
            # Papers that appear during the fetch are not announced as news.
            await wait_until(lambda: days[0] in driver.screen.library.get().period_counts.counts)
            await wait_until(lambda: not driver.screen.updater.is_syncing)
            korean.add("2025-05-07", korean_paper(7), name="7.md")
            await wait_until(lambda: "7" in driver.status and "2025" in driver.status)
            assert _WORD.findall(driver.status) == []


async def test_terminal_that_is_too_small(korean: DigestSource) -> None:
    async with open_app(korean.options(), (30, 10)) as driver:
        assert max(driver.text) >= "ა"
        assert forgotten(driver) == set()


async def test_reading_full_width(korean: DigestSource) -> None:
    async with open_app(korean.options(), SIZE) as driver:
        await driver.press("enter")
        assert forgotten(driver) == set()


async def test_reading_digests(source: DigestSource, monkeypatch: pytest.MonkeyPatch) -> None:
    source.add("2025-05-01", korean_paper(1), name="1.md")
    source.add("2025-05-02", korean_paper(2), name="2.md")
    gate = BlockingReader(1, monkeypatch)
    async with open_app(source.options(), SIZE, wait=False) as driver:
        await wait_until(lambda: gate.is_blocked.is_set() and driver.screen.panes.status.is_busy)
        await driver.pilot.pause()
        assert forgotten(driver) == set()
        await driver.pilot.press("ctrl+x")
        await wait_until(lambda: not driver.screen.panes.status.is_busy)
        assert forgotten(driver) == set()


INVALID_PAGE = """\
## Daily Papers (2025-13-01)

### [하나](https://arxiv.org/abs/2505.00001)

## Daily Papers (2025-05-02)

## Daily Papers (2025-05-01)

### [](https://arxiv.org/abs/2505.00001)

![](ftp://1)

Vote: 가

### [둘](https://2)

### [둘](https://arxiv.org/abs/2505.00002)

### [둘](https://arxiv.org/abs/2505.00002)

### [둘](https://arxiv.org/abs/2505.00002)

---

가

### [셋](https://arxiv.org/abs/2505.00003)
"""
INVALID_BLOCKS = """\
# 📰 Hugging Face Daily Papers – 2025-05-22

## 2505.15277
🔗 https://huggingface.co/papers/2505.15278

## 2505.15279

**Summary**:
```markdown
# 가
"""


async def test_problems(source: DigestSource) -> None:
    for name, text in (
        ("2025-05-01.md", INVALID_PAGE),
        ("1.md", INVALID_PAGE),
        ("05/2.md", INVALID_BLOCKS),
    ):
        (source.digests / name).parent.mkdir(exist_ok=True)
        (source.digests / name).write_text(text)
    (source.digests / "3.md").write_bytes("## Daily Papers (2025-05-03)\n### 가".encode("cp949"))
    (source.digests / "4.md").symlink_to("5.md")
    source.sync()
    async with open_app(source.options(), SIZE) as driver:
        await driver.press("exclamation_mark")
        assert forgotten(driver, "md ftp") == set()
        for message in ("the date in this heading does not exist",):
            assert message.translate(_LETTERS) in driver.text


SETTINGS = """\
theme = "가"
columns = ["가"]
min_votes = -1
sort = "가"
lang = 1
read_after = -1
sources = 1
"하나" = 1
[keymap]
"가" = "1"
"day.go" = 1
"day.all" = "j"
"""


async def test_invalid_settings_and_views(korean: DigestSource, tmp_path: Path) -> None:
    file = tmp_path / "1.toml"
    problems: list[Problem] = []
    for text in (
        SETTINGS,
        "=",
        'columns = ["votes"]',
        "keymap = 1",
        "sort = 1",
        'sources = ["~1"]',
    ):
        file.write_text(text)
        problems += load_settings(file)[1]
    views = tmp_path / "2.toml"
    views.write_text('"하나" = "가:1"\n"" = "1"\n"둘" = 1\n["셋"]\n"넷" = 1\n')
    options = korean.options(problems=tuple(problems), views_file=views)
    choices = (*SORT_COLUMNS, *COLUMNS_BY_NAME, *LANGUAGES, *THEME_NAMES)
    # Python's message for invalid TOML, a command, and examples of settings.
    examples = (
        "Invalid statement at line column broadsheet config --show toml move down day older p"
    )
    same = f"{tmp_path} {SETTINGS} {' '.join(choices)} {examples}"
    async with open_app(options, (160, 60)) as driver:
        await driver.press("exclamation_mark")
        assert forgotten(driver, same) == set()
