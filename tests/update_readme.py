"""Write the README's table of keys anew: ``python -m tests.update_readme``."""

from pathlib import Path

from tui.config.keybindings import KEYS, HelpSection, signs

README = Path(__file__).parents[1] / "README.md"


def key_table() -> str:
    """Return the table of keys, as Markdown."""
    lines = ["| keys | do |", "|---|---|"]
    for group in HelpSection:
        lines.append(f"| **{group.value}** | |")
        for key in KEYS:
            if key.group is group:
                shown = " ".join(f"`{sign}`" for sign in signs(key.keys).split(" "))
                lines.append(f"| {shown} | {key.help} |")
    return "\n".join(lines) + "\n"


def between(readme: str, name: str) -> str:
    """Return what stands between the README's comments of a name."""
    return _parts(readme, name)[1]


def replaced(readme: str, name: str, text: str) -> str:
    """Return the README with another text between its comments of a name."""
    before, _, after = _parts(readme, name)
    return before + text + after


def _parts(readme: str, name: str) -> tuple[str, str, str]:
    begin, end = f"<!-- {name} -->\n", f"<!-- /{name} -->"
    before, rest = readme.split(begin)
    within, after = rest.split(end)
    return before + begin, within, end + after


def rewrite(name: str, text: str) -> None:
    """Put another text between the README's comments of a name."""
    readme = README.read_text(encoding="utf-8")
    README.write_text(replaced(readme, name, text), encoding="utf-8")


if __name__ == "__main__":
    rewrite("keys", key_table())
