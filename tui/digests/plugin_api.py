"""The public interface for packages that add a dialect; CONTRIBUTING.md has an example.

Such a package declares its `Dialect` as an entry point of the group ``broadsheet.dialects``. The
names listed here are stable; everything else may change between versions. `tui.dialects` has the
names of earlier versions.
"""

from tui.arxiv import id_in_url
from tui.digests.builder import RecordDigestBuilder
from tui.digests.parsing.dates import day_in, day_in_path
from tui.digests.parsing.record_values import as_count
from tui.digests.registry import Dialect
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
