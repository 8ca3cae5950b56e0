"""What git and servers print becomes one sentence."""

from __future__ import annotations

import pytest

from tui.sources.git.git_errors import error_message, is_final_rejection

PROTECTED = """\
remote: error: GH006: Protected branch update failed for refs/heads/main.
remote:
remote: - Changes must be made through a pull request.
To https://example.org/a/b.git
 ! [remote rejected] HEAD -> main (protected branch hook declined)
error: failed to push some refs to 'https://example.org/a/b.git'
"""

RACE = """\
To file:///srv/marks.git
 ! [rejected]        HEAD -> main (fetch first)
error: failed to push some refs to 'file:///srv/marks.git'
hint: Updates were rejected because the remote contains work that you do not have locally.
"""

LOCKED = """\
To file:///srv/marks.git
 ! [remote rejected] HEAD -> main (cannot lock ref 'refs/heads/main': is at 1 but expected 2)
error: failed to push some refs to 'file:///srv/marks.git'
"""

FORBIDDEN = """\
remote: Permission to a/b.git denied to someone.
fatal: unable to access 'https://me:token@example.org/a/': The requested URL returned error: 403
"""

SILENT_END = """\
remote: Enumerating objects: 5, done.
remote: Counting objects: 100% (5/5), done.
remote:
remote: ========================================================================
remote: ERROR: The project you were looking for could not be found.
remote: ========================================================================
fatal: Could not read from remote repository.

Please make sure you have the correct access rights
and the repository exists.
"""


@pytest.mark.parametrize(
    ("stderr", "message"),
    [
        (
            PROTECTED,
            "the push was refused (protected branch hook declined); the server says: GH006:"
            " Protected branch update failed for refs/heads/main. - Changes must be made through a"
            " pull request",
        ),
        (RACE, "the push was refused (fetch first)"),
        (
            FORBIDDEN,
            "unable to access 'https://example.org/a/': The requested URL returned error:"
            " 403; the server says: Permission to a/b.git denied to someone",
        ),
        (SILENT_END, "The project you were looking for could not be found"),
        ("remote: \x1b[31mNo\x1b[m \x1b]0;title\x07entry\x9b2J\u202e.\r\n", "No entry"),
        ("remote: https://me:token@example.org is away\n", "https://example.org is away"),
        ("", ""),
    ],
)
def test_message_is_one_sentence(stderr: str, message: str) -> None:
    assert error_message(stderr) == message
    # git pads the lines of a server with spaces.
    assert error_message(stderr.replace(".\n", ".        \n")) == message


@pytest.mark.parametrize(
    ("stderr", "is_final"), [(PROTECTED, True), (RACE, False), (LOCKED, False), (FORBIDDEN, False)]
)
def test_pushes_are_repeated_after_a_race_only(stderr: str, is_final: bool) -> None:
    assert is_final_rejection(stderr) == is_final


def test_long_text_of_a_server_is_cut() -> None:
    assert len(error_message("fatal: no\n" + "remote: words\n" * 5000)) < 400
