from __future__ import annotations

import shlex
from pathlib import Path

from tui.runtime.extras import how_to_install, install_command


def test_extra_is_installed_from_the_checkout(tmp_path: Path) -> None:
    checkout = tmp_path / "my papers"
    checkout.mkdir()
    (checkout / "pyproject.toml").touch()
    words = shlex.split(install_command("fetch", checkout))
    assert words == ["pip", "install", "-e", f"{checkout}[fetch]"]


def test_extra_of_an_installed_package_is_named_with_it(tmp_path: Path) -> None:
    assert install_command("pdf", tmp_path) == "pip install 'broadsheet[pdf]'"


def test_nothing_is_needed_for_a_module_that_is_there() -> None:
    assert how_to_install("json", "fetch") == ""
    assert how_to_install("no_such_module", "fetch") == install_command("fetch")
