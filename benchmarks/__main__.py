"""``make bench``: runs every benchmark, or with ARGS="NAME [options]" one of them with its own options."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

NAMES = sorted(
    path.stem
    for path in Path(__file__).parent.glob("*.py")
    if "def main" in path.read_text("utf-8") and path.stem != "__main__"
)


def run(name: str, arguments: list[str]) -> None:
    """Run one benchmark as if it were called alone."""
    sys.argv = [name, *arguments]
    try:
        runpy.run_module(f"benchmarks.{name}", run_name="__main__", alter_sys=False)
    except SystemExit as end:
        if end.code not in (None, 0):
            raise


def main(arguments: list[str]) -> int:
    """Choose and run."""
    if arguments and arguments[0] not in NAMES:
        sys.stderr.write(f"no benchmark {arguments[0]!r}; there are {', '.join(NAMES)}\n")
        return 2
    for name in arguments[:1] or NAMES:
        print(f"== {name}", flush=True)
        run(name, arguments[1:])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
