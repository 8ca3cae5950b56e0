"""Snapshots of every screen and state. After a change of the design:

pytest tests/ui/test_snapshots.py --snapshot-update   # with -n 0: removes old ones, too
python -m tests.ui.snapshots /tmp/pictures                 # and look before you commit
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeAlias

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from tests.ui.blocking_reader import BlockingReader
from tests.ui.driver import main_screen, wait_until, wait_until_idle
from tests.ui.sources import DigestPaper, DigestSource
from tui.config.session import Session
from tui.config.settings import Settings
from tui.marks.edits import set_note, set_read, set_starred, set_tags
from tui.marks.store import MarkStore
from tui.query.parser import parse
from tui.terminal.capabilities import ANSI_COLORS, COLORS_256, MONOCHROME, Terminal
from tui.terminal.themes import THEME_NAMES
from tui.ui.app import BroadsheetApp
from tui.ui.screens.main.startup_options import StartupOptions

pytestmark = pytest.mark.slow

SIZES = [(60, 20), (80, 24), (120, 40)]


def named(size: tuple[int, int]) -> str:
    """Return a size as it appears in the name of a picture."""
    return f"{size[0]}x{size[1]}"


at_every_size = pytest.mark.parametrize("size", SIZES, ids=named)

Acting: TypeAlias = Callable[[Pilot[None]], Awaitable[None]]
Picture: TypeAlias = Callable[..., bool]


def pressing(*keys: str) -> Acting:
    """Return a function that presses keys and waits for the effect of each."""

    async def act(pilot: Pilot[None]) -> None:
        await wait_until_idle(pilot)
        for key in keys:
            await pilot.press(key)
            await wait_until_idle(pilot)

    return act


@pytest.fixture
def picture(snap_compare: Callable[..., bool]) -> Picture:
    def compare(
        options: StartupOptions, size: tuple[int, int], act: Acting | None = None, *keys: str
    ) -> bool:
        app = BroadsheetApp(options)
        app.animation_level = "none"
        return snap_compare(app, terminal_size=size, run_before=act or pressing(*keys))

    return compare


@at_every_size
def test_newest_day(samples: DigestSource, picture: Picture, size: tuple[int, int]) -> None:
    assert picture(samples.options(is_sample=True), size)


def test_readme(samples: DigestSource, picture: Picture) -> None:
    # Whole titles fit, and the summary is in English: the SVG squeezes wide characters.
    settings = Settings(read_after=0, watch=False, columns=("marks", "votes", "title"))
    options = samples.options(period="2025-05-23", settings=settings)
    assert picture(options, (122, 32), pressing("j", "j"))


@at_every_size
def test_full_width_summary(samples: DigestSource, picture: Picture, size: tuple[int, int]) -> None:
    assert picture(samples.options(period="2025-05-28"), size, pressing("enter"))


@at_every_size
def test_all_days_with_threshold(
    samples: DigestSource, picture: Picture, size: tuple[int, int]
) -> None:
    options = samples.options(period="", min_votes=20)
    assert picture(options, size)


@at_every_size
def test_no_papers_above_threshold(
    samples: DigestSource, picture: Picture, size: tuple[int, int]
) -> None:
    assert picture(samples.options(period="2025-05-23", min_votes=100), size)


@at_every_size
def test_search_results(samples: DigestSource, picture: Picture, size: tuple[int, int]) -> None:
    options = samples.options(period="", query=parse("diffusion sort:-votes"))
    assert picture(options, size)


@at_every_size
def test_no_search_results(samples: DigestSource, picture: Picture, size: tuple[int, int]) -> None:
    assert picture(samples.options(query=parse("astrolabe")), size)


@at_every_size
def test_empty_library(source: DigestSource, picture: Picture, size: tuple[int, int]) -> None:
    assert picture(source.options(), size)


@at_every_size
def test_reading_digests(
    source: DigestSource, picture: Picture, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    for day in range(1, 19):
        source.add(f"2025-05-{day:02}", DigestPaper(f"2505.{day:05}"))
    gate = BlockingReader(7, monkeypatch)

    async def act(pilot: Pilot[None]) -> None:
        await wait_until(gate.is_blocked.is_set)
        await wait_until(lambda: "7 of 18" in main_screen(pilot).panes.status.render_line(0).text)
        await pilot.pause()

    assert picture(source.options(), size, act)


@at_every_size
def test_problems_page(source: DigestSource, picture: Picture, size: tuple[int, int]) -> None:
    lost = "### No link\n\nVote: 3\n"
    source.add("2025-05-01", DigestPaper("2505.00001", votes=None), name="2025/05/01.md")
    source.add("2025-05-02", DigestPaper("2505.00002"), lost, name="2025/05/02.md")
    for day in range(5, 9):
        name = f"2025/05/0{day}.md"
        source.add(f"2025-05-0{day}", DigestPaper("2505.00005"), lost, name=name)
    source.add("2025-05-04", DigestPaper("2505.00004", authors=""), name="2025/05/04.md")
    assert picture(source.options(), size, pressing("exclamation_mark"))


@at_every_size
def test_no_problems_page(source: DigestSource, picture: Picture, size: tuple[int, int]) -> None:
    assert picture(source.options(), size, pressing("exclamation_mark"))


@at_every_size
def test_help(samples: DigestSource, picture: Picture, size: tuple[int, int]) -> None:
    assert picture(samples.options(), size, pressing("question_mark"))


@at_every_size
def test_date_prompt(samples: DigestSource, picture: Picture, size: tuple[int, int]) -> None:
    assert picture(samples.options(), size, pressing("d"))


@at_every_size
def test_invalid_query(samples: DigestSource, picture: Picture, size: tuple[int, int]) -> None:
    async def act(pilot: Pilot[None]) -> None:
        await pressing("slash")(pilot)
        pilot.app.screen.query_one(Input).value = "vote:>=20 diffusion"
        await pressing("enter")(pilot)

    assert picture(samples.options(), size, act)


@at_every_size
def test_palette(samples: DigestSource, picture: Picture, size: tuple[int, int]) -> None:
    async def act(pilot: Pilot[None]) -> None:
        await pressing("ctrl+p")(pilot)
        # Textual shows commands in batches, by a timer.
        await wait_until(lambda: pilot.app.screen.query_one("CommandList").size.height > 2)
        await wait_until_idle(pilot)

    assert picture(samples.options(), size, act)


@at_every_size
def test_sidebar_focused(samples: DigestSource, picture: Picture, size: tuple[int, int]) -> None:
    assert picture(samples.options(), size, pressing("1", "j"))


@at_every_size
def test_new_since_last_visit(
    samples: DigestSource, picture: Picture, size: tuple[int, int]
) -> None:
    session = Session(
        newest="2025-05-28", period="2025-05-28", cursors={"2025-05-28": "2504.18415"}
    )
    assert picture(samples.options(session=session), size)


@pytest.fixture
def marked(samples: DigestSource) -> DigestSource:
    """Return the samples with marks, tags, a note and saved views."""
    marks = MarkStore(samples.cache.parent / "marks")
    marks.apply(set_starred(["2505.22954", "2505.22618", "2505.15809"], True))
    marks.apply(set_tags(["2505.22618", "2505.13934"], ("diffusion", "todo")))
    marks.apply(set_note(["2505.22618"], "Compare with our cache.\nTry it on long outputs."))
    marks.apply(set_read(["2505.23747", "2505.23621"], True))
    views = '"Diffusion in May" = "diffusion date:2025-05"\n"Best" = "votes:>=50"\n'
    (samples.cache.parent / "views.toml").write_text(views)
    return samples


@at_every_size
def test_marks(marked: DigestSource, picture: Picture, size: tuple[int, int]) -> None:
    assert picture(marked.options(), size, pressing("j"))


@at_every_size
def test_tag_scope(marked: DigestSource, picture: Picture, size: tuple[int, int]) -> None:
    assert picture(marked.options(), size, pressing("1", "g", "j", "j", "j", "j", "l", "j"))


@at_every_size
def test_searching(marked: DigestSource, picture: Picture, size: tuple[int, int]) -> None:
    assert picture(marked.options(), size, pressing("slash", *"diff", "tab"))


@at_every_size
def test_next_match(marked: DigestSource, picture: Picture, size: tuple[int, int]) -> None:
    act = pressing("slash", *"diffusion", "enter", "n", "n")
    assert picture(marked.options(), size, act)


@at_every_size
def test_query_help(samples: DigestSource, picture: Picture, size: tuple[int, int]) -> None:
    assert picture(samples.options(), size, pressing("f2"))


@at_every_size
def test_author_chooser(marked: DigestSource, picture: Picture, size: tuple[int, int]) -> None:
    assert picture(marked.options(), size, pressing("j", "a", "j"))


@at_every_size
def test_export_chooser(marked: DigestSource, picture: Picture, size: tuple[int, int]) -> None:
    assert picture(marked.options(), size, pressing("x"))


@at_every_size
def test_tag_prompt(marked: DigestSource, picture: Picture, size: tuple[int, int]) -> None:
    assert picture(marked.options(), size, pressing("t", *"di"))


@at_every_size
def test_note_editor(marked: DigestSource, picture: Picture, size: tuple[int, int]) -> None:
    assert picture(marked.options(), size, pressing("j", "e"))


@at_every_size
def test_similar_papers(marked: DigestSource, picture: Picture, size: tuple[int, int]) -> None:
    assert picture(marked.options(), size, pressing("j", "m"))


@pytest.mark.parametrize("size", [(40, 12), *SIZES], ids=named)
def test_statistics(samples: DigestSource, picture: Picture, size: tuple[int, int]) -> None:
    assert picture(samples.options(), size, pressing("i"))


@at_every_size
def test_rising_words(samples: DigestSource, picture: Picture, size: tuple[int, int]) -> None:
    assert picture(samples.options(), size, pressing("i", "tab", "G"))


@at_every_size
def test_no_unread_papers(source: DigestSource, picture: Picture, size: tuple[int, int]) -> None:
    source.add("2025-05-01", DigestPaper("2505.00001"))
    source.sync()
    assert picture(source.options(), size, pressing("R", "1", "g", "j"))


def test_outline_beside_text(marked: DigestSource, picture: Picture) -> None:
    options = marked.options(period="2025-05-23")
    assert picture(options, (160, 40), pressing("j", "enter", "right_curly_bracket"))


@pytest.mark.parametrize("theme", THEME_NAMES)
def test_theme(samples: DigestSource, picture: Picture, theme: str) -> None:
    options = samples.options(session=Session(theme=theme), is_sample=True)
    assert picture(options, (120, 40))


@pytest.mark.parametrize(
    "terminal",
    [
        Terminal(COLORS_256),
        Terminal(ANSI_COLORS),
        Terminal(ANSI_COLORS, is_light=True),
        Terminal(MONOCHROME),
    ],
    ids=["256", "8-dark", "8-light", "none"],
)
def test_colors(marked: DigestSource, picture: Picture, terminal: Terminal) -> None:
    options = marked.options(terminal=terminal)
    assert picture(options, (80, 24), pressing("j", "slash", *"diffusion", "enter", "n", "tab"))


@pytest.mark.parametrize(
    "keys",
    [["j"], ["1", "j"], ["plus"] * 5, ["slash", *"vote:3", "enter"], ["j", "a"], ["j", "e"]],
    ids=["papers", "days", "empty", "wrong", "choice", "note"],
)
def test_smallest_size(marked: DigestSource, picture: Picture, keys: list[str]) -> None:
    assert picture(marked.options(), (40, 12), pressing(*keys))


@pytest.mark.parametrize("size", [(30, 10), (39, 24), (80, 11)], ids=named)
def test_too_small(samples: DigestSource, picture: Picture, size: tuple[int, int]) -> None:
    assert picture(samples.options(), size)
