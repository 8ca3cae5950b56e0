"""The former import path of `tui.digests.plugin_api`, with its former names, for older plug-ins.

It stays, so that packages written for earlier versions keep working. New packages import from
`tui.digests.plugin_api`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from tui import models
from tui.digests.plugin_api import (
    Dialect,
    Digest,
    Entry,
    RecordDigestBuilder,
    clean,
    day_in,
    day_in_path,
)
from tui.digests.plugin_api import as_count as number_of
from tui.digests.plugin_api import id_in_url as id_in_address

__all__ = [
    "Dialect",
    "Digest",
    "Entry",
    "Gathering",
    "Problem",
    "clean",
    "day_in",
    "day_in_path",
    "id_in_address",
    "number_of",
]


class Gathering(RecordDigestBuilder):
    """`RecordDigestBuilder` under its former name and with its former methods."""

    tell = RecordDigestBuilder.add_paper
    digest = RecordDigestBuilder.build

    def report(  # type: ignore[override]  # the parameter was called words
        self, line: int, words: str, **values: models.MessageValue
    ) -> None:
        """Record a problem."""
        self.problems.append(Problem(self.path, line, words, values))


class Problem(models.Problem):
    """`tui.models.Problem` with the former name of its third field."""

    def __new__(
        cls,
        file: str,
        line: int,
        words: str,
        values: Mapping[str, models.MessageValue] = MappingProxyType({}),
    ) -> Problem:
        """Return a problem; see `tui.models.Problem`."""
        return super().__new__(cls, file, line, words, values)

    @property
    def words(self) -> str:
        """The message."""
        return self.template
