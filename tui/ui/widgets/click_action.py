"""Text that runs an action when it is clicked."""

from __future__ import annotations

from rich.style import Style
from textual import events


def click_style(action: str) -> Style:
    """Return an invisible style that carries the action of a click."""
    return Style(meta={"action_on_click": action})


def clicked_action(event: events.Click) -> str | None:
    """Return the action of the clicked text; None if it has none."""
    action = event.style.meta.get("action_on_click")
    return action if isinstance(action, str) else None
