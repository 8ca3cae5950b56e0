from __future__ import annotations

import pytest
from textual.color import Color

from tests.ui.driver import assert_full_width, open_app, open_palette, wait_until
from tests.ui.sources import DigestSource
from tui.config.keybindings import KEYS, KeyContext, key_labels
from tui.config.settings import Settings
from tui.marks.edits import set_tags
from tui.marks.store import MarkStore
from tui.terminal.themes import THEME_NAMES


async def test_help_lists_every_key_with_its_description(samples: DigestSource) -> None:
    async with open_app(samples.options(), (80, 180)) as driver:
        await driver.press("question_mark")
        shown = " ".join(driver.text.split())
        for key in KEYS:
            assert f"{key_labels(key.keys)} {key.help}" in shown
        await driver.press("escape")
        assert driver.focus == "table"


@pytest.mark.parametrize(
    ("keys", "heading"),
    [(("1",), "Days"), (("2",), "List"), (("3",), "Reading"), (("enter",), "Reading")],
)
async def test_help_begins_with_the_keys_of_the_focused_pane(
    samples: DigestSource, keys: tuple[str, ...], heading: str
) -> None:
    async with open_app(samples.options(), (80, 24)) as driver:
        await driver.press(*keys, "question_mark")
        shown = [line.strip() for line in driver.lines if line.strip()]
        assert shown[0] == "Keys"
        assert shown[2] == heading


@pytest.mark.parametrize(("width", "columns"), [(80, 1), (120, 2), (200, 3)])
async def test_help_has_columns_where_there_is_room(
    samples: DigestSource, width: int, columns: int
) -> None:
    async with open_app(samples.options(), (width, 60)) as driver:
        await driver.press("question_mark")
        [headings] = [line.split() for line in driver.lines if line.split()[:1] == ["List"]]
        assert len(headings) == columns
        assert_full_width(driver)


async def test_help_is_filtered_by_what_is_searched_for(samples: DigestSource) -> None:
    async with open_app(samples.options(), (80, 24)) as driver:
        await driver.press("question_mark", "slash")
        await driver.type("copy")
        shown = [" ".join(line.split()) for line in driver.lines if line.strip()]
        assert "yy Copy link" in shown
        assert "yi Copy id" in shown
        assert not any("Undo" in line for line in shown)
        await driver.press("escape")
        assert "Search;" in driver.text


@pytest.mark.parametrize("key", ["escape", "q", "enter", "question_mark", "f1"])
async def test_several_keys_close_the_help(samples: DigestSource, key: str) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press("question_mark")
        assert len(driver.app.screen_stack) == 2
        await driver.press(key)
        assert len(driver.app.screen_stack) == 1
        assert driver.app.is_running
        assert not driver.app._exit


async def test_key_that_opens_the_problems_closes_them(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press("exclamation_mark")
        assert len(driver.app.screen_stack) == 2
        await driver.press("exclamation_mark")
        assert len(driver.app.screen_stack) == 1


async def test_help_scrolls(samples: DigestSource) -> None:
    async with open_app(samples.options(), (60, 20)) as driver:
        await driver.press("question_mark")
        assert "Mouse" not in driver.text
        await driver.press("G")
        assert "Mouse" in driver.text
        await driver.press("g")
        assert driver.lines[1].split() == ["Keys"]


@pytest.mark.parametrize("key", ["q", "ctrl+q"])
async def test_q_quits(samples: DigestSource, key: str) -> None:
    async with open_app(samples.options()) as driver:
        await driver.pilot.press(key)
        await wait_until(lambda: driver.app._exit)
        assert driver.app.return_code in {None, 0}


async def test_palette_runs_a_command(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await open_palette(driver, "raise vote threshold")
        await driver.press("enter")
        await wait_until(lambda: len(driver.app.screen_stack) == 1)
        await driver.wait_until_idle()
        assert len(driver.titles) == 7


@pytest.mark.parametrize("theme", [THEME_NAMES[1], THEME_NAMES[-1]])
async def test_palette_switches_themes(samples: DigestSource, theme: str) -> None:
    options = samples.options()
    async with open_app(options) as driver:
        await open_palette(driver, f"theme {theme}")
        await driver.press("enter")
        await wait_until(lambda: options.session.theme == theme)
        await driver.wait_until_idle()
        assert driver.app.theme == theme


async def test_palette_previews_the_theme_under_the_cursor(samples: DigestSource) -> None:
    options = samples.options()
    async with open_app(options) as driver:
        first = driver.app.theme
        await open_palette(driver, f"theme {THEME_NAMES[-1]}")
        await wait_until(lambda: driver.app.theme == THEME_NAMES[-1])
        surface = Color.parse(driver.app.current_theme.surface or "")
        await wait_until(
            lambda: driver.app.screen.query_one("Vertical").styles.background == surface
        )
        assert not options.session.theme
        await driver.press("escape")
        await wait_until(lambda: driver.app.theme == first)


async def test_palette_lists_help_and_quit(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await open_palette(driver, "all keys")
        await driver.press("enter")
        await wait_until(lambda: "Raise vote threshold" in driver.text)
        await driver.press("escape")
        await open_palette(driver, "quit")
        await driver.pilot.press("enter")
        await wait_until(lambda: driver.app._exit)


async def test_escape_closes_the_palette(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await open_palette(driver, "z")
        await driver.press("escape")
        assert len(driver.app.screen_stack) == 1
        assert driver.focus == "table"


@pytest.mark.slow
async def test_every_command_of_the_palette_can_be_run(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        for key in KEYS:
            is_offered = key.context is not KeyContext.TRIAGE
            if is_offered and key.id not in {"view.close", "app.quit", "app.palette"}:
                pane = {
                    KeyContext.PANE: driver.screen.panes.table,
                    KeyContext.SIDEBAR: driver.screen.panes.sidebar,
                }
                where = pane.get(key.context, driver.screen)
                is_run = await driver.app.run_action(key.action, where)
                # The sidebar has nothing to expand or collapse here.
                assert is_run or key.context is KeyContext.SIDEBAR, key.id
                await driver.wait_until_idle()
                await driver.press(*["escape"] * 4)
                assert len(driver.app.screen_stack) == 1, key.id


async def test_palette_moves_the_cursor_of_the_focused_pane(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await open_palette(driver, "go to the bottom")
        await driver.press("enter")
        assert driver.screen.panes.table.cursor == 8


# Settings

KEYMAP = {"votes.more": "m", "app.help": "f2", "day.older": "H,b", "list.search": "ctrl+f"}


async def test_keymap_changes_what_keys_do(samples: DigestSource) -> None:
    async with open_app(samples.options(settings=Settings(keymap=KEYMAP))) as driver:
        await driver.press("m")
        assert len(driver.titles) == 7
        await driver.press("plus")
        assert len(driver.titles) == 7
        await driver.press("H", "b")
        assert driver.period == "2025-05-28"
        await driver.press("left_square_bracket")
        assert driver.period == "2025-05-28"


async def test_keymap_shows_in_key_bar_help_and_palette(samples: DigestSource) -> None:
    options = samples.options(settings=Settings(keymap=KEYMAP))
    async with open_app(options, (120, 120)) as driver:
        [bar] = driver.pane("keys")
        assert "F2 help" in bar
        assert "m - votes" in bar
        assert "H " in bar
        await driver.press("f2")
        shown = " ".join(driver.text.split())
        assert "m Raise vote threshold" in shown
        assert "H b Older day" in shown
        await driver.press("f2")
        assert len(driver.app.screen_stack) == 1
        await open_palette(driver, "raise vote threshold")
        assert any("aise vote threshold" in line and " m" in line for line in driver.lines)


async def test_keymap_shows_in_messages(samples: DigestSource) -> None:
    settings = Settings(keymap={"votes.fewer": "n", "list.search": "a"})
    async with open_app(samples.options(settings=settings, min_votes=100)) as driver:
        assert "n lowers the threshold" in driver.text
        await driver.answer_prompt("a", "astrolabe")
        assert "a and then Shift+Tab searches all days" in driver.text


async def test_keymap_with_a_key_in_two_places_does_not_crash(samples: DigestSource) -> None:
    settings = Settings(keymap={"votes.more": "j", "day.all": "no-such-key"})
    async with open_app(samples.options(settings=settings)) as driver:
        await driver.press("j", "0", "question_mark")
        assert "Toggle star" in driver.text


async def test_ctrl_q_quits_whatever_the_keymap_says(samples: DigestSource) -> None:
    keymap = {"app.quit": "f24", "view.close": "f22", "app.palette": "f23"}
    settings = Settings(keymap=keymap)
    async with open_app(samples.options(settings=settings), (120, 120)) as driver:
        await driver.press("q")
        assert not driver.app._exit
        await driver.press("question_mark")
        assert "F24 Ctrl+Q" in driver.text
        await driver.press("escape")
        assert len(driver.app.screen_stack) == 1
        await driver.pilot.press("ctrl+q")
        await wait_until(lambda: driver.app._exit)


async def test_columns_follow_the_settings(samples: DigestSource) -> None:
    async with open_app(samples.options(settings=Settings(columns=("id", "title")))) as driver:
        heading = driver.pane("table")[0]
        assert heading.split() == ["arXiv", "Title"]
        assert driver.pane("table")[1].split()[:2] == ["2505.22954", "Darwin"]
        await driver.press("s")
        assert "id" in driver.status
        await driver.press("s")
        assert "title" in driver.status


async def test_columns_are_left_out_on_a_narrow_screen(samples: DigestSource) -> None:
    settings = Settings(read_after=0, watch=False, layout="below")
    async with open_app(samples.options(period="", settings=settings), (200, 40)) as driver:
        seen = []
        for width in (200, 120, 100, 72, 60, 40):
            await driver.resize(width, 30)
            seen.append(driver.pane("table")[0].split())
        assert seen[0] == ["Votes▾", "Title", "Authors", "Date", "arXiv"]
        assert [len(each) for each in seen] == sorted(map(len, seen), reverse=True)
        assert len(seen[-1]) < 3
        assert all("Title" in each for each in seen)


async def test_key_bar_drops_keys_that_do_not_fit_but_never_help(
    samples: DigestSource,
) -> None:
    async with open_app(samples.options(), (120, 30)) as driver:
        for width in (120, 80, 60, 40):
            await driver.resize(width, 20)
            [bar] = driver.pane("keys")
            assert bar.endswith("? help  q quit")


async def test_names_in_the_palette_are_not_markup(samples: DigestSource) -> None:
    marks = MarkStore(samples.cache.parent / "marks")
    marks.apply(set_tags(["2505.22954"], ("[/x]", "[b]loud", "[@click=app.quit]y[/]")))
    async with open_app(samples.options()) as driver:
        await open_palette(driver, "show: #")
        for tag in ("#[/x]", "#[b]loud", "#[@click=app.quit]y[/]"):
            assert tag in driver.text
        await driver.press("escape")


@pytest.mark.parametrize("key", ["T", "question_mark", "i", "f", "ctrl+p", "f3", "x", "e"])
async def test_ctrl_q_quits_from_every_dialog(samples: DigestSource, key: str) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press(key)
        assert len(driver.app.screen_stack) == 2
        await driver.pilot.press("ctrl+q")
        await wait_until(lambda: driver.app._exit)


async def test_ctrl_q_does_not_lose_a_note(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press("e", "a", "ctrl+q")
        assert "Press the same key again to discard the change" in driver.text
        assert not driver.app._exit
        await driver.pilot.press("ctrl+q")
        await wait_until(lambda: driver.app._exit)


async def test_help_in_triage_has_only_keys_that_work_there(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press("T", "question_mark")
        for text in ("Hide, next paper", "Down one page", "Redraw screen", "Ctrl+Q ZZ"):
            assert text in driver.text
        for text in ("repeats it", "Open the manual", "Command palette", "Saved views"):
            assert text not in driver.text


async def test_triage_says_why_it_cannot_be_suspended(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press("T", "ctrl+z")
        assert "Cannot suspend: not started from a shell." in driver.text
