"""Export articles, complete and streamed, as JSON lines, CSV or XLSX."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from diembao import wiring
from diembao.bootstrap import migrate, set_up
from diembao.errors import CommandError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What, which, how, where to."""
    parser.add_argument("what", choices=["articles"])
    parser.add_argument("--query", default="", metavar="Q", help="only what this search finds (default: all)")
    parser.add_argument(
        "--format", choices=["jsonl", "csv", "xlsx"], default="jsonl", help="file format (default: jsonl)"
    )
    parser.add_argument(
        "--out", metavar="FILE", help="file to write, complete or not at all (default: stdout)"
    )


def _write(rows: Iterable[dict[str, object]], form: str, out: BinaryIO) -> None:
    from archive.formats import csv_lines, jsonl, write_xlsx

    if form == "xlsx":
        write_xlsx(rows, out)
        return
    for chunk in {"jsonl": jsonl, "csv": csv_lines}[form](rows):
        out.write(chunk)


def _ids(query: str) -> Iterable[int]:
    """Without a query the archive itself is asked: an index that lags must not make a gap."""
    if not query.strip():
        from archive.models import Article

        return Article.objects.order_by("pk").values_list("pk", flat=True).iterator()
    from search.port import SearchError
    from search.query import QuerySyntaxError, parse
    from search.service import open_engine, scan_all

    try:
        return scan_all(open_engine(wiring.search_config(set_up())), parse(query))
    except QuerySyntaxError as error:
        raise CommandError(f"--query: {error}", bad_input=True) from error
    except SearchError as error:
        raise CommandError(f"nothing was exported: {error}") from error


def run(args: argparse.Namespace) -> int:
    """Export."""
    set_up()
    migrate()
    from archive.export import export_articles

    rows = export_articles(_ids(args.query))
    if not args.out:
        _write(rows, args.format, sys.stdout.buffer)
        return 0
    target = Path(args.out)
    draft = target.with_name(f".{target.name}.{os.getpid()}.partial")
    try:
        with draft.open("wb") as out:
            _write(rows, args.format, out)
        draft.replace(target)
    except OSError as error:
        raise CommandError(f"cannot write {target} ({error.strerror}); choose another --out") from error
    finally:
        draft.unlink(missing_ok=True)
    return 0
