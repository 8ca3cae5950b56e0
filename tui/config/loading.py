"""Load the settings from the reader's file and those for all users of the machine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tui.config.keybindings import BY_ID, KEYS, bound_keys
from tui.config.settings import SETTINGS, InvalidValueError, Settings, suggestion
from tui.config.toml_file import TomlFile, read_toml
from tui.i18n import _
from tui.models import Problem


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
        file_values = _validate(file, problems)
        file_keymap = dict(_flatten(file_values.pop("keymap", {})))
        origins |= dict.fromkeys(file_keymap, file)
        keymap |= file_keymap
        values |= file_values
    if keymap:
        values["keymap"], errors = _validate_keymap(keymap)
        problems += [origins[name].problem(name, message) for name, message in errors]
    return Settings(**values), problems


def _validate(file: TomlFile, problems: list[Problem]) -> dict[str, Any]:
    """Return the valid values of a file, and add a problem for each of the others."""
    values: dict[str, Any] = {}
    for key, value in file.values.items():
        if key not in SETTINGS:
            message = _("unknown setting '{key}'").format(key=key) + suggestion(key, SETTINGS)
            problems.append(file.problem(key, message))
            continue
        try:
            values[key] = SETTINGS[key].validate(value, file.path)
        except InvalidValueError as error:
            message = _("{key}: {error}; the default is used").format(key=key, error=error)
            problems.append(file.problem(key, message))
    return values


def _validate_keymap(keymap: dict[str, Any]) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """Return the valid entries of a keymap, and (id, error message) of the others."""
    valid: dict[str, str] = {}
    errors = []
    for name, keys in keymap.items():
        if name not in BY_ID:
            message = _("keymap: unknown action '{name}'").format(name=name)
            errors.append((name, message + suggestion(name, BY_ID)))
        elif not isinstance(keys, str) or not all(map(str.strip, keys.split(","))):
            message = _('keymap: {name} must be a string of keys, such as "{keys}"')
            errors.append((name, message.format(name=name, keys=BY_ID[name].keys)))
        else:
            valid[name] = ",".join(key.strip() for key in keys.split(","))
    for name, key, other in _conflicts(valid):
        valid.pop(name, None)
        message = _("keymap: '{key}' is already bound to '{other}'; '{name}' keeps its own keys")
        errors.append((name, message.format(key=key, other=other, name=name)))
    return valid, errors


def _conflicts(keymap: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    """Yield (id, key, other id) where the keymap binds a key that another action already has."""
    owners: dict[str, str] = {}
    # Actions that the reader did not rebind claim their keys first.
    for name in sorted((binding.id for binding in KEYS), key=keymap.__contains__):
        for key in bound_keys(name, keymap).split(","):
            if owners.setdefault(key, name) != name:
                yield name, key, owners[key]
                break


def _flatten(keymap: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Yield the entries; TOML reads an unquoted ``day.older`` as a table within a table."""
    for name, keys in keymap.items():
        if isinstance(keys, dict):
            yield from _flatten(keys, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", keys
