"""Marks: changed by keys, shown in the table and the sidebar, saved and undone."""

from __future__ import annotations

import resource
from pathlib import Path

import pytest
from textual import events

from tests.ui.driver import AppDriver, open_app, sidebar_marks, wait_until
from tests.ui.sources import (
    FIRST_ID,
    SECOND_ID,
    DigestPaper,
    DigestSource,
    open_marks,
    sample_papers,
)
from tui.library.scope import SidebarCounts
from tui.marks.edits import set_note, set_read, set_starred, set_tags
from tui.marks.store import MarkStore
from tui.marks.timestamped_marks import SCHEMA
from tui.models import Marks
from tui.storage.tables import write_tables
from tui.ui.messages import ScopeHighlighted, SidebarCountsReady
from tui.ui.screens.main.undo_stack import short_title


def signs(driver: AppDriver) -> list[str]:
    """Return the marks in front of the papers' votes."""
    return [line[1:4].strip() for line in driver.pane("table")[1:] if line]


async def test_star_is_on_disk_when_the_status_line_confirms_it(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press("asterisk")
        assert driver.status == "Starred."
        assert open_marks(samples).get(FIRST_ID).starred
        assert signs(driver)[:2] == ["∙*", "∙"]
        assert "Starred 1" in sidebar_marks(driver)
        await driver.press("asterisk")
        assert driver.status == "Star removed."
        assert FIRST_ID not in open_marks(samples).all_marks()
        assert "Starred 0" in sidebar_marks(driver)


async def test_stars_typed_faster_than_they_are_written_are_all_saved(
    samples: DigestSource,
) -> None:
    async with open_app(samples.options()) as driver:
        driver.type_ahead("asterisk", "j", "asterisk", "j", "asterisk", "asterisk", "asterisk")
        await wait_until(lambda: len(open_marks(samples).all_marks()) == 3)
        await driver.wait_until_idle()
        assert signs(driver)[:4] == ["∙*", "∙*", "∙*", "∙"]
        assert "Starred 3" in sidebar_marks(driver)


async def test_space_marks_as_read_and_as_unread_again(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press("space")
        assert driver.status == "Marked as read."
        assert signs(driver)[:2] == ["", "∙"]
        assert "Unread 70" in sidebar_marks(driver)
        await driver.press("space")
        assert driver.status == "Marked as unread."
        assert "Unread 71" in sidebar_marks(driver)


async def test_tags_are_typed_completed_and_shown(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press("t")
        await driver.type("diffusion #todo", "enter")
        assert driver.status == "Tagged #diffusion, #todo."
        assert open_marks(samples).get(FIRST_ID).tags == ("diffusion", "todo")
        assert "#diffusion #todo" in driver.pane("table")[1]
        assert "#diffusion #todo" in "\n".join(driver.pane("viewer"))
        assert "▸ Tagged 1" in sidebar_marks(driver)
        await driver.press("j", "t")
        await driver.type("dif", "tab")
        assert driver.prompt.value == "diffusion"
        await driver.press("enter")
        assert open_marks(samples).get(SECOND_ID).tags == ("diffusion",)
        assert "▸ Tagged 2" in sidebar_marks(driver)


async def test_tag_with_a_space_is_refused_as_everywhere(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press("t")
        assert driver.text.splitlines()[-1].strip() == "Tags: for example rl, todo"
        await driver.type("to do", "enter")
        assert "'to do': a tag has no spaces; write 'to-do', or 'to,do' for 2 tags" in driver.text
        assert open_marks(samples).get(FIRST_ID).tags == ()
        driver.prompt.value = "rl,to-do"
        await driver.press("enter")
        assert driver.status == "Tagged #rl, #to-do."


async def test_clearing_the_line_removes_the_tags(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.answer_prompt("t", "rl")
        await driver.press("t")
        assert driver.prompt.value == "rl, "
        driver.prompt.value = ""
        await driver.press("enter")
        assert driver.status == "Tags removed."
        assert "Tags" not in driver.pane("table")[0]
        assert not any("Tagged" in row for row in sidebar_marks(driver))


async def test_tag_that_is_too_long_is_corrected_in_the_prompt(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press("t")
        driver.prompt.value = f"rl, {'t' * 101}"
        await driver.press("enter")
        assert "a tag is longer than 100 characters" in driver.text
        assert open_marks(samples).get(FIRST_ID).tags == ()
        await driver.press("backspace", "enter")
        assert open_marks(samples).get(FIRST_ID).tags == ("rl", "t" * 100)


async def test_escape_keeps_the_tags(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.answer_prompt("t", "rl")
        await driver.press("t")
        await driver.type("todo", "escape")
        assert open_marks(samples).get(FIRST_ID).tags == ("rl",)


async def test_note_is_written_shown_and_found(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press("e")
        await driver.type("compare with ours", "ctrl+s")
        assert driver.status == "Note saved."
        assert open_marks(samples).get(FIRST_ID).note == "compare with ours"
        assert signs(driver)[0] == '∙ "'
        assert "compare with ours" in "\n".join(driver.pane("viewer"))
        assert "With notes 1" in sidebar_marks(driver)
        await driver.press("e", "ctrl+a", "ctrl+k", "ctrl+s")
        assert driver.status == "Note removed."
        assert not any("With notes" in row for row in sidebar_marks(driver))


async def test_marking_a_list_as_read_can_be_undone(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press("space", "plus", "plus", "R")
        assert driver.status == "Marked 4 papers as read; u undoes it."
        assert "Unread 66" in sidebar_marks(driver)
        assert len(open_marks(samples).all_marks()) == 5
        await driver.press("R")
        assert driver.status == "All papers of the list are read already."
        await driver.press("u")
        assert driver.status == "Undone: marked 4 papers as read"
        assert list(open_marks(samples).all_marks()) == [FIRST_ID]


async def test_marking_a_long_list_as_read_has_to_be_confirmed(source: DigestSource) -> None:
    source.add("2025-01-01", *sample_papers(1200))
    source.sync()
    question = "R again marks 1,200 papers as read."
    async with open_app(source.options()) as driver:
        # Another key in between is no answer.
        await driver.press("R", "j", "R")
        assert driver.status == question
        assert not open_marks(source).all_marks()
        await driver.press("R")
        assert driver.status == "Marked 1,200 papers as read; u undoes it."
        await driver.press("u")
        assert driver.status == "Undone: marked 1,200 papers as read"


async def test_undo_says_what_was_done(source: DigestSource) -> None:
    source.add("2025-01-01", *sample_papers(3))
    source.sync()
    async with open_app(source.options()) as driver:
        for keys, undone in (
            (("L",), "added 'Paper 001' to the reading list"),
            (("g", "L", "g", "L"), "removed 'Paper 001' from the reading list"),
            (("g", "V", "j", "I"), "hid 2 papers"),
            (("g", "j", "V", "j", "L"), "added 2 papers to the reading list"),
        ):
            for key in (*keys, "u"):
                await driver.press(key)
            assert driver.status == f"Undone: {undone}"


async def test_undo_reverts_one_change_at_a_time_and_names_it(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press("asterisk")
        await driver.answer_prompt("t", "rl")
        await driver.press("j", "space")
        first, second = (short_title(title) for title in driver.titles[:2])
        for undone, left in (
            (
                f"marked '{second}' as read",
                {FIRST_ID: Marks(starred=True, tags=("rl",))},
            ),
            (f"changed the tags of '{first}'", {FIRST_ID: Marks(starred=True)}),
            (f"starred '{first}'", {}),
        ):
            await driver.press("u")
            assert driver.status == f"Undone: {undone}"
            assert open_marks(samples).all_marks() == left
        await driver.press("u")
        assert driver.status == "Nothing to undo."


@pytest.mark.parametrize("key", ["U", "ctrl+y"])
async def test_undone_note_can_be_restored(samples: DigestSource, key: str) -> None:
    async with open_app(samples.options()) as driver:
        note = f"changed the note on '{short_title(driver.titles[0])}'"
        await driver.press("e")
        await driver.type("compare", "ctrl+s", "u")
        assert driver.status == f"Undone: {note}"
        assert not open_marks(samples).get(FIRST_ID).note
        await driver.press(key)
        assert driver.status == f"Redone: {note}"
        assert open_marks(samples).get(FIRST_ID).note == "compare"
        await driver.press("u", key, key)
        assert driver.status == "Nothing to redo."


async def test_change_after_an_undo_cannot_be_redone(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press("asterisk", "u", "space", "U")
        assert driver.status == "Nothing to redo."
        assert not open_marks(samples).get(FIRST_ID).starred


async def test_undo_keeps_what_another_process_wrote_since(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press("e")
        await driver.type("mine", "ctrl+s")
        open_marks(samples).apply(set_note([FIRST_ID], "theirs"))
        await driver.press("u")
        assert driver.status.startswith("Left as it is after a later change: changed the note on '")
        assert open_marks(samples).get(FIRST_ID).note == "theirs"


async def test_change_can_be_undone_before_it_is_written(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        driver.type_ahead("asterisk", "u")
        await wait_until(lambda: driver.status.startswith("Undone: starred '"))
        assert not open_marks(samples).all_marks()


async def test_marking_does_not_move_the_list(samples: DigestSource) -> None:
    marks = open_marks(samples)
    marks.apply(set_starred([FIRST_ID, SECOND_ID], True))
    async with open_app(samples.options()) as driver:
        await driver.press("1", "g", "j", "j", "2")
        assert driver.status.startswith("Starred   2 papers")
        await driver.press("asterisk")
        # A paper without its star stays until the list is opened again.
        assert len(driver.titles) == 2
        assert "Starred 1" in sidebar_marks(driver)
        await driver.press("1", "k", "j")
        assert len(driver.titles) == 1


async def test_marks_of_another_process_appear(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        open_marks(samples).apply(set_starred([FIRST_ID], True))
        await driver.press("j", "asterisk")
        assert signs(driver)[:3] == ["∙*", "∙*", "∙"]
        assert "Starred 2" in sidebar_marks(driver)
        assert all(each.starred for each in open_marks(samples).all_marks().values())


async def test_marks_of_another_process_appear_when_the_app_regains_focus(
    samples: DigestSource,
) -> None:
    async with open_app(samples.options()) as driver:
        driver.app.post_message(events.AppBlur())
        await driver.wait_until_idle()
        open_marks(samples).apply(set_starred([FIRST_ID], True))
        await driver.wait_until_idle()
        assert signs(driver)[0] == "∙"
        driver.app.post_message(events.AppFocus())
        await wait_until(lambda: signs(driver)[0] == "∙*")
        await driver.wait_until_idle()
        assert "Starred 1" in sidebar_marks(driver)


async def test_late_counts_do_not_move_the_sidebar_cursor(
    samples: DigestSource,
) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press("1")
        # The sidebar has moved, but the screen does not know it yet.
        with driver.screen.panes.sidebar.prevent(ScopeHighlighted):
            driver.screen.panes.sidebar.cursor += 1
        late = SidebarCountsReady(
            SidebarCounts(starred=5), marks_changed=False, problems=[], warning=""
        )
        driver.screen.post_message(late)
        await driver.wait_until_idle()
        assert "Starred 5" in sidebar_marks(driver)
        assert driver.screen.panes.sidebar.scope.period == "2025-05-29"


async def test_marks_of_papers_that_left_every_digest_are_kept_and_not_counted(
    source: DigestSource,
) -> None:
    removed_file = source.add("2025-05-01", DigestPaper("2505.00001"))
    source.add("2025-05-02", DigestPaper("2505.00002"))
    source.sync()
    async with open_app(source.options()) as driver:
        await driver.press("0")
        await driver.press("G", "asterisk")
        removed_file.unlink()
        await driver.press("ctrl+r")
        assert sidebar_marks(driver)[:3] == ["All days 1", "Unread 1", "Starred 0"]
    assert open_marks(source).get("2505.00001").starred
    source.add("2025-05-03", DigestPaper("2505.00001"))
    async with open_app(source.options()) as driver:
        assert "Starred 1" in sidebar_marks(driver)


async def test_marks_survive_a_rebuilt_cache(samples: DigestSource, tmp_path: Path) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press("asterisk")
    again = DigestSource(samples.digests, tmp_path / "other" / "cache")
    async with open_app(again.options(marks=open_marks(samples))) as driver:
        assert "Starred 1" in sidebar_marks(driver)


@pytest.mark.usefixtures("frequent_checks")
async def test_mark_that_cannot_be_written_waits_and_is_reported(samples: DigestSource) -> None:
    in_the_way = samples.cache.parent / "marks"
    in_the_way.write_text("in the way")
    async with open_app(samples.options()) as driver:
        await driver.press("asterisk")
        assert driver.status == "Starred. Not on disk yet; ! shows why."
        assert signs(driver)[0] == "∙*"
        assert "Starred 1" in sidebar_marks(driver)
        in_the_way.unlink()
        await wait_until(lambda: driver.status == "The marks of 1 paper are on disk now.")
        assert open_marks(samples).get(FIRST_ID).starred


async def test_mark_in_a_file_of_a_newer_version_is_not_shown(
    samples: DigestSource,
) -> None:
    shard = samples.cache.parent / "marks" / "2505.json"
    shard.parent.mkdir()
    write_tables(shard, {"marks": {}}, SCHEMA + 1)
    async with open_app(samples.options()) as driver:
        await driver.press("asterisk")
        assert driver.status.startswith("This mark could not be saved: ")
        assert "newer Broadsheet" in driver.status
        assert signs(driver)[0] == "∙"
        assert "Starred 0" in sidebar_marks(driver)


async def test_marks_that_cannot_be_read_are_reported(samples: DigestSource) -> None:
    open_marks(samples).apply(set_read([FIRST_ID], True))
    [shard] = (samples.cache.parent / "marks").glob("*.json")
    shard.write_text("{")
    async with open_app(samples.options()) as driver:
        assert str(shard) in driver.status


@pytest.mark.parametrize("key", ["asterisk", "space", "t", "e", "a", "m", "y", "Y", "x", "R", "c",
                                 "f", "n", "semicolon"])  # fmt: skip
async def test_no_key_needs_a_paper(source: DigestSource, key: str) -> None:
    async with open_app(source.options()) as driver:
        await driver.press(key, "escape")
        assert "There are no papers yet." in driver.text
    assert not (source.cache.parent / "marks").exists()


async def test_marks_are_drawn_for_visible_papers_only(source: DigestSource) -> None:
    source.add("2025-05-01", *sample_papers(400))
    source.sync()
    read_ids: list[str] = []

    class CountingMarkStore(MarkStore):
        def get(self, arxiv_id: str, default: Marks = Marks()) -> Marks:  # noqa: B008
            read_ids.append(arxiv_id)
            return super().get(arxiv_id, default)

    marks = CountingMarkStore(source.cache.parent / "marks")
    async with open_app(source.options(marks=marks)) as driver:
        # The unread papers have been counted, and are only counted again after a change.
        read_ids.clear()
        await driver.press("j", "pagedown")
        assert len(set(read_ids)) < 60


@pytest.mark.usefixtures("frequent_checks")
async def test_undo_that_cannot_be_written_waits_too(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press("asterisk")
        limits = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1, limits[1]))
        try:
            await driver.press("u")
            assert driver.status.startswith("Undone: starred '")
            assert driver.status.endswith("'. Not on disk yet; ! shows why.")
            assert open_marks(samples).get(FIRST_ID).starred
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        await wait_until(lambda: driver.status == "The marks of 1 paper are on disk now.")
        assert open_marks(samples).all_marks() == {}
        await driver.press("u")
        assert driver.status == "Nothing to undo."


async def test_changes_by_another_process_are_kept(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press("t")
        open_marks(samples).apply(set_tags([FIRST_ID], ("other",)))
        await driver.type("rl", "enter")
        assert set(open_marks(samples).get(FIRST_ID).tags) == {"rl", "other"}
        await driver.press("e")
        open_marks(samples).apply(set_note([FIRST_ID], "theirs"))
        await driver.type("mine", "ctrl+s")
        assert open_marks(samples).get(FIRST_ID).note == "theirs\n\nmine"


async def test_visible_star_is_set_whatever_another_process_did(
    samples: DigestSource,
) -> None:
    async with open_app(samples.options()) as driver:
        open_marks(samples).apply(set_starred([FIRST_ID], True))
        await driver.press("asterisk")
        assert open_marks(samples).get(FIRST_ID).starred


async def test_invalid_tag_is_harmless(samples: DigestSource) -> None:
    open_marks(samples).apply(set_tags([FIRST_ID], ("", "a\x1b[31mb")))
    async with open_app(samples.options()) as driver:
        assert "▸ Tagged 1" in sidebar_marks(driver)
        await driver.press("1", "g", "j", "j", "j", "l", "j")
        assert driver.status.startswith("#ab   1 paper")


async def test_marks_requested_before_quitting_are_saved(samples: DigestSource) -> None:
    options = samples.options()
    async with open_app(options) as driver:
        driver.type_ahead("asterisk", "j", "asterisk", "q")
        await wait_until(lambda: driver.app._exit)
    assert options.marks.flush() == []
    assert len(open_marks(samples).all_marks()) == 2


async def test_paper_read_in_unread_stays_through_a_sync(source: DigestSource) -> None:
    source.add("2025-05-01", *sample_papers(5))
    source.sync()
    async with open_app(source.options()) as driver:
        await driver.press("1", "g", "j", "2")
        await driver.press("j", "space", "enter")
        paper = driver.paper
        source.add("2025-05-02", *sample_papers(5, first=10))
        await driver.press("ctrl+r")
        assert driver.paper == paper
        assert len(driver.titles) == 10
