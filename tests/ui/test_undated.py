"""Papers without any day are the last scope of the sidebar."""

from __future__ import annotations

from tests.ui.driver import open_app
from tests.ui.sources import DigestPaper, DigestSource


async def test_undated_papers_are_the_last_scope(source: DigestSource) -> None:
    source.add("2025-05-01", DigestPaper("2504.00002", "Ladders"))
    (source.digests / "list.md").write_text("- [Lanterns](https://arxiv.org/abs/2504.00001)\n")
    source.sync()
    async with open_app(source.options()) as driver:
        assert driver.period == "2025-05-01"
        await driver.press("shift+tab", "G")
        assert driver.titles == ["Lanterns"]
        assert driver.screen.panes.sidebar.scope.title == "Undated"
        assert "Undated" in driver.text
        source.add("2025-05-03", DigestPaper("2504.00001", "Lanterns"))
        await driver.press("ctrl+r")
        assert "Undated" not in driver.text
