"""``broadsheet doctor``: where things are, and whether they are well."""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from tui.cache.source_cache import SourceCache
from tui.commands.collection import cache_place
from tui.commands.output import NOTHING_MATCHED, OK
from tui.config import load_settings
from tui.marks import MarkStore
from tui.paths import config_file, config_files, marks_folder, state_folder, views_file
from tui.resources import sample_data, stylesheets
from tui.saved_views import load_views
from tui.storage.folder import StoreFolder
from tui.storage.tables import StorageError
from tui.view import count


class Finding(NamedTuple):
    """One thing that was looked at."""

    is_well: bool
    what: str
    found: str


def run(arguments: argparse.Namespace) -> int:  # noqa: ARG001
    """Look at everything; say of each thing whether it is well."""
    findings = list(_findings())
    width = max(len(finding.what) for finding in findings)
    for finding in findings:
        print(f"{'ok ' if finding.is_well else 'BAD'}  {finding.what:<{width}}  {finding.found}")
    return OK if all(finding.is_well for finding in findings) else NOTHING_MATCHED


def _findings() -> Iterator[Finding]:
    names = ("broadsheet", "textual", "rich", "tinydb")
    versions = ", ".join(f"{name} {version(name)}" for name in names)
    yield Finding(True, "versions", f"{versions}, Python {platform.python_version()}")
    yield Finding(
        bool(stylesheets()), "styles", str(stylesheets()[0].parent if stylesheets() else "missing")
    )
    yield Finding(sample_data().is_dir(), "sample data", str(sample_data()))
    settings, problems = load_settings(*config_files())
    there = "" if config_file().exists() else " (not there: defaults)"
    yield Finding(not problems, "settings", f"{config_file()}{there}")
    for file in config_files()[1:]:
        if file.exists():
            yield Finding(True, "settings", f"{file} (for all readers)")
    for problem in problems:
        yield Finding(False, "settings", str(problem))
    yield from _views()
    place = cache_place(settings)
    if place.shared is not None:
        yield _shared(place.shared, is_open=settings.share_cache)
    yield _folder("cache" if place.shared is None else "own cache", place.own)
    yield _folder("state", state_folder())
    yield from _marks()
    for source in settings.sources or (sample_data(),):
        yield from _source(place.cache_of(source))
    yield _terminal()


def _folder(what: str, path: Path) -> Finding:
    writable = StoreFolder(path, 0).is_writable()
    return Finding(writable, what, f"{path}{'' if writable else ' (cannot be written)'}")


def _views() -> Iterator[Finding]:
    views, problems = load_views(views_file())
    told = count(len(views), "view") if views_file().exists() else "none kept"
    yield Finding(not problems, "views", f"{views_file()}: {told}")
    for problem in problems:
        yield Finding(False, "views", str(problem))


def _marks() -> Iterator[Finding]:
    folder = _folder("marks", marks_folder())
    store = MarkStore(marks_folder())
    marked = count(len(store.marked()), "paper")
    kept = store.set_aside()
    aside = f", {count(len(kept), 'damaged file')} kept beside them" if kept else ""
    yield folder._replace(
        is_well=folder.is_well and not store.damage, found=f"{folder.found}: {marked}{aside}"
    )
    for damage in store.damage:
        yield Finding(False, "marks", damage)


def _shared(path: Path, *, is_open: bool) -> Finding:
    """Tell who may write and who may read a cache folder that the settings name."""
    owner = StoreFolder(path, 0).kept_by()
    if owner is not None:
        is_readable = os.access(path, os.R_OK | os.X_OK)
        return Finding(is_readable, "cache", f"{path} (kept by {owner}{_BUT[is_readable]})")
    found = _folder("cache", path)
    if not found.is_well or not is_open:
        return found
    above = (each for each in path.resolve().parents if each.exists())
    closed = [each for each in above if not each.stat().st_mode & 0o011]
    told = f"readers cannot pass through {closed[0]}" if closed else "others may read it"
    return Finding(not closed, "cache", f"{path} ({told})")


_BUT = {True: "", False: ", who does not let you read it"}


def _source(cache: SourceCache) -> Iterator[Finding]:
    path = cache.source
    try:
        total = cache.calendar().total
        problems = sum(len(document["problems"]) for document in cache.digests().values())
    except (StorageError, OSError) as error:
        yield Finding(False, "source", f"{path}: {error}")
        return
    told = count(total, "paper") if cache.exists() else "not read yet"
    odd = f", {count(problems, 'problem')} in its digests" if problems else ""
    if (owner := cache.kept_by()) is not None:
        yield Finding(True, "source", f"{path} ({owner} reads it for all): {told}{odd}")
        return
    reached = "" if os.access(path, os.R_OK) else " (cannot be reached)"
    yield Finding(not reached, "source", f"{path}{reached}: {told}{odd}")


def _terminal() -> Finding:
    if not sys.stdout.isatty():
        return Finding(True, "terminal", "none: output goes to a file or a pipe")
    size = shutil.get_terminal_size()
    name = os.environ.get("TERM", "unknown")
    encoding = sys.stdout.encoding
    well = size.columns >= 40 and size.lines >= 12 and name != "dumb" and "utf" in encoding.lower()
    return Finding(well, "terminal", f"{name}, {size.columns} × {size.lines}, {encoding}")
