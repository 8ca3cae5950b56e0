"""Commands of the reader: the array of tables ``[[commands]]`` in the settings."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from tui.config.validators import InvalidValueError, suggestion
from tui.i18n import _

MODES = ("show", "background", "terminal", "pager", "summary")
"""What happens with a command: its output is shown on a page, dropped, left to the terminal, shown
by the pager, or kept as a summary of the paper."""

SCOPES = ("paper", "selection")

INPUTS = ("", "markdown", "json", "bibtex", "ids")
"""What a command gets on its standard input."""

MAX_COMMANDS = 100


class OwnCommand(NamedTuple):
    """A command of the reader.

    Attributes:
        name: what the palette and messages call it.
        run: the command line, with placeholders.
        key: Textual's name of its key; empty for none.
        mode: one of ``MODES``.
        on: one of ``SCOPES``.
        input: one of ``INPUTS``.
        shell: whether a shell runs it.
        confirm: whether the reader has to confirm it.
    """

    name: str
    run: str
    key: str = ""
    mode: str = MODES[0]
    on: str = SCOPES[0]
    input: str = INPUTS[0]
    shell: bool = False
    confirm: bool = False


_CHOICES = {"mode": MODES, "on": SCOPES, "input": INPUTS}


def validate_commands(value: Any, _file: Path) -> tuple[OwnCommand, ...]:
    """Return the commands of a settings file.

    Raises:
        InvalidValueError: one of them is invalid; the message says which, and why.
    """
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise InvalidValueError(_("must be tables such as {example}").format(
            example='[[commands]] name = "Print" run = "lp {markdown_file}"'
        ))  # fmt: skip
    if len(value) > MAX_COMMANDS:
        raise InvalidValueError(_("there can be at most {limit}").format(limit=MAX_COMMANDS))
    commands = []
    for number, item in enumerate(value, start=1):
        try:
            commands.append(_command(item))
        except InvalidValueError as error:
            raise InvalidValueError(f"{number}: {error}") from error
    keys = [command.key for command in commands if command.key]
    if doubled := next((key for key in keys if keys.count(key) > 1), None):
        raise InvalidValueError(_("two commands have the key '{key}'").format(key=doubled))
    return tuple(commands)


def _command(item: dict[str, Any]) -> OwnCommand:
    defaults = OwnCommand._field_defaults
    for name, value in item.items():
        if name not in OwnCommand._fields:
            message = _("unknown setting '{key}'").format(key=name)
            raise InvalidValueError(message + suggestion(name, OwnCommand._fields))
        if type(value) is not type(defaults.get(name, "")):
            kind = _("true or false") if isinstance(defaults.get(name), bool) else _("a string")
            message = _("{key} must be {kind}").format(key=name, kind=kind)
            raise InvalidValueError(message)
        if value not in (choices := _CHOICES.get(name, (value,))):
            message = _("unknown value '{value}'").format(value=value)
            raise InvalidValueError(f"{name}: {message}{suggestion(value, choices)}")
    for name in ("name", "run"):
        if not item.get(name, "").strip():
            raise InvalidValueError(_("{key} is missing").format(key=name))
    if not item.get("shell"):
        _check_words(item["run"])
    if item.get("mode") == "summary" and item.get("on") == "selection":
        raise InvalidValueError(_("a summary is of one paper; leave out 'on'"))
    return OwnCommand(**{**item, "name": " ".join(item["name"].split()), "key": _key(item)})


def _check_words(line: str) -> None:
    import shlex

    try:
        words = shlex.split(line)
    except ValueError:
        words = []
    if not words:
        raise InvalidValueError(_("run: a quote is not closed"))


def _key(item: dict[str, Any]) -> str:
    """Return Textual's name of a command's key.

    Raises:
        InvalidValueError: the key does not exist, or is bound to something else.
    """
    from tui.config.key_names import textual_key
    from tui.config.keybindings import KEYS, SEQUENCE_SEPARATOR, key_label

    text = item.get("key", "").strip()
    if not text:
        return ""
    key = textual_key(text)
    if key is None or SEQUENCE_SEPARATOR in key:
        raise InvalidValueError(_("there is no key '{key}'").format(key=text))
    for binding in KEYS:
        # The first key of a sequence is taken as well.
        bound = {keys.split(SEQUENCE_SEPARATOR)[0] for keys in binding.keys.split(",")}
        if key in bound:
            message = _("'{key}' is already bound to '{other}'")
            raise InvalidValueError(message.format(key=key_label(key), other=binding.id))
    return key
