"""``broadsheet`` and ``python -m tui``."""

import sys

from tui import VERSION


def main() -> int:
    """Run Broadsheet; the version is printed without importing anything else."""
    if sys.argv[1:] == ["--version"] and _print_version():
        return 0
    from tui.cli.main import main

    return main()


def _print_version() -> bool:
    """Print the version; return whether that was possible."""
    try:
        sys.stdout.write(f"broadsheet {VERSION}\n")
        sys.stdout.flush()
    except (AttributeError, OSError):
        # The stream is closed. The command line knows what to do then.
        return False
    return True


if __name__ == "__main__":
    sys.exit(main())
