"""The least that a Textual app can be: one ``Static``."""

from textual.app import App, ComposeResult
from textual.widgets import Static


class Empty(App[None]):
    """Says one word."""

    def compose(self) -> ComposeResult:
        """Put the word on the screen."""
        yield Static("Nothing")


if __name__ == "__main__":
    Empty().run()
