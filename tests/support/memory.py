"""How much memory a process has needed."""

import sys
from pathlib import Path

PEAK = """
def peak_mb():
    import pathlib, re, sys
    if sys.platform == "linux":  # getrusage would tell the parent's peak after a fork
        return int(re.search(r"VmHWM:\\s+(\\d+)", pathlib.Path("/proc/self/status").read_text())[1]) // 1024
    import resource
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024**2
"""
"""The same for a program started with `python -c`."""


def peak_mb() -> int:
    """The most this process has held so far, in MB."""
    if sys.platform == "linux":
        line = next(
            line for line in Path("/proc/self/status").read_text("ascii").splitlines() if line.startswith("VmHWM")
        )
        return int(line.split()[1]) // 1024
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024**2
