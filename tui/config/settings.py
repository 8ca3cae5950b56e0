"""The settings: one row each, with name, default, validator and comment.

Validation, the initial settings file, the output of ``broadsheet config`` and the manual's table
are generated from the fields of ``Settings``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, TypeVar, cast

from tui.config import validators
from tui.config.paths import cache_folder, download_folder
from tui.config.validators import InvalidValueError, suggestion
from tui.i18n import LANGUAGES as _TRANSLATIONS
from tui.i18n import _
from tui.query.columns import DEFAULT_COLUMNS
from tui.terminal.glyphs import GLYPH_SETS
from tui.terminal.themes import AUTO_THEME, THEME_NAMES

if TYPE_CHECKING:
    from tui.config.own_commands import OwnCommand

LAYOUTS = ("auto", "beside", "below")

LANGUAGES = ("auto", *_TRANSLATIONS)

_T = TypeVar("_T")


class Setting(NamedTuple):
    """One row of the table of settings.

    Attributes:
        default: the value if no file sets it.
        validate: returns the setting's value for a TOML value and the file that contains it;
            raises InvalidValueError.
        comment: what it does, in Markdown, for the settings file and the manual.
        example: the value in the settings file and the manual, where that is not the default.
        fallback: returns the value in effect while the setting is None.
        is_final: whether it is on as soon as one file turns it on, whatever the others say.
    """

    default: Any
    validate: Callable[[Any, Path], Any]
    comment: str
    example: str = ""
    fallback: Callable[[], Path] | None = None
    is_final: bool = False


def _setting(default: _T, validate: Callable[[Any, Path], _T], comment: str, **options: Any) -> _T:
    """Declare a setting in a ``SettingTable``; see ``Setting``."""
    return cast("_T", Setting(default, validate, comment, **options))


class SettingTable(SimpleNamespace):
    """Base class of immutable tables of settings, which start faster than dataclasses.

    Args:
        values: the values of settings, by name; others have their defaults.
    """

    rows: ClassVar[Mapping[str, Setting]] = {}

    def __init_subclass__(cls) -> None:
        """Collect the rows of a table."""
        cls.rows = {name: row for name, row in vars(cls).items() if isinstance(row, Setting)}

    def __init__(self, **values: Any) -> None:
        if unknown := values.keys() - self.rows.keys():
            raise TypeError(f"unknown settings: {', '.join(sorted(unknown))}")
        defaults = {name: row.default for name, row in self.rows.items()}
        super().__init__(**defaults | values)

    def __setattr__(self, name: str, value: object) -> None:
        """Raise AttributeError: a table is immutable."""
        raise AttributeError(f"cannot set {name}: a table of settings is immutable")


def _marks(value: Any, file: Path) -> MarksSettings:
    values = validators.table(value, '[marks] sync = "/srv/marks"')
    return MarksSettings(**_validated(values, MarksSettings.rows, file))


def _opener(value: Any, file: Path) -> OpenerSettings:
    values = validators.table(value, '[opener] pdf = "zathura {url}"')
    return OpenerSettings(**_validated(values, OpenerSettings.rows, file))


def _commands(value: Any, file: Path) -> tuple[OwnCommand, ...]:
    from tui.config.own_commands import validate_commands

    return validate_commands(value, file)


def _validated(
    values: Mapping[str, Any], rows: Mapping[str, Setting], file: Path
) -> dict[str, Any]:
    """Return the values of a table, validated."""
    validated = {}
    for name, item in values.items():
        if name not in rows:
            message = _("unknown setting '{key}'").format(key=name)
            raise InvalidValueError(message + suggestion(name, rows))
        try:
            validated[name] = rows[name].validate(item, file)
        except InvalidValueError as error:
            raise InvalidValueError(f"{name}: {error}") from error
    return validated


# The tables


def _quoted(names: Iterable[str]) -> str:
    """Return names as Markdown, for a comment."""
    return ", ".join(f"`{name}`" for name in names)


class MarksSettings(SettingTable):
    """The settings in the table ``[marks]``."""

    sync: str = _setting(
        "",
        validators.folder_or_url,
        "The folder or git repository in which your machines share marks; see `broadsheet marks "
        "sync`.",
    )


class OpenerSettings(SettingTable):
    """The settings in the table ``[opener]``: commands that open addresses; empty for a browser."""

    abstract: str = _setting(
        "", validators.command, "Opens the page of a paper (`o`); see `broadsheet help reading`."
    )
    pdf: str = _setting("", validators.command, "Opens a PDF (`O`).")
    code: str = _setting("", validators.command, "Opens a code repository (`C`).")
    link: str = _setting("", validators.command, "Opens any other link.")


class Settings(SettingTable):
    """All settings. Paths are absolute."""

    sources: tuple[Path, ...] = _setting(
        (), validators.sources, "Files and folders with digests. `broadsheet add` writes here."
    )
    cache: Path | None = _setting(
        None,
        validators.folder,
        "The folder of the cache, which several users can share.",
        example="~/.cache/broadsheet",
        fallback=cache_folder,
    )
    share_cache: bool = _setting(
        False, validators.boolean, "Whether other users may read your cache."
    )
    follow_links: bool = _setting(
        False, validators.boolean, "Whether to follow symbolic links that lead out of a source."
    )
    fetch_folder: Path | None = _setting(
        None,
        validators.folder,
        "Where `broadsheet fetch` puts the days from Hugging Face.",
        example="~/.local/share/broadsheet/hub",
        fallback=download_folder,
    )
    arxiv: tuple[str, ...] = _setting(
        (),
        validators.categories,
        'arXiv categories such as `"cs.CL"`, whose daily lists `broadsheet fetch` and `F` bring.',
    )
    arxiv_new_only: bool = _setting(
        False,
        validators.boolean,
        "Whether these lists are kept without papers of other primary categories and without "
        "replacements.",
    )
    feeds: tuple[str, ...] = _setting(
        (),
        validators.web_addresses,
        "Web feeds with papers, which `broadsheet fetch`, `F` and `Ctrl+R` bring. `broadsheet add` "
        "writes here.",
    )
    fetch_details: bool = _setting(
        False,
        validators.boolean,
        "Whether `broadsheet fetch` and `F` also complete papers that lack something; see "
        "`broadsheet help sources`.",
    )
    text_limit: int = _setting(
        500,
        validators.megabytes,
        "Megabytes of full texts to keep. The texts read least recently go first; those of starred "
        "papers stay.",
    )
    search_texts: bool = _setting(
        False,
        validators.boolean,
        "Whether the words of a search are also looked up in the full texts that are kept, as "
        "`text:` does.",
    )
    arxiv_endpoint: str = _setting(
        "https://arxiv.org",
        validators.server,
        "The server of arXiv's pages, or a mirror; `$ARXIV_ENDPOINT` takes precedence.",
    )
    watch: bool | str = _setting(
        True,
        validators.watch,
        'Whether changed digests appear automatically; `"poll"` checks every two seconds, for '
        "network drives without change events.",
    )
    theme: str = _setting(
        AUTO_THEME,
        validators.one_of((AUTO_THEME, *THEME_NAMES)),
        f"The theme: {_quoted(THEME_NAMES)}, or `auto` for a light theme if `$COLORFGBG` says that "
        "the terminal is light, and a dark one otherwise.",
    )
    columns: tuple[str, ...] = _setting(
        tuple(column.name for column in DEFAULT_COLUMNS),
        validators.columns,
        "The columns of the table, in order: `marks`, `votes`, `match`, `title`, `authors`, "
        "`categories`, `tags`, `date`, `id`. Columns without content are left out, categories also "
        "if most papers have none, and tags without a column follow the title.",
    )
    layout: str = _setting(
        LAYOUTS[0],
        validators.one_of(LAYOUTS),
        "Where the summary is: `beside` the list, `below` it, or `auto` for beside it from 150 "
        "columns on. The last choice is remembered.",
    )
    min_votes: int = _setting(
        0, validators.votes, "The initial vote threshold; the last one is remembered."
    )
    sort: str = _setting(
        "-votes",
        validators.sort,
        "The initial sort order; `-` means descending. The last one is remembered.",
    )
    lang: str = _setting(
        LANGUAGES[0],
        validators.one_of(LANGUAGES),
        f"The language of the screen: {_quoted(_TRANSLATIONS)}, or `auto` for that of the locale.",
    )
    read_after: float = _setting(
        2.0,
        validators.seconds,
        "Seconds until a paper is marked as read after you moved the cursor to it, if its summary "
        "is in view. Opening or scrolling a paper marks it at once. 0 means never, in either way.",
    )
    interests: tuple[validators.Interest, ...] = _setting(
        (),
        validators.interests,
        "What you look for: words, `author:kim` or any query; highlighted in lists and summaries "
        'and counted in the sidebar; `{ query = "flow matching", color = "green" }` for a color: '
        "`red`, `green`, `yellow`, `blue`, `magenta` or `cyan`.",
    )
    mute: tuple[str, ...] = _setting(
        (), validators.queries, "Queries whose papers days and *For you* leave out; `A` shows them."
    )
    skip_seen: bool = _setting(
        False,
        validators.boolean,
        "Whether a day leaves out papers that were featured on an earlier day.",
    )
    # The code calls the symbols glyphs; the name of the setting stays, for existing files.
    signs: str = _setting(
        GLYPH_SETS[0],
        validators.one_of(GLYPH_SETS),
        "The symbols on the screen: `unicode`, `ascii`, or `auto` for ASCII in a locale without "
        "UTF-8 and on consoles such as that of Linux.",
    )
    kitty_keys: str = _setting(
        "auto",
        validators.one_of(("auto", "on", "off")),
        "Whether to use the kitty keyboard protocol: `on`, `off`, or `auto` for off in iTerm2, "
        "where it breaks Korean input.",
    )
    mouse: bool = _setting(
        True,
        validators.boolean,
        "Whether Broadsheet handles the mouse; otherwise the terminal selects text with it.",
    )
    animations: str = _setting(
        "auto",
        validators.one_of(("auto", "on", "off")),
        "Animations: `on`, `off`, or `auto` for off over SSH.",
    )
    pictures: str = _setting(
        "auto",
        validators.one_of(("auto", "on", "off")),
        "Whether `P` shows pictures: `auto` asks the terminal how, `on` uses the kitty graphics "
        "protocol without asking, and `off` shows none; see `broadsheet help reading`.",
    )
    picture_kilobytes: int = _setting(
        60,
        validators.kilobytes,
        "How many kilobytes of one picture are sent over SSH at most; larger ones are reduced.",
    )
    zotero_port: int = _setting(
        23119,
        validators.port,
        "The port of this machine on which Zotero takes papers (`yz`), or to which you forward it "
        "over SSH; see `broadsheet help exchange`.",
    )
    restricted: bool = _setting(
        False,
        validators.boolean,
        "Whether to run in restricted mode, without other programs; see `broadsheet help ssh`. "
        "What the file for all users says cannot be lifted by your own.",
        is_final=True,
    )
    marks: MarksSettings = _setting(MarksSettings(), _marks, "Settings for marks; see `[marks]`.")
    opener: OpenerSettings = _setting(
        OpenerSettings(), _opener, "Commands that open addresses; see `[opener]`."
    )
    commands: tuple[OwnCommand, ...] = _setting(
        (), _commands, "Commands of your own; see `broadsheet help exchange`."
    )
    keymap: Mapping[str, str] = _setting(
        {},
        validators.keymap,
        'Other keys, such as `"day.older" = "f5"`: names as in Textual, separated by commas.',
    )


SETTINGS = Settings.rows

_OTHER_TABLES = frozenset({"marks", "opener", "commands", "keymap"})
"""Settings that are tables of their own."""

TABLES: dict[str, Mapping[str, Setting]] = {
    "": {name: row for name, row in SETTINGS.items() if name not in _OTHER_TABLES},
    "marks": MarksSettings.rows,
    "opener": OpenerSettings.rows,
}
"""The rows of each TOML table, by its name; the first one is the top level of the file."""
