"""Turn the accepted pictures into PNG files to look at.

    python -m tests.ui.snapshots OUT [PART-OF-A-NAME]

Rich's SVG files align text by ``textLength``, which ``rsvg-convert`` ignores. Therefore each
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


def split_into_cells(match: re.Match[str]) -> str:
    """Return a text element as one element for each character."""
    attributes = re.sub(r' textLength="[\d.]+"', "", match[1])
    x_attribute = re.search(r' x="([\d.]+)"', attributes)
    assert x_attribute is not None
    x, elements = float(x_attribute[1]), []
    for character in html.unescape(match[2]).replace("\xa0", " "):
        if character != " ":
            at = attributes.replace(x_attribute[0], f' x="{x:.1f}"')
            elements.append(f"<text{at}>{html.escape(character)}</text>")
        x += CELL * cell_len(character)
    return "".join(elements)


def convert(picture: Path, out: Path) -> None:
    """Write a picture as PNG."""
    svg = re.sub(
        r'<text( class="[^"]*-r\d+"[^>]*)>([^<]*)</text>', split_into_cells, picture.read_text()
    )
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
