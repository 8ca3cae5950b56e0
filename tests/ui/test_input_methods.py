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
    async with open_app(samples.options()) as reader:
        for key in keys:
            await reader.press("j")
            await reader.press(key)
            # A dialog is open once it has the focus.
            await wait_until(lambda: reader.app.focused is not None)
            await reader.wait_until_idle()
            seen.append(reader.text)
            await reader.press(*["escape"] * 4)
            assert len(reader.app.screen_stack) == 1
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


async def test_a_syllable_is_split_into_its_keys(samples: DigestSource) -> None:
    async with open_app(samples.options()) as reader:
        await reader.press("ㅓ", "ㅓ", "ㅓ")
        assert reader.screen.panes.table.cursor == 3
        # s and k: another sort order, and up.
        before = reader.status
        paper = reader.paper
        await reader.press("나")
        assert reader.status != before
        assert reader.paper != paper
        order = reader.titles
        at = reader.screen.panes.table.cursor
        # y, u, l, k and k do not form one syllable; g and j do: to the top, and down.
        await reader.press("허")
        assert reader.titles == order
        assert reader.screen.panes.table.cursor == 1 != at


async def test_parts_of_a_syllable_are_keys(samples: DigestSource) -> None:
    async with open_app(samples.options()) as reader:
        await reader.press(*normalize("NFD", "허"))
        assert reader.screen.panes.table.cursor == 1


async def test_shift_is_recognized_if_it_changes_the_letter(samples: DigestSource) -> None:
    async with open_app(samples.options()) as reader:
        await reader.press("ㅒ")
        assert reader.app.clipboard == "https://arxiv.org/pdf/2505.22954"
        await reader.press("ㄲ")
        assert reader.status.startswith("Marked 9 papers as read")


@pytest.mark.parametrize(
    "key", [key for key in KEYS if any(name.isupper() for name in key.keys.split(","))], ids=str
)
def test_no_key_needs_a_capital_that_hangul_lacks(key: object) -> None:
    names = key.keys.split(",")  # type: ignore[attr-defined]
    assert any(name in HANGUL or len(name) > 1 for name in names)


async def test_the_second_keys_do_the_same(samples: DigestSource) -> None:
    async with open_app(samples.options()) as reader:
        await reader.press("tilde")
        assert reader.votes == sorted(reader.votes, key=lambda votes: votes or 0)
        await reader.press("home", "quotation_mark")
        assert "@misc{" in reader.app.clipboard
        await reader.press("number_sign")
        assert "No search;" in reader.status
        await reader.press("delete")
        assert "This is not a saved view" in reader.status


async def test_pages_and_choosers_take_hangul(source: DigestSource) -> None:
    names = [f"Ada {letter}ell" for letter in "ABCDEFGHIJKL"]
    source.add("2025-05-01", DigestPaper("2505.00001", authors=", ".join(names)))
    source.sync()
    async with open_app(source.options(), (80, 20)) as reader:
        await reader.press("question_mark")
        top = reader.lines
        await reader.press("ㅓ")
        assert reader.lines != top
        await reader.press("ㅂ")
        assert len(reader.app.screen_stack) == 1
        assert not reader.app._exit
        # The tenth row's key is a.
        await reader.press("ㅁ")
        assert len(reader.app.screen_stack) == 2
        await reader.press("ㅓ", "ㅁ")
        assert len(reader.app.screen_stack) == 1
        assert "Ada Jell" in reader.status
        assert not reader.app._exit


async def test_keys_of_the_keymap_work_with_a_korean_layout(samples: DigestSource) -> None:
    settings = Settings(keymap={"votes.more": "p", "day.older": "ㅗ", "move.down": "H"})
    async with open_app(samples.options(settings=settings)) as reader:
        await reader.press("ㅔ")
        assert len(reader.titles) == 7
        # A binding of the letter itself takes precedence.
        await reader.press("ㅗ")
        assert reader.period == "2025-05-29"


async def test_q_quits(samples: DigestSource) -> None:
    async with open_app(samples.options()) as reader:
        await reader.pilot.press("ㅂ")
        await wait_until(lambda: reader.app._exit)


# Text


async def test_text_stays_as_it_was_typed(samples: DigestSource) -> None:
    async with open_app(samples.options()) as reader:
        await reader.press("ㅅ", "강", "화", "ㅋ", "enter")
        assert reader.status == "Tagged #강화ㅋ."
        await reader.press("slash", "나", "ㅓ", "ㅂ")
        assert reader.prompt.value == "나ㅓㅂ"
        await reader.press("escape", "ㅈ", "보", "기", "enter")
        assert "Saved as view 보기" in reader.status


async def note(reader: AppDriver) -> TextArea:
    await reader.press("ㄷ")
    await wait_until(lambda: isinstance(reader.app.focused, TextArea))
    assert isinstance(reader.app.focused, TextArea)
    return reader.app.focused


async def test_a_note_stays_as_it_was_typed(samples: DigestSource) -> None:
    async with open_app(samples.options()) as reader:
        area = await note(reader)
        await reader.press("나", "ㅓ", "enter", "q", "ㅂ")
        assert area.text == "나ㅓ\nqㅂ"


async def test_keys_typed_before_a_prompt_opens_are_text(samples: DigestSource) -> None:
    async with open_app(samples.options()) as reader:
        reader.type_ahead("slash", "나", "ㅓ", "q")
        await wait_until(lambda: len(reader.app.screen.query("Input")) > 0)
        await wait_until(lambda: reader.prompt.value == "나ㅓq")
        await reader.press("escape")
        assert reader.focus == "table"


async def test_the_rest_of_a_syllable_that_opened_a_prompt_is_text(samples: DigestSource) -> None:
    async with open_app(samples.options()) as reader:
        # t prompts for tags.
        await reader.press("사")
        assert reader.prompt.value == "ㅏ"


async def accent(reader: AppDriver) -> None:
    """Type a combining accent."""
    reader.type_ahead("\u0301")
    await reader.wait_until_idle()


async def test_letters_are_composed_in_a_prompt(samples: DigestSource) -> None:
    async with open_app(samples.options()) as reader:
        await reader.press("slash", *normalize("NFD", "강화"), *"cafe")
        await accent(reader)
        assert reader.prompt.value == "강화café"
        assert reader.prompt.cursor_position == 6
        await reader.press("home", "e")
        await accent(reader)
        await reader.press("backspace")
        assert reader.prompt.value == "강화café"
        reader.app.post_message(events.Paste(normalize("NFD", "학습\n둘째")))
        await wait_until(lambda: reader.prompt.value == "학습강화café")
        await reader.press("shift+end", "ㄱ", "ㅎ")
        assert reader.prompt.value == "학습ㄱㅎ"


async def test_letters_are_composed_in_a_note(samples: DigestSource) -> None:
    async with open_app(samples.options()) as reader:
        area = await note(reader)
        await reader.press(*"one", "enter", *normalize("NFD", "강화"), "e")
        await accent(reader)
        assert area.text == "one\n강화é"
        assert area.cursor_location == (1, 3)
        reader.app.post_message(events.Paste(normalize("NFD", "학습\n둘째")))
        await wait_until(lambda: area.text == "one\n강화é학습\n둘째")
        await reader.press("ctrl+z")
        assert "학습" not in area.text
        await reader.press("shift+home", "나")
        assert area.text == "one\n나"
