"""Messages reach the controllers whose methods have the right names."""

from __future__ import annotations

import inspect

import pytest
from textual.message import Message

from tui.ui import messages, task_messages
from tui.ui.screens.main.context import Controller
from tui.ui.screens.main.panes import PaneLayout

HANDLERS = [
    handler
    for receiver in (PaneLayout, *Controller.__subclasses__())
    for name, handler in vars(receiver).items()
    if name.startswith("on_")
]


@pytest.mark.parametrize("handler", HANDLERS, ids=lambda handler: handler.__qualname__)
def test_handler_takes_the_message_of_its_name(handler: object) -> None:
    _self, taken = inspect.signature(handler).parameters.values()  # type: ignore[arg-type]
    known = vars(messages) | vars(task_messages)
    message: type[Message] = known[taken.annotation]
    assert handler.__name__ == message.handler_name  # type: ignore[attr-defined]
