"""What a package needs that brings a dialect of its own; see CONTRIBUTING.md for an example.

Such a package names its `Dialect` as an entry point of the group ``broadsheet.dialects``. What is
listed here stays as it is; everything else may change from one version to the next.
"""

from tui.arxiv import id_in_url
from tui.digests.builder import RecordDigestBuilder
from tui.digests.dialect import Dialect
from tui.digests.parsing.dates import day_in, day_in_path
from tui.digests.parsing.json_values import as_count
from tui.models import Digest, Entry, Problem
from tui.sanitize import clean

__all__ = [
    "Dialect",
    "Digest",
    "Entry",
    "Problem",
    "RecordDigestBuilder",
    "as_count",
    "clean",
    "day_in",
    "day_in_path",
    "id_in_url",
]
