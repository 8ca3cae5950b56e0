"""Run the program as on file systems that promise less than usual."""

from __future__ import annotations

import sys

from tests.support.home import Home

LIMITS = {
    "NFS without lock server": "flock:ENOLCK",
    "no locks": "flock:ENOSYS",
    "VirtualBox, CIFS": "sync_folder:EINVAL",
    "FUSE that lets nobody sync folders": "sync_folder:EACCES",
    "no sync": "sync_folder:ENOSYS,sync_file:ENOSYS",
    "exFAT of another owner, Android": "chmod:EPERM",
}
"""System calls that fail, and how, by file system."""

PREPARE = """
import errno, fcntl, os, stat, sys

def limit(calls):
    failing = dict(call.split(":") for call in calls.split(","))

    def fail(name):
        code = getattr(errno, failing[name])
        raise OSError(code, os.strerror(code))

    def flock(handle, operation):
        fail("flock")

    def chmod(*_args, **_options):
        fail("chmod")

    def fsync(handle):
        name = "sync_folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "sync_file"
        return fail(name) if name in failing else real_fsync(handle)

    real_fsync, os.fsync = os.fsync, fsync
    if "flock" in failing:
        fcntl.flock = flock
    if "chmod" in failing:
        os.chmod = os.fchmod = chmod

limit(sys.argv.pop(1))
"""
"""Code that replaces functions of Python's library; the first argument has the failing calls."""

_RUN = PREPARE + "from tui.cli.main import main\nsys.exit(main(sys.argv[1:]))"


def with_limits(home: Home, calls: str) -> Home:
    """Return the same home with a program for which system calls fail.

    Args:
        home: the user's folders.
        calls: a value of ``LIMITS``.
    """
    program = (sys.executable, "-c", _RUN, calls)
    return Home(home.root, home.extra_environment, program)
