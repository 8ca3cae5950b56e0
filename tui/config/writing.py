"""Write settings: the initial file, the values in effect, the manual's table, and sources."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from tui.config.keybindings import KEYS, bound_keys, key_labels
from tui.config.loading import load_settings
from tui.config.settings import SETTINGS, TABLES, Setting, Settings, validate_sources
from tui.config.toml_file import edit_toml

_NO_SOURCES = "sources = []"
"""A commented line of the initial file, which adding a source uncomments."""

_COMMENT_WIDTH = 100


def initial_file() -> str:
    """Return a settings file in which every setting is a comment with its default."""
    lines = ["# Settings of Broadsheet. Lines that are commented out show the defaults."]
    for table, rows in TABLES.items():
        lines += ["", f"[{table}]"] if table else []
        for name, row in rows.items():
            lines += ["", *_comment(row.comment), f"# {name} = {_default(row)}"]
    lines += ["", *_comment(SETTINGS["keymap"].comment), "[keymap]"]
    lines += [f'# "{key.id}" = "{key.keys}"  # {key.help} ({key_labels(key.keys)})' for key in KEYS]
    return "\n".join(lines) + "\n"


def _comment(text: str) -> list[str]:
    import textwrap

    return textwrap.wrap(text, _COMMENT_WIDTH, initial_indent="# ", subsequent_indent="# ")


def _default(row: Setting) -> str:
    return _to_toml(row.example or row.default)


def _to_toml(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, tuple):
        return f"[{', '.join(map(_to_toml, value))}]"
    text = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'


def settings_in_effect(settings: Settings) -> Iterator[str]:
    """Yield the lines of a TOML file with all settings; URLs have no passwords."""
    from tui.sources.git.command import without_secrets

    for table, rows in TABLES.items():
        yield from ("", f"[{table}]") if table else ()
        values = getattr(settings, table) if table else settings
        for name, row in rows.items():
            value = getattr(values, name)
            if value is None and row.fallback:
                value = row.fallback()
            yield without_secrets(f"{name} = {_to_toml(value)}")
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
    lines.append(f"| `[keymap]` | | {SETTINGS['keymap'].comment} |")
    return "\n".join(lines) + "\n"


def change_sources(
    files: Sequence[Path], *, add: Iterable[Path] = (), remove: Container[Path] = ()
) -> None:
    """Change the list of sources in the reader's settings file, under a lock.

    Args:
        files: the settings files; the first one is changed, and created if it is missing.
        add: absolute paths.
        remove: absolute paths without symbolic links.

    Raises:
        ValueError: the file is not valid TOML, or its list of sources is invalid.
        StorageError: another process is changing the file.
        OSError: the file cannot be read or written.
    """
    own = files[0]
    with edit_toml(own, initial_file(), uncomment=_NO_SOURCES) as document:
        settings, _problems = load_settings(*files)
        wanted = [path for path in settings.sources if path.resolve() not in remove]
        wanted += add
        try:
            current = validate_sources(document.unwrap().get("sources", []), own)
        except ValueError as error:
            # Writing the list would drop the folders that it names.
            raise ValueError(f"{own}: sources: {error}") from error
        listed = document.setdefault("sources", [])
        # Entries that stay are not rewritten: they may be relative paths or have comments.
        for index in reversed(range(len(current))):
            if current[index] not in wanted or current[index] in current[:index]:
                del listed[index]
        listed.extend(str(source) for source in wanted if source not in current)
        if "\n" not in listed.as_string():
            listed.multiline(len(listed) > 1)
