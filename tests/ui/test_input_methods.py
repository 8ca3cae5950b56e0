"""Input methods: keys that arrive as Hangul, and composed text."""

from __future__ import annotations

from unicodedata import normalize

import pytest
from textual import events
from textual.widgets import TextArea

from tests.ui.driver import AppDriver, open_app, wait_until
from tests.ui.sources import DigestPaper, DigestSource
from tui.config.keybindings import KEYS
from tui.config.settings import Settings
from tui.terminal.hangul import LATIN_KEYS

pytestmark = pytest.mark.slow

HANGUL = {letter: made for made, letter in LATIN_KEYS.items()}

LOWER = sorted(
    name
    for key in KEYS
    for name in key.keys.split(",")
    if len(name) == 1 and name.islower() and key.id != "app.quit"
)


async def screens(samples: DigestSource, keys: list[str]) -> list[str]:
    """Press each key on the main screen; return the screens that they lead to."""
    seen = []
    async with open_app(samples.options()) as driver:
        for key in keys:
            await driver.press("j")
            await driver.press(key)
            # A dialog is open once it has the focus.
            await wait_until(lambda: driver.app.focused is not None)
            await driver.wait_until_idle()
            seen.append(driver.text)
            await driver.press(*["escape"] * 4)
            assert len(driver.app.screen_stack) == 1
    return seen


async def test_every_lower_case_key_works_with_a_korean_layout(samples: DigestSource) -> None:
    latin = await screens(samples, LOWER)
    samples_again = DigestSource(samples.digests, samples.cache)
    for file in (samples.cache.parent / "marks").rglob("*"):
        if file.is_file():
            file.unlink()
    hangul = await screens(samples_again, [HANGUL[key] for key in LOWER])
    assert len(set(latin)) > len(LOWER) // 2
    for key, one, other in zip(LOWER, latin, hangul, strict=True):
        assert one == other, key


async def test_syllable_is_split_into_its_keys(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press("ㅓ", "ㅓ", "ㅓ")
        assert driver.screen.panes.table.cursor == 3
        # s and k: another sort order, and up.
        before = driver.status
        paper = driver.paper
        await driver.press("나")
        assert driver.status != before
        assert driver.paper != paper
        order = driver.titles
        at = driver.screen.panes.table.cursor
        # y, u, l, k and k do not form one syllable; g and j do: to the top, and down.
        await driver.press("허")
        assert driver.titles == order
        assert driver.screen.panes.table.cursor == 1 != at


async def test_parts_of_a_syllable_are_keys(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press(*normalize("NFD", "허"))
        assert driver.screen.panes.table.cursor == 1


async def test_shift_is_recognized_if_it_changes_the_letter(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press("ㅒ")
        assert driver.app.clipboard == "https://arxiv.org/pdf/2505.22954"
        await driver.press("ㄲ")
        assert driver.status.startswith("Marked 9 papers as read")


@pytest.mark.parametrize(
    "key", [key for key in KEYS if any(name.isupper() for name in key.keys.split(","))], ids=str
)
def test_no_key_needs_a_capital_that_hangul_lacks(key: object) -> None:
    names = key.keys.split(",")  # type: ignore[attr-defined]
    assert any(name in HANGUL or len(name) > 1 for name in names)


async def test_second_keys_do_the_same(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press("tilde")
        assert driver.votes == sorted(driver.votes, key=lambda votes: votes or 0)
        await driver.press("home", "quotation_mark")
        assert "@misc{" in driver.app.clipboard
        await driver.press("number_sign")
        assert driver.status == "Continued from the other end."
        await driver.press("delete")
        assert "This is not a saved view" in driver.status


async def test_pages_and_choosers_take_hangul(source: DigestSource) -> None:
    names = [f"Ada {letter}ell" for letter in "ABCDEFGHIJKL"]
    source.add("2025-05-01", DigestPaper("2505.00001", authors=", ".join(names)))
    source.sync()
    async with open_app(source.options(), (80, 20)) as driver:
        await driver.press("question_mark")
        top = driver.lines
        await driver.press("ㅓ")
        assert driver.lines != top
        await driver.press("ㅂ")
        assert len(driver.app.screen_stack) == 1
        assert not driver.app._exit
        # The tenth row's key is a.
        await driver.press("ㅁ")
        assert len(driver.app.screen_stack) == 2
        await driver.press("ㅓ", "ㅁ")
        assert len(driver.app.screen_stack) == 1
        assert "Ada Jell" in driver.status
        assert not driver.app._exit


async def test_keys_of_the_keymap_work_with_a_korean_layout(samples: DigestSource) -> None:
    settings = Settings(keymap={"votes.more": "r", "day.older": "ㅗ", "move.down": "H"})
    async with open_app(samples.options(settings=settings)) as driver:
        await driver.press("ㄱ")
        assert len(driver.titles) == 7
        # A binding of the letter itself takes precedence.
        await driver.press("ㅗ")
        assert driver.period == "2025-05-29"


async def test_q_quits(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.pilot.press("ㅂ")
        await wait_until(lambda: driver.app._exit)


# Text


async def test_text_stays_as_it_was_typed(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press("ㅅ", "강", "화", "ㅋ", "enter")
        assert driver.status == "Tagged #강화ㅋ."
        await driver.press("slash", "나", "ㅓ", "ㅂ")
        assert driver.prompt.value == "나ㅓㅂ"
        await driver.press("escape", "ㅈ", "보", "기", "enter")
        assert "Saved as view 보기" in driver.status


async def note(driver: AppDriver) -> TextArea:
    await driver.press("ㄷ")
    await wait_until(lambda: isinstance(driver.app.focused, TextArea))
    assert isinstance(driver.app.focused, TextArea)
    return driver.app.focused


async def test_note_stays_as_it_was_typed(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        area = await note(driver)
        await driver.press("나", "ㅓ", "enter", "q", "ㅂ")
        assert area.text == "나ㅓ\nqㅂ"


async def test_keys_typed_before_a_prompt_opens_are_text(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        driver.type_ahead("slash", "나", "ㅓ", "q")
        await wait_until(lambda: len(driver.app.screen.query("Input")) > 0)
        await wait_until(lambda: driver.prompt.value == "나ㅓq")
        await driver.press("escape")
        assert driver.focus == "table"


async def test_rest_of_a_syllable_that_opened_a_prompt_is_text(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        # t prompts for tags.
        await driver.press("사")
        assert driver.prompt.value == "ㅏ"


async def accent(driver: AppDriver) -> None:
    """Type a combining accent."""
    driver.type_ahead("\u0301")
    await driver.wait_until_idle()


async def test_letters_are_composed_in_a_prompt(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press("slash", *normalize("NFD", "강화"), *"cafe")
        await accent(driver)
        assert driver.prompt.value == "강화café"
        assert driver.prompt.cursor_position == 6
        await driver.press("home", "e")
        await accent(driver)
        await driver.press("backspace")
        assert driver.prompt.value == "강화café"
        driver.app.post_message(events.Paste(normalize("NFD", "학습\n둘째")))
        await wait_until(lambda: driver.prompt.value == "학습강화café")
        await driver.press("shift+end", "ㄱ", "ㅎ")
        assert driver.prompt.value == "학습ㄱㅎ"


async def test_letters_are_composed_in_a_note(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        area = await note(driver)
        await driver.press(*"one", "enter", *normalize("NFD", "강화"), "e")
        await accent(driver)
        assert area.text == "one\n강화é"
        assert area.cursor_location == (1, 3)
        driver.app.post_message(events.Paste(normalize("NFD", "학습\n둘째")))
        await wait_until(lambda: area.text == "one\n강화é학습\n둘째")
        await driver.press("ctrl+z")
        assert "학습" not in area.text
        await driver.press("shift+home", "나")
        assert area.text == "one\n나"
