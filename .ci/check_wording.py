"""Check code, tests, styles and documents for the words listed in ``wording.toml``.

Prints one line for each occurrence that is not an exception, and exits 1 if there is any:

    python .ci/check_wording.py [--count]

``--count`` prints how often each word occurs instead, exceptions included.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
SUFFIXES = {".md", ".po", ".py", ".tcss", ".toml"}
WORD_LIST = Path(".ci/wording.toml")


class Rule(NamedTuple):
    """A word to avoid.

    Attributes:
        pattern: finds it, also as a part of an identifier.
        instead: what to write.
        exceptions: globs of paths in which it may stand.
    """

    pattern: re.Pattern[str]
    instead: str
    exceptions: tuple[str, ...]


def load_rules(file: Path) -> dict[str, Rule]:
    """Return the rules of a word list, by word."""
    rules = {}
    for word, entry in tomllib.loads(file.read_text(encoding="utf-8"))["words"].items():
        forms = "|".join(re.escape(form).replace(r"\ ", r"\s+") for form in entry["forms"])
        # Python's "is None" is no wording.
        flags = re.IGNORECASE if "none" not in forms else re.NOFLAG
        pattern = re.compile(rf"(?<![A-Za-z])(?:{forms})(?![A-Za-z])", flags)
        rules[word] = Rule(pattern, entry["instead"], tuple(entry.get("except", ())))
    return rules


def tracked_files() -> Iterator[Path]:
    """Yield the files of the repository that are checked, relative to its root."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    for name in listed.stdout.splitlines():
        path = Path(name)
        is_checked = path.suffix in SUFFIXES and path.parts[0] != "sample_data"
        if is_checked and path != WORD_LIST and (ROOT / path).is_file():
            yield path


def occurrences(text: str, rule: Rule) -> Iterator[tuple[int, str]]:
    """Yield the line number and the spelling of each occurrence in a text."""
    for match in rule.pattern.finditer(text):
        yield text.count("\n", 0, match.start()) + 1, " ".join(match[0].split())


def main() -> int:
    """Run the check; return the exit code."""
    rules = load_rules(ROOT / WORD_LIST)
    counts: Counter[str] = Counter()
    found = []
    for path in tracked_files():
        text = (ROOT / path).read_text(encoding="utf-8")
        for word, rule in rules.items():
            is_exempt = any(fnmatch(path.as_posix(), glob) for glob in rule.exceptions)
            for line, spelling in occurrences(text, rule):
                counts[word] += 1
                if not is_exempt:
                    found.append(f"{path}:{line}: '{spelling}': {rule.instead}")
    if "--count" in sys.argv[1:]:
        print("\n".join(f"{number:5} {word}" for word, number in counts.most_common()))
        return 0
    for line in found:
        print(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
