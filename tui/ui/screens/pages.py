"""A page of text over the main screen: search syntax, problems, or a page of the manual."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import islice
from posixpath import basename
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.config.keybindings import first_key_label
from tui.config.paths import stylesheets
from tui.i18n import _, ngettext
from tui.models import Problem
from tui.ui.typeset.cell_width import fit, truncate
from tui.ui.typeset.spans import Line, Span
from tui.ui.typeset.wrap import wrap
from tui.ui.widgets.bindings import binding
from tui.ui.widgets.text_view import TextView

if TYPE_CHECKING:
    from tui.library.problem_groups import ProblemGroup

MIN_DESCRIPTION_WIDTH = 28
"""Cells for the description of a key; with fewer, it gets its own line."""

_MAX_GROUP_FILES = 100
"""Files that are named below a kind of problem or note."""


class TextPage(ModalScreen[None]):
    """A page of text, which can be searched; Escape, or a key that opens a page, closes it.

    The last line of the screen always names the key that closes it.

    Args:
        lay_out: returns the lines of the page, each at most as many cells wide as its argument.
        keymap: the reader's keys, by the ids of bindings.
    """

    CSS_PATH = stylesheets("pages")  # type: ignore[assignment]  # absolute paths are fine
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter", "dismiss", show=False),
        binding("app.help", "dismiss"),
        binding("app.help_query", "dismiss"),
        binding("digests.problems", "dismiss"),
        binding("list.search", "search"),
        binding("match.next", "go_to_next_match(1)"),
        binding("match.previous", "go_to_next_match(-1)"),
        binding("app.manual", "app.manual"),
    ]

    def __init__(self, lay_out: Callable[[int], list[Line]], keymap: Mapping[str, str]) -> None:
        super().__init__()
        self.text_view = TextView(lay_out)
        self._keymap = keymap

    def compose(self) -> ComposeResult:
        """Show the text, and below it how to close it."""
        yield self.text_view
        yield Static(self.closing_hint(), id="page-hint", markup=False)

    def closing_hint(self) -> str:
        """Return how to close the page, and what else can be done there."""
        hint = _("Escape closes, {search} searches, {manual} opens the manual.")
        return hint.format(
            search=first_key_label("list.search", self._keymap),
            manual=first_key_label("app.manual", self._keymap),
        )

    def on_mount(self) -> None:
        """Focus the text, so that the keys scroll it."""
        self.text_view.focus()

    async def action_search(self) -> None:
        """Ask for a text, highlight it while it is typed, and go to its first match."""
        from tui.ui.widgets.prompt import Prompt
        from tui.ui.widgets.prompt_bar import PromptBar

        if self.query(PromptBar):
            return

        def submit(text: str) -> str | None:
            self.highlight(text)
            if text and not self.text_view.go_to_next_match(1):
                return _("No matches.")
            return None

        clear = partial(self.highlight, "")
        prompt = Prompt(
            _("Search this page:"), "", submit, on_change=self.highlight, on_cancel=clear
        )
        bar = PromptBar(prompt, lambda: self.set_focus(self.text_view))
        await self.mount(bar)
        bar.focus_input()

    def action_go_to_next_match(self, by: int) -> None:
        """Go to the next match (1) or the previous one (-1)."""
        self.text_view.go_to_next_match(by)

    def highlight(self, text: str) -> None:
        """Highlight a text on the page; an empty one highlights nothing."""
        from tui.query.highlight import Highlighter

        self.text_view.highlight(Highlighter.for_text(text) or None)


def lay_out_manual(topic: str, width: int) -> list[Line]:
    """Return a page of the manual.

    Args:
        topic: its topic.
        width: in cells.
    """
    from tui.config.manual import read_page
    from tui.ui.typeset.blocks import parse_blocks
    from tui.ui.typeset.layout import lay_out

    return lay_out(parse_blocks(read_page(topic)), width)


def lay_out_output(name: str, text: str, width: int) -> list[Line]:
    """Return the page of what a command printed.

    Args:
        name: the name of the command.
        text: its output, which is taken for Markdown.
        width: in cells.
    """
    from tui.ui.typeset.blocks import parse_blocks
    from tui.ui.typeset.layout import lay_out

    return [*title_line(name), Line(), *lay_out(parse_blocks(text), width)]


def lay_out_query_help(width: int) -> list[Line]:
    """Return the help page of the query language.

    Args:
        width: in cells.
    """
    text = _("A paper must match all terms. Case is ignored.")
    lines = [*title_line(_("Search syntax")), Line(), *map(Line, wrap([Span(text)], width))]
    for heading, rows in query_help():
        lines += section_lines(heading, rows, width, indent=28)
    return lines


def query_help() -> Sequence[tuple[str, Sequence[tuple[str, str]]]]:
    """Return the syntax of the query language: by section, an example and what it finds."""
    return (
        (_("Words"), (
            ("diffusion transformer", _("both words, in title, authors, id or summary")),
            ('"reward model"', _("this exact phrase")),
            ("diffusion OR flow", _("either word; binds tighter than a space")),
            ("-survey", _("not this word; works before any term")),
            ("(rl AND agent) OR robot", _("parentheses group; also & | ! and NOT")),
            ("강화학습", _("also finds 강화 학습")),
            ("ㄱㅎㅎㅅ", _("initial consonants: finds 강화학습")),
        )),
        (_("Fields"), (
            ("title:agent", _("in the title; also author: section: source:")),
            ('author:="Wei Li"', _("exactly this name")),
            ("section:motivation", _("a summary with a section of this name")),
            ("cat:cs.CL", _("in this arXiv category; cat:cs for all of cs")),
            ("id:2505.04921", _("this paper; a DOI or an address works as well")),
        )),
        (_("Votes and dates"), (
            ("votes:>=20", _("at least 20 votes; also > < <= = and 10..50")),
            ("date:2025-05", _("featured in May; also a year, a day, >2025-05")),
            ("date:2025-04..2025-05", _("from April to the end of May; either end is optional")),
            ("date:7d", _("the last 7 days; also today, yesterday, week, month, -30d..")),
        )),
        (_("Marks"), (
            ("is:starred", _("also is:unread is:read is:new is:noted is:tagged")),
            ("is:later", _("in the reading list; also is:hidden, which nothing else finds")),
            ("tag:rl", _("with this tag")),
            ("match:>=70", _("like papers you starred, from 0 to 99; match:rl>=70 for a tag")),
            ("is:recommended", _("recent, unread and like papers you starred: For you")),
        )),
        (_("Other"), (
            ("has:summary", _("with a summary; also has:votes has:code")),
            ("is:revised", _("with a newer version; also is:withdrawn is:cross is:replaced")),
            ("sort:-votes,date", _("most votes first; equal votes by date, oldest first")),
            ("sort:relevance", _("words in the title first, unless another order is chosen")),
        )),
    )  # fmt: skip


def lay_out_problems(problems: Sequence[Problem], width: int) -> list[Line]:
    """Return the page of problems in digests and settings, and of notes on digests.

    Args:
        problems: in the order to show them.
        width: in cells.
    """
    lines = title_line(_("Problems"))
    if not problems:
        return [*lines, Line(), Line((Span(_("No problems found."), "muted"),))]
    from tui.library.problem_groups import group_problems

    groups = group_problems(problems)
    heading = None
    for group in groups:
        if group.first.is_note:
            continue
        is_single = len(group.files) == 1
        name = group.first.file if is_single else f"{group.folder or '.'}/"
        if name != heading:
            heading = name
            lines += [Line(), *map(Line, wrap([Span(name, "heading")], width))]
        if is_single:
            for problem in group.problems:
                line_number = f"{problem.line or '':>6}  "
                lines += _beside(Span(line_number, "muted"), 8, problem.translated, width)
        else:
            lines += _lay_out_group(group, 8, width)
    notes = [group for group in groups if group.first.is_note]
    if len(notes) == len(groups):
        lines += [Line(), Line((Span(_("Nothing was lost or skipped."), "muted"),))]
    if notes:
        lines += [Line(), Line((Span(_("Notes"), "heading"),))]
    for group in notes:
        lines += _lay_out_group(group, 2, width)
    return lines


def _lay_out_group(group: ProblemGroup, indent: int, width: int) -> list[Line]:
    """Return the lines of a group: what is wrong and how often, and the names of the files."""
    names = [
        basename(file) if group.folder else file for file in islice(group.files, _MAX_GROUP_FILES)
    ]
    if rest := len(group.files) - len(names):
        text_of_rest = ngettext("and {number} more file", "and {number} more files", rest)
        names.append(text_of_rest.format(number=f"{rest:,}"))
    lines = _beside(Span(" " * indent), indent, _text_with_numbers(group), width)
    for line in wrap([Span(", ".join(names), "muted")], width - indent - 2):
        lines.append(Line((Span(" " * (indent + 2)), *line)))
    return lines


def _text_with_numbers(group: ProblemGroup) -> str:
    """Return what is wrong and how often: ``votes missing: 57 papers in 12 files``."""
    number = len(group.files)
    files = ngettext("{number} file", "{number} files", number).format(number=f"{number:,}")
    if group.concerns_files:
        return _("{message}: {files}").format(message=group.first.translated, files=files)
    places = ngettext("{number} place", "{number} places", group.number)
    if group.concerns_papers:
        places = ngettext("{number} paper", "{number} papers", group.number)
    return _("{message}: {places} in {files}").format(
        message=group.first.translated,
        places=places.format(number=f"{group.number:,}"),
        files=files,
    )


def title_line(text: str) -> list[Line]:
    """Return the first line of a page."""
    return [Line((Span(text, "title"),))]


def section_lines(
    heading: str, rows: Sequence[tuple[str, str]], width: int, indent: int = 18
) -> list[Line]:
    """Return a heading below an empty line, and rows of terms and descriptions.

    Args:
        heading: the heading.
        rows: the terms, and what they mean.
        width: cells of the lines.
        indent: cells for the terms.
    """
    lines = [Line(), Line((Span(heading, "heading"),))]
    for term, description in rows:
        if width >= indent + MIN_DESCRIPTION_WIDTH:
            lines += _beside(Span(fit(f"  {term}", indent), "label"), indent, description, width)
        else:
            lines.append(Line((Span(truncate(f"  {term}", width), "label"),)))
            lines += _beside(Span(" " * 4), 4, description, width)
    return lines


def _beside(start: Span, indent: int, text: str, width: int) -> list[Line]:
    """Return the lines of a text beside a start that is ``indent`` cells wide."""
    first, *others = wrap([Span(text)], width - indent)
    return [Line((start, *first)), *(Line((Span(" " * indent), *line)) for line in others)]
