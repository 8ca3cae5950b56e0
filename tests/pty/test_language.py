"""The language of the user interface, on a real terminal."""

from __future__ import annotations

import pytest

from tests.pty.conftest import Open
from tests.pty.harness import PseudoTerminal
from tests.support.home import Home

KOREAN, ENGLISH = "안 읽음", "Unread"


@pytest.mark.parametrize(
    ("settings", "environment", "words"),
    [
        ("", {}, ENGLISH),
        ('lang = "ko"', {}, KOREAN),
        ("", {"LANG": "ko_KR.UTF-8"}, KOREAN),
        ('lang = "auto"', {"LC_ALL": "ko_KR.UTF-8", "LANG": "en_US.UTF-8"}, KOREAN),
        ("", {"LC_ALL": "en_US.UTF-8", "LANG": "ko_KR.UTF-8"}, ENGLISH),
        ('lang = "en"', {"LC_ALL": "ko_KR.UTF-8"}, ENGLISH),
        ("", {"LANG": "en_US.UTF-8", "LANGUAGE": "ko:en"}, KOREAN),
    ],
    ids=str,
)
def test_settings_override_the_locale(
    home: Home, settings: str, environment: dict[str, str], words: str
) -> None:
    home.configure(settings)
    with PseudoTerminal(
        home.program, environment={**home.environment, **environment}, at=home.root
    ) as terminal:
        terminal.wait_for(words)
        terminal.wait_until(lambda: not terminal.broken_wide_characters())
        terminal.press("q")
        assert terminal.wait() == 0


def test_settings_error_uses_the_configured_language(home: Home, browser: Open) -> None:
    home.configure('lang = "ko"\nmin_votes = -1\n')
    terminal = browser()
    terminal.wait_for(KOREAN)
    terminal.press("!")
    terminal.wait_for("0 이상의 정수여야 합니다")


def test_command_line_is_english(home: Home) -> None:
    home.configure('lang = "ko"\nmin_votes = -1\n')
    result = home.with_environment(LC_ALL="ko_KR.UTF-8").run("list", "--limit", "1")
    assert result.code == 0
    assert "must be a whole number, 0 or greater" in result.err
    result = home.with_environment(LC_ALL="ko_KR.UTF-8").run("list", "votes:x")
    assert result.code != 0
    assert "needs a whole number" in result.err
