"""What ``diembao doctor`` looks at. Each check says what it found and, if bad, what to do."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from diembao import wiring
from diembao.config import Config
from diembao.errors import CommandError

LEAST_FREE_GB = 2.0


@dataclass(frozen=True, slots=True)
class Check:
    """One finding of the doctor."""

    name: str
    good: bool
    message: str


def _data_folder(data: Path) -> Check:
    if not os.access(data, os.W_OK):
        return Check("data folder", False, f"{data} cannot be written; change its owner or set DIEMBAO_DATA")
    free = shutil.disk_usage(data).free / 1e9
    if free < LEAST_FREE_GB:
        return Check("data folder", False, f"only {free:.1f} GB free at {data}; make room before it fills up")
    return Check("data folder", True, f"{data}, {free:.0f} GB free")


def _database() -> Check:
    try:
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        return Check("database", False, f"cannot be reached ({str(error).strip()}); check DATABASE_URL")
    if plan:
        return Check("database", False, f"{len(plan)} migrations are missing; run diembao init")
    return Check("database", True, f"{connection.vendor}, up to date")


def _index(config: Config) -> Check:
    from archive.indexed import settled_articles
    from archive.models import Article
    from archive.outage import search_away_since
    from search.port import SearchError
    from search.service import open_engine

    try:
        engine = open_engine(wiring.search_config(config))
    except SearchError as error:
        return Check("search index", False, str(error))
    settled = settled_articles()  # first: what is indexed from here on is too much, not too little
    try:
        health = engine.health()
    finally:
        engine.close()
    if not health.ok:
        return Check("search index", False, health.message)
    waiting = Article.objects.filter(needs_index=True).count()
    quarantine = Article.objects.exclude(index_error="")
    refused = quarantine.count()
    archived = Article.objects.count()
    if (missing := settled - health.documents) > 0:
        return Check(
            "search index",
            False,
            f"{missing} articles are missing from it; the running service notices within ten minutes and "
            "indexes them again; diembao reindex does it at once",
        )
    if (strangers := health.documents - archived) > 0:
        message = f"it holds {strangers} articles that the archive does not; run diembao reindex"
        return Check("search index", False, message)
    if since := search_away_since():
        message = f"it has taken no articles since {since:%Y-%m-%d %H:%M} UTC, {waiting} wait"
        return Check("search index", False, f"{message}; the log of the service says why")
    if worst := quarantine.first():
        return Check(
            "search index",
            False,
            f"{refused} articles are refused by {health.engine}, as {worst.url}: {worst.index_error}; "
            "all are on the sources page; mend the cause, then run diembao reindex",
        )
    return Check(
        "search index",
        True,
        f"{health.engine}, {health.documents} articles, {waiting} waiting",
    )


def _sources() -> Check:
    from archive.models import Source

    active = Source.objects.filter(active=True)
    failing = active.filter(failures__gt=2)
    if not active.exists():
        return Check("sources", False, "none yet; start diembao watch (or run) once")
    if failing.exists():
        worst = failing.order_by("-failures").first()
        return Check(
            "sources",
            False,
            f"{failing.count()} of {active.count()} fail, as {worst}: {worst.last_error if worst else ''}; "
            "see the sources page or run diembao sources check",
        )
    if not active.filter(last_success_at__isnull=False).exists():
        tried = active.filter(last_tried_at__isnull=False).exists()
        reason = (
            "this machine reaches none of them; check its network"
            if tried
            else "start diembao watch (or run)"
        )
        return Check("sources", False, f"none of {active.count()} has been read yet; {reason}")
    return Check("sources", True, f"{active.count()} active, none failing")


def _analysis() -> Check:
    from archive.models import StepFailure

    newest = StepFailure.objects.select_related("article").first()
    if newest is None:
        return Check("analysis", True, "every article could be classified and compared")
    count = StepFailure.objects.values("article").distinct().count()
    return Check(
        "analysis",
        False,
        f"{count} articles could not be classified or compared, as {newest.article.url}: {newest.error}; "
        "they are on the sources page; retry with diembao reclassify --failed",
    )


def _alerts(config: Config) -> Check:
    from alerts.channels import open_channels
    from alerts.models import Delivery, Rule, Target

    channels = open_channels(wiring.alert_config(config))
    dead = Delivery.objects.filter(state=Delivery.State.DEAD).count()
    if dead:
        return Check("alerts", False, f"{dead} messages could not be sent; see the outgoing messages page")
    shut = Target.objects.filter(enabled=True).exclude(channel__in=channels).values_list("channel", flat=True)
    if missing := sorted(set(shut)):
        wanted = ", ".join(missing)
        return Check("alerts", False, f"recipients wait for channels that are not set up: {wanted}")
    rules = Rule.objects.filter(enabled=True).count()
    return Check("alerts", True, f"{rules} rules; channels: {', '.join(channels) or 'none set up'}")


def _profile(config: Config) -> Check:
    try:
        profile = wiring.province(config)
    except CommandError as error:
        return Check("province", False, str(error))
    unverified = sum(1 for outlet in profile.outlets if outlet.status != "verified")
    return Check(
        "province",
        True,
        f"{profile.full_name}, {len(profile.outlets)} outlets ({unverified} with unverified addresses)",
    )


def all_checks(config: Config) -> Iterator[Check]:
    """Every check, in an order in which each makes sense if those before are good."""
    yield _data_folder(config.data)
    yield _profile(config)
    database = _database()
    yield database
    if database.good:
        yield _sources()
        yield _analysis()
        yield _index(config)
        yield _alerts(config)
