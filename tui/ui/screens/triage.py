"""The triage screen: one paper at a time, and one key that decides about it and goes on."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import ClassVar, Protocol

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.config.keybindings import KeyContext, first_key_label
from tui.config.paths import stylesheets
from tui.i18n import _
from tui.library.triage_session import Decision, Triage
from tui.models import Marks, Paper, Summary
from tui.ui.key_queue import BUSY_CLASS
from tui.ui.messages import KeyClicked
from tui.ui.screens.size_cover import cover_if_too_small
from tui.ui.typeset.cell_width import truncate
from tui.ui.typeset.spans import Line
from tui.ui.typeset.triage_page import typeset_card, typeset_results
from tui.ui.widgets.bindings import binding, bindings
from tui.ui.widgets.key_bar import KeyBar
from tui.ui.widgets.pictures import PictureDisplay
from tui.ui.widgets.prompt import Prompt
from tui.ui.widgets.shown_pictures import picture_below_header, thumbnail_url
from tui.ui.widgets.text_view import TextView


class TriageHost(Protocol):
    """What the screen needs from the controller that opens it."""

    def decide(self, decision: Decision) -> None:
        """Carry out a decision about the current paper, and go on."""

    def take_back(self) -> None:
        """Undo the last decision, and return to its paper."""

    def toggle_pictures(self) -> None:
        """Show the picture of the current paper, or hide it."""

    def edit_note(self) -> None:
        """Open the note of the current paper in an editor."""

    def step_day(self, by: int) -> None:
        """Go on with an older (-1) or newer (1) day."""

    def tags_prompt(self) -> Prompt:
        """Return a prompt for tags, which decides about the current paper."""

    def marks_of(self, paper: Paper) -> Marks:
        """Return the marks of a paper."""


class _CardView(TextView):
    """A text whose layout depends on the height of the screen as well.

    Args:
        lay_out: as for ``TextView``.
        show_rest: called before the text is scrolled down.
    """

    def __init__(self, lay_out: Callable[[int], list[Line]], show_rest: Callable[[], None]) -> None:
        super().__init__(lay_out)
        self.id = "triage-text"
        self._show_rest = show_rest

    def on_resize(self) -> None:
        """Lay out the text again."""
        self._laid_out_width = -1
        super().on_resize()

    def action_move(self, move: str, repeat: int = 0) -> None:
        """Scroll; what was cut appears first."""
        if move in {"down", "page_down", "half_down", "bottom"}:
            self._show_rest()
        super().action_move(move, repeat)


class TriageScreen(ModalScreen[None]):
    """Shows the current paper of a triage, and at the end what was decided.

    Args:
        triage: the papers and decisions.
        name: the name of the list.
        host: carries out the decisions.
        keymap: the reader's keys, by the ids of bindings.
    """

    CSS_PATH = stylesheets("triage")  # type: ignore[assignment]  # absolute paths are fine
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        binding("view.close", "leave"),
        *bindings(KeyContext.TRIAGE),
        binding("app.help", "app.help"),
    ]

    def __init__(
        self, triage: Triage, name: str, host: TriageHost, keymap: Mapping[str, str]
    ) -> None:
        super().__init__()
        self._triage = triage
        self._list_name = name
        self._host = host
        self._keymap = keymap
        self._summaries: Sequence[Summary] = ()
        self._why = ""
        self._is_whole = False
        self._has_message = False
        self._has_pictures = False
        """Whether the reader wants to see the picture of each paper."""
        self._display: PictureDisplay | None = None
        self._picture = ""
        """The URL of the picture that is shown; may be empty."""
        self._heading = Static(id="triage-heading", markup=False)
        self._view = _CardView(self._lay_out, self._show_rest)
        self._message = Static(id="triage-message", markup=False)
        self._keys = KeyBar(keymap)

    def compose(self) -> ComposeResult:
        """Put the paper between a heading, and a message and the keys."""
        self._keys.pane = "triage"
        with Vertical(id="triage"):
            yield self._heading
            yield self._view
            yield self._message
        yield self._keys

    def on_mount(self) -> None:
        """Focus the text, so that keys scroll it."""
        self.set_focus(self._view)

    def on_resize(self, event: events.Resize) -> None:
        """Cover the screen if the terminal is too small."""
        cover_if_too_small(self, event.size)

    # Display

    def replace(self, triage: Triage, name: str) -> None:
        """Go on with other papers; ``show`` is called for the first one."""
        self._triage, self._list_name = triage, name

    def wait_for_paper(self) -> None:
        """Let keys wait until ``show`` is called, so that no decision is about an unseen paper."""
        self.add_class(BUSY_CLASS)

    def stop_waiting(self) -> None:
        """Let keys go on without another paper."""
        self.remove_class(BUSY_CLASS)

    def show(self, summaries: Sequence[Summary], why: str = "") -> None:
        """Show the current paper of the triage, or its end.

        Args:
            summaries: the paper's summaries.
            why: how well it matches what the reader chose, and why; may be empty.
        """
        self._summaries, self._why, self._is_whole = summaries, why, False
        self._picture = ""
        total = len(self._triage.papers)
        number = min(self._triage.position + 1, total)
        place = _("{number} of {total}").format(number=f"{number:,}", total=f"{total:,}")
        done = _("done") if self._triage.current is None else place
        heading = f"{_('Triage')}: {self._list_name}   {done}"
        self._keys.pane = "triage" if self._triage.current is not None else "triage-done"
        # A new layout would paint the whole screen.
        self._heading.update(heading, layout=False)
        self._view.window.set_top_silently(0)
        self.redraw()
        self.remove_class(BUSY_CLASS)
        if self._has_pictures and self.wanted_urls():
            self._host.toggle_pictures()

    def show_message(self, text: str) -> None:
        """Show what became of the last decision, or why there is no picture."""
        if text or self._has_message:
            self._has_message = bool(text)
            self._message.update(truncate(text, self.message_width), layout=False)

    @property
    def message_width(self) -> int:
        """The cells of a message."""
        return self._message.size.width

    def on_key(self) -> None:
        """Remove the message."""
        self.show_message("")

    def redraw(self) -> None:
        """Show the marks of the current paper as they are now."""
        self._view.relayout()

    def _lay_out(self, width: int) -> list[Line]:
        paper = self._triage.current
        if paper is None:
            return typeset_results(self._triage, self._closing_hints(), width)
        marks = self._host.marks_of(paper)
        return typeset_card(
            paper,
            self._summaries,
            marks,
            self._why,
            width,
            # An empty line follows the text.
            max_lines=None if self._is_whole else self._view.window.page - 1,
            draw_picture=self._draw_picture,
        )

    def _closing_hints(self) -> list[str]:
        names = ("whole", "undo", "older", "newer")
        keys = {name: first_key_label(f"triage.{name}", self._keymap) for name in names}
        keys["close"] = first_key_label("view.close", self._keymap)
        texts = (
            _("{older} goes on with the next older day, {newer} with a newer one."),
            _("{undo} takes the last decision back; {whole} and {close} return to the list."),
        )
        return [text.format(**keys) for text in texts]

    def _draw_picture(self, header_lines: int, width: int) -> list[Line]:
        if self._display is None or not self._picture:
            return []
        page = self._view.window.page
        return picture_below_header(self._display, self._picture, width, page, header_lines)

    # The picture of the paper, as a PictureView

    @property
    def paper(self) -> Paper | None:
        """The current paper; None at the end."""
        return self._triage.current

    @property
    def shown_urls(self) -> Collection[str]:
        """The URL of the picture that is shown."""
        return [self._picture] if self._picture else []

    def wanted_urls(self) -> Sequence[str]:
        """Return the URL of the digest's picture, if the paper has one."""
        url = thumbnail_url(self._summaries)
        return [url] if url else []

    def show_pictures(self, display: PictureDisplay, urls: Sequence[str]) -> None:
        """Show the picture of the current paper."""
        self._display, self._picture = display, urls[0]
        self._has_pictures = True
        self.redraw()

    def hide_pictures(self) -> None:
        """Show the text only, of the next papers too."""
        self._picture, self._has_pictures = "", False
        self.redraw()

    # Actions

    def action_decide(self, decision: str) -> None:
        """Decide about the current paper and go on; at the end, there is nothing to decide."""
        if self._triage.current is not None:
            self._host.decide(Decision(decision))

    def action_toggle_pictures(self) -> None:
        """Show the picture of this paper and of those that follow, or hide them."""
        if self._triage.current is not None:
            self._host.toggle_pictures()

    async def action_decide_tags(self) -> None:
        """Prompt for tags, which decide about the current paper."""
        from tui.ui.widgets.prompt_bar import PromptBar

        if self._triage.current is None or self.query(PromptBar):
            return

        def close() -> None:
            self._keys.display = True
            self.set_focus(self._view)

        bar = PromptBar(self._host.tags_prompt(), close)
        self._keys.display = False
        await self.mount(bar)
        bar.focus_input()

    def action_edit_note(self) -> None:
        """Open the note of the current paper in an editor."""
        if self._triage.current is not None:
            self._host.edit_note()

    def action_step_day(self, by: int) -> None:
        """Go on with an older (-1) or newer (1) day."""
        self._host.step_day(by)

    def action_take_back(self) -> None:
        """Undo the last decision, and show its paper again."""
        self._host.take_back()

    def action_show_whole(self) -> None:
        """Show the whole summary, or its beginning only; at the end, return to the list."""
        if self._triage.current is None:
            self.dismiss(None)
            return
        self._is_whole = not self._is_whole
        self.redraw()

    def _show_rest(self) -> None:
        """Show the whole summary, to be scrolled."""
        if not self._is_whole:
            self._is_whole = True
            self.redraw()

    def action_leave(self) -> None:
        """Return to the list."""
        self.dismiss(None)

    @on(KeyClicked)
    async def _key_clicked(self, message: KeyClicked) -> None:
        message.stop()
        action = "leave" if message.action == "close" else message.action
        await self.run_action(action)
