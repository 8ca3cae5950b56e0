from __future__ import annotations

import pytest

from tui.cli.output import CommandError, command_errors, plural


def test_plural_depends_on_the_number() -> None:
    assert [plural(number, "paper") for number in (0, 1, 2)] == ["0 papers", "1 paper", "2 papers"]


def test_errors_become_command_errors_with_path_and_advice() -> None:
    with (
        pytest.raises(CommandError, match=r"^cannot write /full: no space left"),
        command_errors(prefix="cannot write "),
    ):
        raise OSError(28, "No space left on device", "/full")
    with pytest.raises(KeyError), command_errors():
        raise KeyError
