"""All text is readable, in every theme and on all kinds of terminals.

Checks every cell as it is sent to the terminal, with the real stylesheets.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest
from rich.color import Color, ColorSystem
from rich.palette import Palette as RichPalette
from textual.geometry import Region

from tests.support.contrast import MIN_READABLE_CONTRAST, contrast
from tests.ui.driver import AppDriver, open_app, styled_runs, wait_until
from tests.ui.sources import DigestPaper, DigestSource
from tui.config.session import Session
from tui.marks.edits import set_note, set_read, set_starred, set_tags
from tui.marks.store import MarkStore
from tui.models import Problem
from tui.terminal.capabilities import ANSI_COLORS, COLORS_256, MONOCHROME, TRUE_COLOR, Terminal
from tui.terminal.themes import THEME_NAMES
from tui.ui.widgets.status_line import JobProgress

pytestmark = pytest.mark.slow

SUMMARY = """\
A mill with a `vane`, *which* **counts**, ~~not~~ $x_i$, [as described](https://example.org/a).

- ***What's New***: It counts wind.
- ***Results***: See below.
- ***Limits***: Calm days.
- ***Outlook***: More wind.

| Day | Wind |
|---|---|
| 1 | 5 |

> Quoted

```
code
```

$$ E = mc^2 $$
"""

VGA = "000000 aa0000 00aa00 aa5500 0000aa aa00aa 00aaaa aaaaaa"
"""The palette to which Rich maps colors, which the Linux console has as well."""
XTERM = "000000 cd0000 00cd00 cdcd00 0000ee cd00cd 00cdcd e5e5e5"
PUTTY = "000000 bb0000 00bb00 bbbb00 0000bb bb00bb 00bbbb bbbbbb"


@pytest.fixture
def full_source(source: DigestSource) -> DigestSource:
    """A library with every kind of content."""
    source.add(
        "2025-05-02",
        DigestPaper("2505.00001", "Counting Wind", 40, summary=SUMMARY),
        DigestPaper("2505.00002", "Read Already", 30, summary=SUMMARY),
        DigestPaper("2505.00003", "Tagged and Noted", 20, summary=SUMMARY),
        DigestPaper("2505.00004", "Without Votes", None),
    )
    source.add("2025-05-01", DigestPaper("2505.00005", "Of Another Day"), name="2025-05-03.md")
    source.sync()
    marks = MarkStore(source.cache.parent / "marks")
    marks.apply(set_read(["2505.00002"], True))
    marks.apply(set_starred(["2505.00003"], True))
    marks.apply(set_tags(["2505.00003"], ("wind",)))
    marks.apply(set_note(["2505.00003"], "Compare."))
    return source


def unreadable(
    driver: AppDriver, region: Region, system: ColorSystem, colors: RichPalette | None
) -> Iterator[str]:
    """Yield the texts that are unreadable on a terminal with these colors."""
    for text, style in styled_runs(driver, region):
        assert style.color is not None
        assert style.bgcolor is not None
        foreground, background = (
            _as_sent(each, system, colors) for each in (style.color, style.bgcolor)
        )
        if style.reverse:
            foreground, background = background, foreground
        ratio = contrast(foreground, background)
        if ratio < MIN_READABLE_CONTRAST:
            yield f"{text.strip()!r}: {foreground} on {background}, {ratio:.2f}"


def _as_sent(color: Color, system: ColorSystem, colors: RichPalette | None) -> str:
    """Return the color that the terminal displays."""
    sent = color.downgrade(system)
    if colors is not None:
        assert sent.number is not None
        assert sent.number < 8, sent
        return "#{:02x}{:02x}{:02x}".format(*colors._colors[sent.number])
    return str(sent.get_truecolor().hex)


def _palette(text: str) -> RichPalette:
    return RichPalette([tuple(bytes.fromhex(word)) for word in text.split()])  # type: ignore[misc]


async def show_everything(driver: AppDriver) -> AsyncIterator[tuple[str, Region]]:
    """Open every screen and pane; yield its name and its region of the screen."""
    whole = driver.app.size.region

    def box() -> Region:
        # Text behind a dialog need not be readable.
        return next(iter(driver.app.screen.children)).region

    async def press(*keys: str) -> None:
        await driver.press(*keys)

    yield "first", whole
    for keys in (["j"], ["j"], ["1"], ["2"], ["3"], ["2", "enter"], ["G"], ["escape"]):
        await press(*keys)
        yield f"{keys}", whole
    await press("g", "slash", *"wind")
    yield "search", whole
    await press("enter", "n")
    yield "match", whole
    await press("n", "3", "1")
    yield "matches beside the focus", whole
    await press("2", "slash", *" vote:3", "enter")
    yield "wrong", whole
    await press("escape", "escape", "escape", "d")
    yield "placeholder", whole
    await press("escape", "t", "w")
    yield "suggestion", whole
    await press("ctrl+a", "shift+end")
    yield "selected answer", whole
    await press("escape", "escape", "g", "a", "j")
    yield "chooser", box()
    await press("escape", "e", *"written", "enter")
    yield "note", box()
    await press("ctrl+a")
    yield "selected note", box()
    await press("escape")
    yield "warning", box()
    await press("escape", "question_mark")
    yield "keys", box()
    await press("escape", "exclamation_mark")
    yield "problems", box()
    await press("escape", "i")
    yield "statistics", whole
    await press("tab", "G")
    yield "rising words", whole
    await press("escape", "ctrl+p")
    await wait_until(lambda: driver.app.screen.query_one("CommandList").size.height > 2)
    await driver.wait_until_idle()
    yield "palette", box()
    await press("down", *"sort")
    await wait_until(lambda: "reverse the sort" in driver.text)
    yield "palette", box()
    await press("escape")
    await driver.drag(driver.find("Ada Bell"), (driver.app.size.width - 3, 20))
    yield "selected", whole
    driver.screen.panes.status.show_progress("sync", JobProgress(3, 9, "Escape stops"))
    yield "progress", whole
    driver.screen.panes.status.hide_progress("sync")
    await press(*["plus"] * 5)
    yield "empty", whole


async def assert_readable(
    full_source: DigestSource, terminal: Terminal, theme: str, colors: str = ""
) -> None:
    system = {TRUE_COLOR: ColorSystem.TRUECOLOR, COLORS_256: ColorSystem.EIGHT_BIT}.get(
        terminal.colors, ColorSystem.STANDARD
    )
    palette = _palette(colors) if colors else None
    options = full_source.options(
        session=Session(theme=theme, newest="2025-05-01"),
        terminal=terminal,
        problems=(Problem("config.toml", 1, "invalid"),),
    )
    found = []
    async with open_app(options, (100, 30)) as driver:
        async for what, region in show_everything(driver):
            found += [f"{what}: {each}" for each in unreadable(driver, region, system, palette)]
    assert not found, "\n".join(dict.fromkeys(found))


@pytest.mark.parametrize("colors", [TRUE_COLOR, COLORS_256])
@pytest.mark.parametrize("theme", THEME_NAMES)
async def test_all_text_is_readable(full_source: DigestSource, theme: str, colors: int) -> None:
    await assert_readable(full_source, Terminal(colors), theme)


@pytest.mark.parametrize("colors", [VGA, XTERM, PUTTY], ids=["vga", "xterm", "putty"])
@pytest.mark.parametrize("theme", ["ink", "paper"])
async def test_all_text_is_readable_in_few_colors(
    full_source: DigestSource, theme: str, colors: str
) -> None:
    await assert_readable(full_source, Terminal(ANSI_COLORS), theme, colors)


async def test_without_colors_no_text_has_one(full_source: DigestSource) -> None:
    async with open_app(full_source.options(terminal=Terminal(MONOCHROME)), (100, 30)) as driver:
        async for _what, region in show_everything(driver):
            for _text, style in styled_runs(driver, region):
                assert style.color is None or style.color.is_default
                assert style.bgcolor is None or style.bgcolor.is_default
