"""Turn the accepted pictures into PNG files to look at.

    python -m tests.ui.snapshots OUT [PART-OF-A-NAME]

``rsvg-convert`` leaves ``textLength`` out of account, by which Rich's SVG keep their cells; so each
character is put into its own cell first.
"""

from __future__ import annotations

import html
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from rich.cells import cell_len

PICTURES = Path(__file__).parent / "__snapshots__" / "test_snapshots"
CELL = 12.2
"""Width of a cell in Rich's SVG."""


def in_cells(found: re.Match[str]) -> str:
    """Return a text element as one element a character."""
    attributes = re.sub(r' textLength="[\d.]+"', "", found[1])
    place = re.search(r' x="([\d.]+)"', attributes)
    assert place is not None
    x, elements = float(place[1]), []
    for character in html.unescape(found[2]).replace("\xa0", " "):
        if character != " ":
            at = attributes.replace(place[0], f' x="{x:.1f}"')
            elements.append(f"<text{at}>{html.escape(character)}</text>")
        x += CELL * cell_len(character)
    return "".join(elements)


def convert(picture: Path, out: Path) -> None:
    """Write a picture as PNG."""
    svg = re.sub(r'<text( class="[^"]*-r\d+"[^>]*)>([^<]*)</text>', in_cells, picture.read_text())
    command = ["rsvg-convert", "-w", "1100", "-o", str(out / f"{picture.stem}.png")]
    subprocess.run(command, input=svg.encode(), check=True)


def main() -> None:
    out, part = Path(sys.argv[1]), "".join(sys.argv[2:])
    out.mkdir(parents=True, exist_ok=True)
    pictures = [picture for picture in PICTURES.glob("*.svg") if part in picture.name]
    with ThreadPoolExecutor() as pool:
        list(pool.map(lambda picture: convert(picture, out), pictures))
    print(f"{len(pictures)} pictures in {out}")


if __name__ == "__main__":
    main()
