"""``make evaluate``: every classifier against its corpus, as tables with the errors by id.

``python -m classifiers.evaluation [NAME ...] [--data FOLDER]``
"""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import sys
from pathlib import Path

import classifiers.evaluation as here

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
NAMES = sorted(module.name for module in pkgutil.iter_modules(here.__path__) if module.name != "__main__")


def main(arguments: list[str]) -> int:
    """Run the evaluations named, or all; returns the exit code."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(NAMES)} (default: all)")
    parser.add_argument(
        "--data", type=Path, default=DATA, help="folder of the corpora (default: %(default)s)"
    )
    args = parser.parse_args(arguments)
    unknown = sorted(set(args.names) - set(NAMES))
    if unknown:
        parser.error(f"no evaluation {unknown[0]!r}; there are {', '.join(NAMES)}")
    if not args.data.is_dir():
        parser.error(f"no corpora in {args.data}; name their folder with --data")
    for name in args.names or NAMES:
        module = importlib.import_module(f"classifiers.evaluation.{name}")
        report = getattr(module, f"evaluate_{name}")(args.data)
        sys.stdout.write(f"== {name}\n{report.text()}\n\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
