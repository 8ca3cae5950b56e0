"""The settings files: load and write them, and print the values in effect.

The reader's file takes precedence over those for all users of the machine.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from tui.config import validators
from tui.config.keybindings import (
    BY_ID,
    KEYS,
    QUIT_KEY,
    SEQUENCE_SEPARATOR,
    bound_keys,
    key_labels,
    may_share_keys,
)
from tui.config.settings import SETTINGS, TABLES, Setting, Settings
from tui.config.toml_file import TomlFile, edit_toml, read_toml
from tui.config.validators import Interest, InvalidValueError, suggestion
from tui.i18n import _
from tui.models import Problem

_COMMAND_EXAMPLE = (
    "#   [[commands]]",
    '#   name = "Print"',
    '#   key = "f5"',
    '#   run = "lp -t {title} {markdown_file}"',
    '#   mode = "background"',
)


def load_settings(*files: Path) -> tuple[Settings, list[Problem]]:
    """Load the settings.

    Args:
        files: TOML files; the first one that sets a setting or key takes precedence. Missing files
            are skipped.

    Returns:
        The settings, and a problem in the reader's language for every invalid setting or value,
        whose default is used instead.
    """
    problems: list[Problem] = []
    values: dict[str, Any] = {}
    keymap: dict[str, Any] = {}
    origins: dict[str, TomlFile] = {}
    for path in reversed(files):
        file = read_toml(path, _("the defaults are used"), problems)
        for key, value in file.values.items():
            if key not in SETTINGS:
                message = _("unknown setting '{key}'").format(key=key) + suggestion(key, SETTINGS)
                problems.append(file.problem(key, message))
                continue
            row = SETTINGS[key]
            try:
                valid = row.validate(value, path)
                values[key] = (values.get(key) or valid) if row.is_final else valid
            except InvalidValueError as error:
                message = _("{key}: {error}; the default is used")
                if row.is_final:
                    values[key] = True
                    message = _("{key}: {error}; it counts as true")
                problems.append(file.problem(key, message.format(key=key, error=error)))
        file_keymap = dict(_flatten(values.pop("keymap", {})))
        origins |= dict.fromkeys(file_keymap, file)
        keymap |= file_keymap
    if keymap:
        values["keymap"] = _validate_keymap(keymap, origins, problems)
    return Settings(**values), problems


def _validate_keymap(
    keymap: dict[str, Any], origins: dict[str, TomlFile], problems: list[Problem]
) -> dict[str, str]:
    """Return the valid entries of a keymap, and add a problem for each of the others."""
    from tui.config.key_names import closest_key, textual_key

    valid: dict[str, str] = {}

    def report(name: str, message: str) -> None:
        problems.append(origins[name].problem(name, message))

    for name, keys in keymap.items():
        if name not in BY_ID:
            message = _("keymap: unknown action '{name}'").format(name=name)
            report(name, message + suggestion(name, BY_ID))
        elif not isinstance(keys, str) or not all(map(str.strip, keys.split(","))):
            message = _('keymap: {name} must be a string of keys, such as "{keys}"')
            report(name, message.format(name=name, keys=BY_ID[name].keys))
        else:
            words = [word.strip() for word in keys.split(",")]
            unknown = next((word for word in words if textual_key(word) is None), None)
            if unknown is None:
                valid[name] = ",".join(filter(None, map(textual_key, words)))
                continue
            message = _("keymap: there is no key '{key}'; '{name}' keeps its own keys")
            if closest := closest_key(unknown):
                message += _("; did you mean '{name}'?").format(name=closest)
            report(name, message.format(key=unknown, name=name))
    bound = _("keymap: '{key}' is already bound to '{other}'; '{name}' keeps its own keys")
    while clash := _first_clash(valid):
        name, key, other = clash
        del valid[name]
        report(name, bound.format(key=key, other=other, name=name))
    return valid


def _first_clash(keymap: dict[str, str]) -> tuple[str, str, str] | None:
    """Return an action that the reader bound to the key of another one, the key, and the other."""
    owners = {QUIT_KEY: "app.quit"}
    # The first keys of sequences, which other sequences may share.
    first_owners: dict[str, str] = {}
    # Actions that the reader did not rebind claim their keys first, those of triage last: their
    # keys may be those of the main screen.
    for name in sorted(BY_ID, key=lambda name: (name.startswith("triage."), name in keymap)):
        for key in bound_keys(name, keymap).split(","):
            first, separator, _last = key.partition(SEQUENCE_SEPARATOR)
            other = owners.setdefault(key, name)
            if separator:
                first_owners.setdefault(first, name)
                other = owners.get(first, other)
            elif other == name:
                other = first_owners.get(first, other)
            if other != name and not may_share_keys(name, other):
                return name, key if other == owners.get(key) else first, other
    return None


def _flatten(keymap: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Yield the entries; TOML reads an unquoted ``day.older`` as a table within a table."""
    for name, keys in keymap.items():
        if isinstance(keys, dict):
            yield from _flatten(keys, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", keys


def initial_file() -> str:
    """Return a settings file in which every setting is a comment with its default."""
    lines = ["# Settings of Broadsheet. Lines that are commented out show the defaults."]
    for table, rows in TABLES.items():
        lines += ["", f"[{table}]"] if table else []
        for name, row in rows.items():
            lines += ["", *_comment(row.comment), f"# {name} = {_default(row)}"]
    lines += ["", *_comment(SETTINGS["commands"].comment), *_COMMAND_EXAMPLE]
    lines += ["", *_comment(SETTINGS["keymap"].comment), "[keymap]"]
    lines += [f'# "{key.id}" = "{key.keys}"  # {key.help} ({key_labels(key.keys)})' for key in KEYS]
    return "\n".join(lines) + "\n"


def _comment(text: str) -> list[str]:
    import textwrap

    return textwrap.wrap(text, 100, initial_indent="# ", subsequent_indent="# ")


def _default(row: Setting) -> str:
    return _to_toml(row.example or row.default)


def _to_toml(value: Any) -> str:
    """Return a value as TOML, which writes these types like JSON."""
    import json

    if isinstance(value, Interest):
        return f"{{ query = {_to_toml(value.query)}, color = {_to_toml(value.color)} }}"
    if isinstance(value, tuple):
        return f"[{', '.join(map(_to_toml, value))}]"
    return json.dumps(value, default=str, ensure_ascii=False)


def settings_in_effect(settings: Settings) -> Iterator[str]:
    """Yield the lines of a TOML file with all settings; URLs have no passwords."""
    from tui.sources.git.git_errors import without_secrets

    for table, rows in TABLES.items():
        yield from ("", f"[{table}]") if table else ()
        values = getattr(settings, table) if table else settings
        for name, row in rows.items():
            value = getattr(values, name)
            if value is None and row.fallback:
                value = row.fallback()
            yield without_secrets(f"{name} = {_to_toml(value)}")
    for command in settings.commands:
        yield from ("", "[[commands]]")
        yield from (f"{name} = {_to_toml(value)}" for name, value in command._asdict().items())
    yield from ("", "[keymap]")
    for key in KEYS:
        yield f"{_to_toml(key.id)} = {_to_toml(bound_keys(key.id, settings.keymap))}"


def settings_table() -> str:
    """Return the manual's table of settings, as Markdown."""
    lines = ["| setting | default | meaning |", "|---|---|---|"]
    for table, rows in TABLES.items():
        for name, row in rows.items():
            label = f"`[{table}]` `{name}`" if table else f"`{name}`"
            lines.append(f"| {label} | `{_default(row)}` | {row.comment} |")
    lines.append(f"| `[[commands]]` | | {SETTINGS['commands'].comment} |")
    lines.append(f"| `[keymap]` | | {SETTINGS['keymap'].comment} |")
    return "\n".join(lines) + "\n"


def change_feeds(
    files: Sequence[Path], *, add: Iterable[str] = (), remove: Container[str] = ()
) -> None:
    """Change the list of feeds in the reader's settings file, under a lock.

    Args:
        files: the settings files; the first one is changed, and created if it is missing.
        add: URLs.
        remove: URLs as in the settings.

    Raises:
        ValueError: the file is not valid TOML, or its list of feeds is invalid.
        StorageError: another process is changing the file.
        OSError: the file cannot be read or written.
    """
    _change_list(files, "feeds", validators.web_addresses, add, remove)


def change_sources(
    files: Sequence[Path], *, add: Iterable[Path] = (), remove: Container[Path] = ()
) -> None:
    """Change the list of sources in the reader's settings file, under a lock.

    Args:
        files: the settings files; the first one is changed, and created if it is missing.
        add: absolute paths.
        remove: paths as in the settings.

    Raises:
        ValueError: the file is not valid TOML, or its list of sources is invalid.
        StorageError: another process is changing the file.
        OSError: the file cannot be read or written.
    """
    _change_list(files, "sources", validators.sources, add, remove)


def _change_list(
    files: Sequence[Path],
    setting: str,
    validate: Callable[[Any, Path], tuple[Any, ...]],
    add: Iterable[Path | str],
    remove: Container[Any],
) -> None:
    """Change a list in the reader's settings file, under a lock.

    Args:
        files: the settings files; the first one is changed, and created if it is missing.
        setting: the name of the list.
        validate: returns the valid values of the list in a file, or raises ValueError.
        add: the values to add.
        remove: the values to remove.

    Raises:
        ValueError: the file cannot be parsed, or its list is invalid.
        StorageError: another process is changing the file.
        OSError: the file cannot be read or written.
    """
    own = files[0]
    with edit_toml(own, initial_file(), uncomment=f"{setting} = []") as document:
        settings, _problems = load_settings(*files)
        wanted = [item for item in getattr(settings, setting) if item not in remove]
        wanted += add
        written = document.unwrap().get(setting, [])
        try:
            validate(written, own)
        except ValueError as error:
            # Writing the list would drop what it names.
            raise ValueError(f"{own}: {setting}: {error}") from error
        current = [validate([item], own)[0] for item in written]
        listed = document.setdefault(setting, [])
        # Entries that stay are not rewritten: they may be relative paths or have comments.
        for index in reversed(range(len(current))):
            if current[index] not in wanted or current[index] in current[:index]:
                del listed[index]
        listed.extend(str(item) for item in dict.fromkeys(wanted) if item not in current)
        if "\n" not in listed.as_string():
            listed.multiline(len(listed) > 1)
