"""``make bench``: runs every benchmark, or with ARGS="NAME [options]" one of them with its own options."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

NAMES = sorted(
    path.stem
    for path in Path(__file__).parent.glob("*.py")
    if '__name__ == "__main__"' in path.read_text("utf-8") and path.stem != "__main__"
)


def run(name: str, arguments: list[str]) -> int:
    """Run one benchmark in a process of its own; returns its exit code."""
    return subprocess.run([sys.executable, "-m", f"benchmarks.{name}", *arguments]).returncode


def main(arguments: list[str]) -> int:
    """Choose and run."""
    if arguments and arguments[0] not in NAMES:
        sys.stderr.write(f"no benchmark {arguments[0]!r}; there are {', '.join(NAMES)}\n")
        return 2
    failed = 0
    for name in arguments[:1] or NAMES:
        print(f"== {name}", flush=True)
        failed |= run(name, arguments[1:])
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
