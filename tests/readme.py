"""Write the README's table of keys anew: ``python -m tests.readme``."""

from pathlib import Path

from tui.keys import KEYS, Group, signs

README = Path(__file__).parents[1] / "README.md"
BEGIN, END = "<!-- keys -->\n", "<!-- /keys -->"


def key_table() -> str:
    """Return the table of keys, as Markdown."""
    lines = ["| keys | do |", "|---|---|"]
    for group in Group:
        lines.append(f"| **{group.value}** | |")
        for key in KEYS:
            if key.group is group:
                shown = " ".join(f"`{sign}`" for sign in signs(key.keys).split(" "))
                lines.append(f"| {shown} | {key.help} |")
    return "\n".join(lines) + "\n"


def with_keys(readme: str) -> str:
    """Return the README with the keys as they are now."""
    before, rest = readme.split(BEGIN)
    _, after = rest.split(END)
    return f"{before}{BEGIN}{key_table()}{END}{after}"


if __name__ == "__main__":
    README.write_text(with_keys(README.read_text(encoding="utf-8")), encoding="utf-8")
