"""Where the cursor belongs while results arrive."""

from __future__ import annotations

from tui.ui.screens.main.cursor_anchor import CursorAnchor


def test_the_target_holds_until_the_user_moves_the_cursor() -> None:
    anchor = CursorAnchor()
    anchor.pin("a")
    anchor.note_placed("b")
    assert anchor.target("b") == "a"
    assert anchor.target("c") == "c"


def test_without_a_target_the_cursor_stays() -> None:
    anchor = CursorAnchor()
    anchor.set_target(None)
    anchor.note_placed("b")
    assert anchor.target("b") == "b"
    assert anchor.target(None) is None
