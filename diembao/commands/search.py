"""Search the archive with the query language of the web page."""

from __future__ import annotations

import argparse
import json
import sys
from zoneinfo import ZoneInfo

from diembao import wiring
from diembao.bootstrap import migrate, set_up
from diembao.errors import CommandError
from diembao.settings_table import whole

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The query and the form of the answer."""
    parser.add_argument("query", metavar="QUERY", help='words, "phrases", -not, OR, fields; docs/search.md')
    parser.add_argument(
        "--limit", type=whole(1, 10_000), default=20, metavar="N", help="most articles shown (default: 20)"
    )
    parser.add_argument("--format", choices=["text", "json"], default="text", help="default: text")


def run(args: argparse.Namespace) -> int:
    """Print the hits, best first; the total goes to stderr in text form."""
    config = set_up()
    migrate()
    from archive.models import Article
    from search.port import SearchError
    from search.query import QuerySyntaxError
    from search.service import open_engine, search

    engine = open_engine(wiring.search_config(config))
    try:
        result = search(engine, args.query, size=args.limit, highlight=False)
    except QuerySyntaxError as error:
        raise CommandError(f"query: {error}", bad_input=True) from error
    except SearchError as error:
        raise CommandError(str(error)) from error
    finally:
        engine.close()
    articles = Article.objects.select_related("outlet").in_bulk([hit.id for hit in result.hits])
    found = [articles[hit.id] for hit in result.hits if hit.id in articles]
    if args.format == "json":
        rows = [
            {
                "id": article.pk,
                "url": article.url,
                "outlet": article.outlet_id,
                "title": article.title,
                "published_at": article.published_at and article.published_at.astimezone(VIETNAM).isoformat(),
                "published_precision": article.published_precision,
            }
            for article in found
        ]
        sys.stdout.write(json.dumps({"total": result.total, "articles": rows}, ensure_ascii=False) + "\n")
        return 0
    for article in found:
        time = article.published_at or article.first_seen_at
        shown = f"{time.astimezone(VIETNAM):%d/%m/%Y %H:%M}"
        sys.stdout.write(f"{shown}  {article.outlet.name}: {article.title}\n    {article.url}\n")
    sys.stderr.write(f"{result.total} found\n")
    return 0
