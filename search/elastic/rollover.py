"""Several indexes behind one alias: when the newest has grown to its limit, another begins.

New articles go to the newest index. One that an older index holds is replaced there, so that no article
is ever in two; its ``_id`` comes from the canonical URL, so it is found without knowing when it was
indexed. No lifecycle module of the server is needed.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from elasticsearch import Elasticsearch

from es_mappings import ROLLOVER, load
from search.elastic import bulk
from search.elastic.connection import Connection
from search.elastic.indexes import Indexes
from search.port import EngineUnavailable

_GONE = "index_not_found_exception"


def roll_over(client: Elasticsearch, indexes: Indexes) -> bool:
    """Begins another index if the newest is at its limit; says whether it did.

    The server compares and swaps in one step; asked again, it does nothing.
    """
    made = indexes.next_name(client)
    answer = client.indices.rollover(
        alias=indexes.write,
        new_index=made,
        conditions=load(ROLLOVER)["conditions"],
        aliases={indexes.read: {}, indexes.own_alias(made): {}},
        mappings=indexes.meta(),
    )
    return bool(answer["rolled_over"])


def send_home(
    connection: Connection, indexes: Indexes, items: Sequence[bulk.Item], failed: bulk.Failed
) -> list[int]:
    """Writes each article to the index that holds it, and those that none holds to the newest.

    Raises ``IndexUnreadable`` when there is no index to write to: the articles wait, none is set aside.
    """
    homes = _homes(connection, indexes, [item.key for item in items])
    newest = [item for item in items if item.key not in homes]
    done: list[int] = []
    refused: bulk.Failed
    for alias in sorted(set(homes.values())):
        staying = [item for item in items if homes.get(item.key) == alias]
        refused = []
        done += bulk.send(connection, staying, alias, refused)
        # A rebuild replaced the older indexes this moment: its index has taken their place.
        moved = _gone(refused)
        newest += [item for item in staying if item.number in moved]
        failed += [each for each in refused if each[0] not in moved]
    refused = []
    done += bulk.send(connection, newest, indexes.write, refused) if newest else []
    if _gone(refused):
        raise indexes.missing()
    failed += refused
    return done


def _gone(refused: bulk.Failed) -> set[int]:
    return {number for number, reason in refused if reason.startswith(_GONE)}


def _homes(connection: Connection, indexes: Indexes, keys: Sequence[str]) -> dict[str, str]:
    """``_id`` to the own alias of the older index that holds it."""
    older = map(indexes.own_alias, connection.call(indexes.older))
    return {key: alias for alias in older for key in _held(connection, alias, keys)}


def _held(connection: Connection, alias: str, keys: Sequence[str]) -> list[str]:
    found = connection.call(lambda client: client.mget(index=alias, ids=keys, source=False))
    for each in found["docs"]:
        if "error" in each:  # taken for "not there", the article would be written twice
            raise EngineUnavailable(
                _("Elasticsearch chưa đọc được chỉ mục %(name)s (%(error)s); bài sẽ được gửi lại sau")
                % {"name": alias, "error": each["error"].get("type", "?")}
            )
    return [each["_id"] for each in found["docs"] if each.get("found")]
