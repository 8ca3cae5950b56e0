"""Copying and exporting."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.library.export.connector import ZoteroConnector
from tests.ui.driver import open_app
from tests.ui.sources import DigestPaper, DigestSource
from tui.config.policy import Policy
from tui.config.settings import OpenerSettings, Settings

pytestmark = pytest.mark.slow


async def test_yy_copies_the_link_with_a_message(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press("y", "y")
        assert driver.app.clipboard == "https://arxiv.org/abs/2505.22954"
        assert driver.status == "Sent https://arxiv.org/abs/2505.22954 to the terminal's clipboard."


@pytest.mark.parametrize(
    ("key", "copied"),
    [
        ("t", "Fast-dLLM: Training {url}"),
        ("m", "[Fast-dLLM: Training](<{url}>)"),
        ("i", "2505.00001"),
    ],
)
async def test_y_and_another_key_copy_other_forms(
    source: DigestSource, key: str, copied: str
) -> None:
    source.add("2025-05-01", DigestPaper("2505.00001", "Fast-dLLM: Training"))
    source.sync()
    async with open_app(source.options()) as driver:
        await driver.press("y")
        assert driver.status == "y:  y link  t title and link  m Markdown  b BibTeX  i id  z Zotero"
        assert not driver.app.clipboard
        await driver.press(key)
        assert driver.app.clipboard == copied.format(url="https://arxiv.org/abs/2505.00001")
        await driver.press("y", "b")
        assert driver.app.clipboard.startswith("@misc{")


async def test_escape_cancels_copying(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press("y", "escape", "t")
        assert not driver.app.clipboard
        assert driver.screen.panes.is_prompting, "t alone edits the tags"


LINKED = """- ***What's New***: A mill, see https://huggingface.co/papers/2505.00001?x=1

Code: [mill](https://github.com/mill/wind)"""


async def test_pages_of_a_paper_are_opened(
    source: DigestSource, opened_urls: Callable[[], list[str]]
) -> None:
    source.add("2025-05-01", DigestPaper("2505.00001", summary=LINKED))
    source.add("2025-05-02", DigestPaper("2505.00002"))
    source.sync()
    async with open_app(source.options()) as driver:
        await driver.press("H")
        assert driver.status == "Opened https://huggingface.co/papers/2505.00002"
        await driver.press("C")
        assert driver.status == "This summary names no code repository."
        await driver.press("left_square_bracket", "C")
        assert driver.status == "Opened https://github.com/mill/wind"
    assert opened_urls() == [
        "https://huggingface.co/papers/2505.00002",
        "https://github.com/mill/wind",
    ]


async def test_one_of_several_repositories_is_chosen(
    source: DigestSource, opened_urls: Callable[[], list[str]]
) -> None:
    text = "- ***What's New***: https://github.com/mill/wind and https://gitlab.com/mill/rain"
    source.add("2025-05-01", DigestPaper("2505.00001", summary=text))
    source.sync()
    async with open_app(source.options()) as driver:
        await driver.press("C")
        assert "github.com/mill/wind" in driver.text
        await driver.press("2")
    assert opened_urls() == ["https://gitlab.com/mill/rain"]


async def test_command_of_the_settings_opens_its_kind_of_page(
    samples: DigestSource, tmp_path: Path, opened_urls: Callable[[], list[str]]
) -> None:
    tool = tmp_path / "viewer"
    tool.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" >"{tmp_path}/viewed"\n')
    tool.chmod(0o755)
    opener = OpenerSettings(pdf=f"{tool} --page=1 {{url}}", abstract=str(tmp_path / "missing"))
    settings = Settings(opener=opener, read_after=0, watch=False)
    async with open_app(samples.options(settings=settings)) as driver:
        await driver.press("O")
        assert driver.status == "Opened https://arxiv.org/pdf/2505.22954"
        assert (tmp_path / "viewed").read_text().split() == [
            "--page=1",
            "https://arxiv.org/pdf/2505.22954",
        ]
        await driver.press("o")
        assert driver.status == "Cannot run missing: No such file or directory"
        tool.write_text("#!/bin/sh\nexit 1\n")
        await driver.press("O")
        assert driver.status == "viewer failed for https://arxiv.org/pdf/2505.22954"
    assert opened_urls() == []


async def test_capital_y_copies_the_citation(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press("Y")
        assert driver.app.clipboard.startswith("@misc{zhang2025")
        assert "Jenny Zhang and Shengran Hu" in driver.app.clipboard
        title = "Darwin Godel Machine"
        assert driver.status == f"Sent the citation of '{title}' to the terminal's clipboard."


async def test_clipboard_program_is_preferred(
    samples: DigestSource, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tool = tmp_path / "bin" / "wl-copy"
    tool.parent.mkdir()
    tool.write_text(f'#!/bin/sh\ncat > "{tmp_path}/copied"\n')
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tool.parent}:/usr/bin:/bin")
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    async with open_app(samples.options()) as driver:
        await driver.press("y", "y")
        assert driver.status == "Copied https://arxiv.org/abs/2505.22954"
    assert (tmp_path / "copied").read_text() == "https://arxiv.org/abs/2505.22954"


async def test_paper_the_list_or_starred_papers_are_exported(
    samples: DigestSource, tmp_path: Path
) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press("j", "asterisk", "plus", "plus", "x")
        assert "The list" in driver.text
        assert "5 papers" in driver.text
        for row, name, number in ((0, "one.bib", 1), (1, "list.json", 5), (2, "starred.csv", 1)):
            file = tmp_path / name
            await driver.press("escape")
            await driver.press("x", *["j"] * row, "enter")
            driver.prompt.value = str(file)
            await driver.press("enter")
            assert driver.status == f"Wrote {number} paper{'s' * (number > 1)} to {file}"
        assert (tmp_path / "one.bib").read_text().count("@misc{") == 1
        assert "2505.22618" in (tmp_path / "one.bib").read_text()
        papers = json.loads((tmp_path / "list.json").read_text())
        assert [paper["votes"] for paper in papers] == [96, 58, 31, 18, 12]
        assert [paper["starred"] for paper in papers] == [False, True, False, False, False]
        assert "2505.22618" in (tmp_path / "starred.csv").read_text()


async def test_existing_file_is_replaced_only_after_confirmation(
    samples: DigestSource, tmp_path: Path
) -> None:
    file = tmp_path / "papers.bib"
    file.write_text("mine")
    file.chmod(0o640)
    async with open_app(samples.options()) as driver:
        await driver.press("x", "enter")
        driver.prompt.value = str(file)
        await driver.press("enter")
        assert "Enter again replaces it" in driver.text
        assert file.read_text() == "mine"
        await driver.press("enter")
        assert "Wrote 1 paper" in driver.status
    assert file.read_text().startswith("@misc{")
    assert stat.S_IMODE(file.stat().st_mode) == 0o640


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("", "Enter the path of a file."),
        (".", "Enter the path of a file."),
        ("papers.doc", "must end with one of: .bib .ris .csl.json .md .digest.md .atom"),
        ("nowhere/papers.bib", "Folder "),
        ("~nobodyatall/papers.bib", "Unknown home folder."),
        ("a" * 300 + ".bib", "File name too long"),
    ],
)
async def test_unwritable_folder_is_reported_at_once(
    samples: DigestSource, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    async with open_app(samples.options()) as driver:
        await driver.press("x", "enter")
        driver.prompt.value = name
        await driver.press("enter")
        assert words in driver.text
        await driver.press("escape")
        assert driver.focus == "table"


async def test_export_never_replaces_a_digest(source: DigestSource) -> None:
    digest = source.add("2025-05-01", DigestPaper("2505.00001"))
    text = digest.read_text()
    source.sync()
    async with open_app(source.options()) as driver:
        await driver.press("x", "enter")
        driver.prompt.value = str(digest)
        await driver.press("enter", "enter")
        assert driver.status == "This file is a digest and was not overwritten."
    assert digest.read_text() == text


async def test_full_disk_is_reported(samples: DigestSource, tmp_path: Path) -> None:
    full_disk_file = tmp_path / "full.bib"
    full_disk_file.symlink_to("/dev/full")
    async with open_app(samples.options()) as driver:
        await driver.press("x", "j", "enter")
        driver.prompt.value = str(full_disk_file)
        await driver.press("enter", "enter")
        assert driver.status.startswith("Not written: ")
        assert "no space left on this disk; free some up" in driver.status


async def test_papers_are_sent_to_zotero(samples: DigestSource) -> None:
    with ZoteroConnector() as server:
        options = samples.options(
            settings=Settings(read_after=0, watch=False, zotero_port=server.port)
        )
        async with open_app(options) as driver:
            await driver.press("y", "z")
            assert "Send to Zotero" in driver.text
            await driver.press("enter")
            assert driver.status == "Sent 1 paper to Zotero."
            assert server.items[0]["archiveID"] == "arXiv:2505.22954"
            server.refusal = (500, b'{"libraryEditable":false}')
            await driver.press("y", "z", "j", "enter")
            assert "is read-only" in driver.status


async def test_zotero_is_out_of_reach_in_restricted_mode(samples: DigestSource) -> None:
    with ZoteroConnector() as server:
        options = samples.options(
            settings=Settings(read_after=0, watch=False, zotero_port=server.port),
            policy=Policy(is_restricted=True),
        )
        async with open_app(options) as driver:
            await driver.press("y", "z")
            assert "Send to Zotero" not in driver.text
            await driver.press("escape")
        assert server.items == []
