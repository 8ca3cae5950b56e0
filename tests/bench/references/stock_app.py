"""An app built from Textual's own widgets: papers in a DataTable, dates in a Tree, and Markdown.

python -m tests.bench.references.stock_app FILE
"""

import json
import sys
from collections import Counter
from pathlib import Path

from textual.app import App, ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import DataTable, Markdown, Tree
from textual.widgets.tree import TreeNode


class StockApp(App[None]):
    """Shows the papers of a file.

    Args:
        file: JSON, the newest paper first.
    """

    CSS = "Tree { width: 24; } DataTable { height: 42%; } Markdown { height: 1fr; }"
    BINDINGS = [("j", "down")]  # noqa: RUF012

    def __init__(self, file: Path) -> None:
        super().__init__()
        self._papers = json.loads(file.read_text(encoding="utf-8"))

    def compose(self) -> ComposeResult:
        """Create a tree on the left, and a table above the summary."""
        with Horizontal():
            yield Tree[str]("All days")
            with Vertical():
                yield DataTable[str](cursor_type="row")
                yield Markdown()

    def on_mount(self) -> None:
        """Fill the tree and the table."""
        tree = self.query_one(Tree)
        tree.root.expand()
        months: dict[str, TreeNode[str]] = {}
        for day, number in Counter(paper["date"] for paper in self._papers).items():
            month = day[:7]
            if month not in months:
                months[month] = tree.root.add(month, expand=not months)
            months[month].add_leaf(f"{day[8:]}  {number}")
        table = self.query_one(DataTable)
        table.add_columns("Votes", "Title", "Authors", "arXiv")
        for number, paper in enumerate(self._papers):
            cells = (str(paper["votes"] or ""), paper["title"], paper["authors"], paper["id"])
            table.add_row(*cells, key=str(number))
        table.focus()

    def action_down(self) -> None:
        """Go to the next paper."""
        self.query_one(DataTable).action_cursor_down()

    async def on_data_table_row_highlighted(self, event: DataTable.RowHighlighted) -> None:
        """Show the summary."""
        number = event.row_key.value
        if number is not None:
            await self.query_one(Markdown).update(self._papers[int(number)]["summary"])


if __name__ == "__main__":
    StockApp(Path(sys.argv[1])).run()
