"""The smallest Textual app: one ``Static``."""

from textual.app import App, ComposeResult
from textual.widgets import Static


class Empty(App[None]):
    """Shows one word."""

    def compose(self) -> ComposeResult:
        """Create the widget."""
        yield Static("Nothing")


if __name__ == "__main__":
    Empty().run()
