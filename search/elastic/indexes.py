"""Templates, indexes and aliases: made at first use, compared with ours, swapped after a rebuild."""

from __future__ import annotations

import threading
from itertools import chain
from typing import Any

from django.utils.translation import gettext as _
from elasticsearch import BadRequestError, Elasticsearch, NotFoundError

from es_mappings import (
    BUILD_ALIAS,
    COMPONENTS,
    INDEX_PREFIX,
    READ_ALIAS,
    TEMPLATE,
    VERSION,
    WRITE_ALIAS,
    differences,
    load,
)
from search.elastic.connection import Connection
from search.indexed import ANALYSIS_VERSION
from search.port import EngineUnavailable, IndexOutdated, IndexUnreadable

INDEX_VERSION = f"{VERSION}/{ANALYSIS_VERSION}"
_SEGMENTS = 4
# Nobody searches an index that is being built, and one that is lost with its server is built again.
# Its segments wait for the one merge at the end.
_WHILE_BUILDING = {
    "refresh_interval": "-1",
    "translog.durability": "async",
    "merge.policy.segments_per_tier": "100",
}


class Indexes:
    """The indexes of one cluster. ``prefix`` keeps installations (and tests) apart."""

    def __init__(self, connection: Connection, prefix: str = ""):
        self._connection = connection
        self._lock = threading.Lock()
        self._ready = False
        self.prefix = f"{prefix}{INDEX_PREFIX}"
        self.read = f"{prefix}{READ_ALIAS}"
        self.write = f"{prefix}{WRITE_ALIAS}"
        self.build = f"{prefix}{BUILD_ALIAS}"
        self._template_prefix = prefix

    def ensure(self) -> None:
        """Makes templates, a first index and aliases where they are missing.

        Raises ``IndexOutdated`` when the index is of another version than the program.
        """
        with self._lock:
            if self._ready:
                return
            self._connection.call(self._make)
            self._ready = True

    def forget(self) -> None:
        """Looks again at the next use: the index was removed behind our back."""
        with self._lock:
            self._ready = False

    def _make(self, client: Elasticsearch) -> None:
        self.put_templates(client)
        # A free name: indexes without aliases may lie there. Before we look, so that two processes agree.
        first = self.next_name(client)
        if not client.indices.exists_alias(name=self.read):
            try:
                client.indices.create(
                    index=first,
                    mappings=self.meta(),
                    aliases={
                        self.read: {},
                        self.write: {"is_write_index": True},
                        self.own_alias(first): {},
                    },
                )
            except BadRequestError as error:
                if error.error != "resource_already_exists_exception":
                    raise
        self._mend_aliases(client)
        live = self.version(client)
        if live != INDEX_VERSION:
            raise IndexOutdated(
                _(
                    "Chỉ mục Elasticsearch thuộc phiên bản %(live)s, chương trình cần %(wanted)s; "
                    "hãy chạy diembao reindex để dựng lại từ kho bài"
                )
                % {"live": live, "wanted": INDEX_VERSION}
            )

    def _mend_aliases(self, client: Elasticsearch) -> None:
        """Gives the indexes behind the read alias the others too: who puts one back may forget them."""
        behind = client.indices.get(index=self.read, features="aliases")
        written = any(index["aliases"].get(self.write, {}).get("is_write_index") for index in behind.values())
        newest = max(behind, key=self._number)
        actions: list[dict[str, Any]] = []
        for name, index in behind.items():
            if self.own_alias(name) not in index["aliases"]:
                actions.append({"add": {"index": name, "alias": self.own_alias(name)}})
            writes = name == newest and not written
            if writes or self.write not in index["aliases"]:
                actions.append({"add": {"index": name, "alias": self.write, "is_write_index": writes}})
        if actions:
            client.indices.update_aliases(actions=actions)

    def _number(self, name: str) -> int:
        number = name.removeprefix(self.prefix)
        return int(number) if number.isdigit() else 0

    def put_templates(self, client: Elasticsearch) -> None:
        """Our templates as they are in es_mappings, under names with our prefix, unless they are there."""
        name = self._template_prefix + TEMPLATE
        if client.indices.exists_index_template(name=name):
            live = client.indices.get_index_template(name=name)["index_templates"][0]["index_template"]
            if live.get("_meta", {}).get("version") == VERSION:
                return
        for component_name in COMPONENTS:
            component = load(component_name)
            client.cluster.put_component_template(
                name=self._template_prefix + component_name,
                template=component["template"],
                meta=component["_meta"],
            )
        template = load(TEMPLATE)
        template["meta"] = {**template.pop("_meta"), "version": VERSION}
        template["index_patterns"] = [f"{self.prefix}*"]
        template["composed_of"] = [self._template_prefix + name for name in template["composed_of"]]
        client.indices.put_index_template(name=self._template_prefix + TEMPLATE, **template)

    def own_alias(self, index: str) -> str:
        """An alias of one index alone: written to by name, an index that is gone would be made again."""
        return f"{index}-only"

    def meta(self) -> dict[str, Any]:
        """What the mappings of a new index say of its version."""
        return {"_meta": {"version": INDEX_VERSION}}

    def next_name(self, client: Elasticsearch) -> str:
        """The name for another index."""
        existing = client.indices.get_settings(index=f"{self.prefix}*", expand_wildcards="all")
        return f"{self.prefix}{max(map(self._number, existing), default=0) + 1}"

    def older(self, client: Elasticsearch) -> list[str]:
        """The indexes behind the aliases that take no new articles any more."""
        behind = client.indices.get_alias(name=self.write)
        return sorted(
            name
            for name, index in behind.items()
            if not index["aliases"][self.write].get("is_write_index", False)
        )

    def version(self, client: Elasticsearch) -> str:
        """The version that the current indexes were made for."""
        try:
            mappings = client.indices.get_mapping(index=self.read)
        except NotFoundError as error:
            raise self.missing() from error
        versions = {index["mappings"].get("_meta", {}).get("version", "?") for index in mappings.values()}
        return ", ".join(sorted(versions)) or "?"

    def missing(self) -> IndexUnreadable:
        """The index is not there any more: what to say."""
        return IndexUnreadable(
            _(
                "Chỉ mục %(name)s không còn trên Elasticsearch; "
                "hãy chạy diembao reindex để dựng lại từ kho bài"
            )
            % {"name": self.read}
        )

    def differences(self) -> list[str]:
        """Where the live index differs from es_mappings, one line each."""

        def compare(client: Elasticsearch) -> list[str]:
            lines: list[str] = []
            for name, live in client.indices.get(index=self.read).items():
                for component in (*COMPONENTS, TEMPLATE):
                    wanted = load(component)["template"]
                    if "settings" in wanted and "index" not in wanted["settings"]:
                        wanted = {"settings": {"index": wanted["settings"]}}
                    lines += [f"{name}: {line}" for line in differences(wanted, dict(live))]
            return lines

        return self._connection.call(compare)

    def written(self, client: Elasticsearch) -> dict[str, int]:
        """See ``SearchEngine.written``: the unique id of each index, and its highest sequence number."""
        answer = client.indices.stats(index=self.read, metric="docs", level="shards")
        live = answer["indices"]
        if answer["_shards"]["failed"] or set(client.indices.get_alias(name=self.read)) - set(live):
            # An index that does not answer now is not one that has gone.
            raise EngineUnavailable(
                _("Elasticsearch chỉ trả lời một phần: thiếu mảnh chỉ mục; hãy kiểm tra các nút")
            )
        numbers: dict[str, int] = {}
        for index in live.values():
            copies = chain.from_iterable(index["shards"].values())
            numbers[index["uuid"]] = max(int(copy["seq_no"]["max_seq_no"]) for copy in copies)
        return numbers

    def building(self, client: Elasticsearch) -> bool:
        """Whether a rebuild is under way anywhere."""
        return bool(client.indices.exists_alias(name=self.build))

    def start_build(self, client: Elasticsearch) -> str:
        """A new, empty index behind the build alias; one that a dead rebuild left is removed."""
        self.put_templates(client)
        made = self.next_name(client)
        if self.building(client):
            for dead in client.indices.get_alias(name=self.build):
                client.indices.delete(index=dead, ignore_unavailable=True)
        client.indices.create(
            index=made,
            mappings=self.meta(),
            settings=_WHILE_BUILDING,
            aliases={self.build: {}, self.own_alias(made): {}},
        )
        return made

    def remove(self, client: Elasticsearch, made: str) -> None:
        """Removes an index that was not finished; one that is gone is no error."""
        client.indices.delete(index=made, ignore_unavailable=True)

    def swap(self, client: Elasticsearch, made: str) -> None:
        """Moves the aliases to ``made`` and removes the index they pointed to, in one step.

        Asked again, because the answer was lost, it does nothing.
        """
        if client.indices.exists_alias(index=made, name=self.read):
            return
        if not client.indices.exists_alias(index=made, name=self.build):
            raise EngineUnavailable(_("Một lần dựng lại khác đã thay chỗ lần này; hãy đợi lần kia xong"))
        # Settings first: what is written from here on is on disk when it is answered, the rest by the flush.
        client.indices.put_settings(index=made, settings=dict.fromkeys(_WHILE_BUILDING))
        client.indices.flush(index=made)
        actions: list[dict[str, Any]] = [
            {"add": {"index": made, "alias": self.read}},
            {"add": {"index": made, "alias": self.write, "is_write_index": True}},
            {"remove": {"index": made, "alias": self.build}},
        ]
        if client.indices.exists_alias(name=self.read):
            old = client.indices.get_alias(name=self.read)
            actions += [{"remove_index": {"index": name}} for name in old if name != made]
        client.indices.update_aliases(actions=actions)
        # A new index is many small segments; merging them, in the background, speeds up every search.
        client.indices.forcemerge(index=made, max_num_segments=_SEGMENTS, wait_for_completion=False)
        with self._lock:
            self._ready = True
