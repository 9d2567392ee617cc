"""Rebuild the search index from the archive, without stopping search."""

from __future__ import annotations

import argparse
import sys

from diembao import wiring
from diembao.bootstrap import migrate, set_up
from diembao.errors import CommandError
from diembao.progress import Progress


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which engine."""
    parser.add_argument(
        "--engine", choices=["embedded", "elastic"], help="engine to rebuild (default: the one in use)"
    )


def run(args: argparse.Namespace) -> int:
    """Build a new index beside the old one and swap them."""
    config = set_up()
    migrate()
    from django.db.models import Q

    from archive.findings import mark_index_error, mark_indexed
    from archive.indexed import forget_written, remember_written
    from archive.models import Article
    from archive.outage import index_is_whole
    from search.port import SearchError
    from search.service import open_engine, reindex

    chosen = wiring.search_config(config, engine=args.engine)
    in_use = chosen.chosen == wiring.search_config(config).chosen
    rows = Article.objects.filter(Q(needs_index=True) | ~Q(index_error=""))
    waiting = list(rows.values_list("pk", "version"))
    try:
        engine = open_engine(chosen)
        try:
            if in_use:
                forget_written()  # the service may look between the swap and the end of this command
            with Progress("articles") as progress:
                report = reindex(engine, progress.show)
            if in_use:
                remember_written(engine.written())
                index_is_whole()
        finally:
            engine.close()
    except SearchError as error:
        raise CommandError(f"the index was not rebuilt, the old one stays: {error}") from error
    if in_use:
        # What waited before is built in, at that version or a later one; what came since still waits.
        refused = {pk for pk, _ in report.failed}
        mark_indexed([pair for pair in waiting if pair[0] not in refused])
        versions = dict(Article.objects.filter(pk__in=refused).values_list("pk", "version"))
        for pk, reason in report.failed:
            mark_index_error(pk, versions.get(pk, 0), reason)
    sys.stdout.write(f"{report.indexed} articles indexed, {len(report.failed)} refused\n")
    for pk, reason in report.failed[:20]:
        sys.stdout.write(f"  article {pk}: {reason}\n")
    return 1 if report.failed else 0
