"""Pictures that the reader asks for: half blocks, and reasons why they cannot be shown."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import util

import pytest

from tests.sources.fulltext.server import TextServer
from tests.sources.huggingface.server import Hub, failing, sending, silent
from tests.support.pictures import BLUE, RED, bomb, png
from tests.ui.driver import AppDriver, open_app, wait_until
from tests.ui.sources import FIRST_ID, SECOND_ID, DigestPaper, DigestSource
from tui.config.policy import Policy
from tui.config.settings import Settings
from tui.runtime.extras import install_command
from tui.terminal.capabilities import ANSI_COLORS, Terminal

pytestmark = pytest.mark.slow

HALF_BLOCK = "▀"


@pytest.fixture
def server() -> Iterator[Hub]:
    with Hub() as server:
        yield server


@pytest.fixture
def library(source: DigestSource, server: Hub) -> DigestSource:
    """A paper with a picture and two figures, and one without."""
    summary = (
        "First words.\n\n"
        f"![Mills turning]({server.url}/mills.png)\n\n"
        + "\n\n".join(["More words."] * 40)
        + f"\n\n![Winds]({server.url}/winds.png)\n\nLast words."
    )
    with_pictures = DigestPaper(FIRST_ID, "Counting Wind", 20, summary=summary)
    plain = DigestPaper(SECOND_ID, "Plain Mills", 10, summary="No pictures.")
    source.add("2025-05-01", with_pictures, plain)
    source.sync()
    return source


@pytest.fixture
def texts(source: DigestSource, monkeypatch: pytest.MonkeyPatch) -> Iterator[TextServer]:
    """Return a server with the full text of a paper, and its figure."""
    source.add("2025-05-01", DigestPaper(FIRST_ID, summary="First words."))
    source.sync()
    with TextServer() as texts:
        monkeypatch.setenv("HF_ENDPOINT", texts.url)
        monkeypatch.setenv("ARXIV_ENDPOINT", texts.url)
        texts.serve_page(FIRST_ID)
        texts.answers["/html/mill.png"] = png()
        yield texts


async def open_full_text(driver: AppDriver) -> None:
    await driver.press("p")
    viewer = driver.screen.panes.viewer
    await wait_until(lambda: viewer.text is not None and viewer.text.is_complete)


def picture_rows(driver: AppDriver) -> list[int]:
    return [y for y, row in enumerate(driver.lines) if HALF_BLOCK in row]


def colors_at(driver: AppDriver, row: int) -> tuple[object, object]:
    """Return the colors of the first half block of a row."""
    strip = driver.app.screen._compositor.render_strips(driver.app.size)[row]
    style = next(segment.style for segment in strip if HALF_BLOCK in segment.text)
    assert style is not None
    assert style.color is not None
    assert style.bgcolor is not None
    return style.color.triplet, style.bgcolor.triplet


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
async def test_figure_is_shown_above_its_caption_and_hidden_again(
    library: DigestSource, server: Hub, size: tuple[int, int]
) -> None:
    server.responses[""] = [sending(png())]
    async with open_app(library.options(), size=size) as driver:
        await driver.press("enter")
        before = driver.pane("viewer")
        await driver.press("P")
        rows = picture_rows(driver)
        assert len(rows) > 4
        caption = next(y for y, row in enumerate(driver.lines) if "Mills turning" in row)
        assert caption == rows[-1] + 1
        assert colors_at(driver, rows[0]) == (RED, RED)
        assert colors_at(driver, rows[-1]) == (BLUE, BLUE)
        assert [request.target for request in server.requests] == ["/mills.png"]
        await driver.press("P", "g")
        assert driver.pane("viewer") == before
        await driver.press("P")
        assert picture_rows(driver) == rows
        assert len(server.requests) == 1


async def test_other_figures_are_loaded_when_they_are_in_view(
    library: DigestSource, server: Hub
) -> None:
    server.responses[""] = [sending(png()), sending(png(400, 40))]
    async with open_app(library.options(), size=(80, 24)) as driver:
        await driver.press("enter", "P")
        await driver.press("G")
        await driver.press("P")
        assert [request.target for request in server.requests] == ["/mills.png", "/winds.png"]
        assert 0 < len(picture_rows(driver)) < 10
        await driver.press("g")
        assert len(picture_rows(driver)) > 6


async def test_kept_picture_is_shown_without_the_server(library: DigestSource, server: Hub) -> None:
    server.responses[""] = [sending(png()), failing(404)]
    for _visit in range(2):
        async with open_app(library.options(), size=(80, 24)) as driver:
            await driver.press("enter", "P")
            assert picture_rows(driver)
    assert len(server.requests) == 1


async def test_text_is_found_and_its_position_kept_with_a_picture(
    library: DigestSource, server: Hub
) -> None:
    server.responses[""] = [sending(png())]
    async with open_app(library.options(), size=(80, 24)) as driver:
        await driver.press("enter", "P")
        await driver.type("/last words", "enter")
        assert "Last words." in driver.text
        top = driver.screen.panes.viewer.top_offset
        await driver.press("J")
        await driver.press("K")
        assert driver.screen.panes.viewer.top_offset == top
        assert not driver.screen.panes.viewer.pictures


@pytest.mark.parametrize(
    ("response", "message"),
    [
        (failing(404), "No picture: 127.0.0.1:{port} answers 404 Not Found"),
        (sending(b"<svg/>"), "This is an SVG drawing, which cannot be shown."),
        (sending(png()[:60]), "This is not a picture that can be shown."),
        (sending(bomb(20_000, 20_000)), "The picture is too large: 20000 x 20000 pixels."),
        (sending(bytes(10_000_001)), "No picture: the response of 127.0.0.1:{port} is too large"),
    ],
)
async def test_what_is_no_picture_is_reported(
    library: DigestSource, server: Hub, response: object, message: str
) -> None:
    server.responses[""] = [response]  # type: ignore[list-item]
    async with open_app(library.options(), size=(120, 40)) as driver:
        await driver.press("enter", "P")
        assert driver.status == message.format(port=server.port)
        assert not picture_rows(driver)


@pytest.mark.parametrize("key", ["ctrl+x", "ctrl+c", "J"])
async def test_loading_is_shown_and_can_be_stopped(
    library: DigestSource, server: Hub, key: str
) -> None:
    server.responses[""] = [silent]
    async with open_app(library.options(), size=(120, 40)) as driver:
        await driver.press("enter")
        await driver.pilot.press("P")
        await wait_until(lambda: bool(server.requests))
        await driver.pilot.pause()
        assert "Loading a picture" in driver.text
        await driver.press(key)
        assert "Loading a picture" not in driver.text
        assert not picture_rows(driver)


async def test_paper_without_pictures_has_none(library: DigestSource, server: Hub) -> None:
    async with open_app(library.options(), size=(80, 24)) as driver:
        await driver.press("j", "enter", "P")
        assert driver.status == "This paper has no picture."
    assert not server.requests


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"settings": Settings(pictures="off")}, "Pictures are off in the settings."),
        ({"policy": Policy(is_restricted=True)}, "Pictures cannot be loaded in restricted mode."),
        (
            {"terminal": Terminal(colors=ANSI_COLORS)},
            "This terminal cannot show pictures: it has too few colors or characters.",
        ),
    ],
)
async def test_reason_is_given_in_one_line(
    library: DigestSource, server: Hub, options: dict[str, object], message: str
) -> None:
    async with open_app(library.options(**options), size=(120, 40)) as driver:
        await driver.press("enter", "P")
        assert driver.status == message
    assert not server.requests


async def test_missing_library_is_reported(
    library: DigestSource, server: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    find_spec = util.find_spec
    monkeypatch.setattr(
        "tui.runtime.extras.find_spec", lambda name: None if name == "PIL" else find_spec(name)
    )
    async with open_app(library.options(), size=(120, 40)) as driver:
        await driver.press("enter", "P")
        assert driver.status == f"Pictures need Pillow: {install_command('pictures')}"
    assert not server.requests


async def test_picture_of_the_digest_is_below_the_header(source: DigestSource, server: Hub) -> None:
    paper = str(DigestPaper(FIRST_ID, "Counting Wind", 20, summary="First words."))
    head, summary = paper.rsplit("\n\n", 1)
    source.add("2025-05-01", f"{head}\n\n[Picture]({server.url}/thumbnail.png)\n\n{summary}")
    source.sync()
    server.responses[""] = [sending(png())]
    async with open_app(source.options(), size=(80, 24)) as driver:
        await driver.press("enter", "P")
        assert [request.target for request in server.requests] == ["/thumbnail.png"]
        rows = picture_rows(driver)
        assert rows
        assert any("Counting Wind" in row for row in driver.lines[: rows[0]])
        assert any("First words." in row for row in driver.lines[rows[-1] :])


async def test_triage_shows_the_pictures_of_its_papers(source: DigestSource, server: Hub) -> None:
    pages = []
    for number in (1, 2, 3):
        paper = DigestPaper(f"2505.0000{number}", f"Wind {number}", 20 - number)
        head, summary = str(paper).rsplit("\n\n", 1)
        picture = f"[Picture]({server.url}/{number}.png)\n\n" if number < 3 else ""
        pages.append(f"{head}\n\n{picture}{summary}")
    source.add("2025-05-01", *pages)
    source.sync()
    server.responses[""] = [sending(png()), sending(png())]
    async with open_app(source.options(), size=(80, 24)) as driver:
        await driver.press("T")
        assert not server.requests
        await driver.press("P")
        assert picture_rows(driver)
        # The next ones are shown at once, until they are hidden.
        await driver.press("r")
        assert "Wind 2" in driver.text
        assert picture_rows(driver)
        assert [request.target for request in server.requests] == ["/1.png", "/2.png"]
        await driver.press("u")
        assert "Wind 1" in driver.text
        assert picture_rows(driver)
        await driver.press("P")
        assert not picture_rows(driver)
        await driver.press("r")
        assert not picture_rows(driver)
        await driver.press("r")
        await driver.press("P")
        assert "Wind 3" in driver.text
        assert "This paper has no picture." in driver.text
    assert len(server.requests) == 2


@pytest.mark.usefixtures("texts")
async def test_figure_of_the_full_text_is_shown_where_it_stands(source: DigestSource) -> None:
    async with open_app(source.options(), size=(100, 40)) as driver:
        await open_full_text(driver)
        links = driver.screen.panes.viewer.links
        (caption,) = [label for label, url in links if url.endswith("/mill.png")]
        await driver.press("/")
        await driver.type(caption[:20], "enter")
        await driver.press("P")
        rows = picture_rows(driver)
        assert rows
        assert caption[:20] in driver.lines[rows[-1] + 1]
        await driver.press("p")
        assert not picture_rows(driver)


@pytest.mark.usefixtures("texts")
async def test_next_figure_is_shown_if_none_is_in_view(source: DigestSource) -> None:
    async with open_app(source.options(), size=(80, 24)) as driver:
        await open_full_text(driver)
        assert "Figure 1" not in driver.text
        await driver.press("P")
        assert picture_rows(driver)
        assert "Figure 1" in driver.text
        # The same from below it.
        await driver.press("P", "G")
        assert "Figure 1" not in driver.text
        await driver.press("P")
        assert picture_rows(driver)
        assert "Figure 1" in driver.text
