"""Measures search: indexing speed, latency of ten query kinds, disk per article, beside peers.

    python -m benchmarks.search [--articles 30000] [--engines embedded,elastic,fts5,postgresql]
    python -m benchmarks.search --articles 300000,1000000 --engines embedded,elastic

Every question is asked as a page asks it: exact total, 20 hits, facets of outlet, topic and place,
the timeline, and highlights. Our engines keep what they counted until the index changes; each question is
asked after they forgot it (cold), and again as they are in service (warm). Engines that cannot run here
are skipped with the reason. A table at the end has all engines side by side.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from elasticsearch import Elasticsearch

from benchmarks.search_corpus import Corpus, make
from benchmarks.search_peers import Fts5, Postgres, Unavailable
from search.config import SearchConfig
from search.elastic import ElasticEngine
from search.embedded import EmbeddedEngine
from search.port import SearchEngine, SearchRequest
from search.query import parse
from tests.servers import elasticsearch

ROOT = Path(__file__).resolve().parent.parent

KINDS: dict[str, tuple[str, ...]] = {
    "one rare word": ("sạt", "khoáng", "dịch", "kênh", "thủy", "đê"),
    "one common word": ("của", "người", "không", "được", "trong", "năm"),
    "two words with marks": ("lũ lụt", "môi trường", "học sinh", "bệnh viện", "giá xăng", "tai nạn"),
    "three words, no marks": ("uy ban tinh", "cong an dieu", "du an dau", "giao thong duong", "hoc sinh lop"),
    "phrase": ('"sở y tế"', '"hà tĩnh"', '"công an tỉnh"', '"ủy ban nhân dân"', '"bắc giang"'),
    "phrase, negation": ('"hà nội" -"công an"', '"bệnh viện" -sở', '"tai nạn" -xe', '"hà tĩnh" -cá'),
    "or": ("lũ OR bão", "(cháy OR nổ) nhà", "xăng OR điện", "formosa OR cá", "rừng OR gỗ"),
    "near": ('lũ NEAR/5 quét', 'công NEAR/3 an', '"bệnh viện" NEAR/5 "hà nội"', "tàu NEAR/10 cá"),
    "title": ("tiêuđề:hà", "tiêuđề:cháy", 'tiêuđề:"hà nội"', "tiêuđề:giá", "tiêuđề:trường"),
    "fields and days": ("nơi:12 từ:2023-01-01 đến:2023-12-31", "báo:bao-3 lũ", "chủđề:topic-05 cá", "nơi:20"),
}  # fmt: skip


class Ours:
    """One of our engines behind the port."""

    def __init__(self, name: str, engine: SearchEngine, corpus: Corpus, folder: Path | None):
        self.name, self.engine, self.corpus, self.folder = name, engine, corpus, folder

    def load(self) -> None:
        report = self.engine.rebuild(self.corpus.documents())
        assert report.indexed == self.corpus.size, report

    def ask(self, text: str) -> int:
        request = SearchRequest(parse(text), facets=("outlet", "topic", "place"), timeline=True)
        return self.engine.search(request).total

    def bytes(self) -> int:
        return sum(path.stat().st_size for path in self.folder.rglob("*") if path.is_file())

    def forget(self) -> None:
        self.engine.counts.forget()

    def close(self) -> None:
        self.engine.close()


def _embedded(corpus: Corpus, folder: Path) -> Ours:
    root = folder / "embedded"
    shutil.rmtree(root, ignore_errors=True)
    return Ours("embedded (tantivy)", EmbeddedEngine(root, corpus.texts), corpus, root)


class Elastic(Ours):
    """Elasticsearch: the server of TEST_ELASTICSEARCH_URL, or one of our own with a heap of 4 GB."""

    def __init__(self, corpus: Corpus, folder: Path):
        self._exit = ExitStack()
        try:
            url = self._exit.enter_context(elasticsearch.running(heap="4g"))
        except elasticsearch.NotAvailable as reason:
            raise Unavailable(str(reason)) from reason
        self.prefix = "bench-"
        config = SearchConfig(folder, elasticsearch_url=url, elasticsearch_timeout=120.0)
        self._client = self._exit.enter_context(Elasticsearch(url, request_timeout=120))
        super().__init__(
            "Elasticsearch",
            ElasticEngine(config, corpus.texts, corpus.segments, prefix=self.prefix),
            corpus,
            None,
        )

    def server_cpu(self) -> float:
        """Seconds of processor time that the server has used."""
        nodes = self._client.nodes.stats(metric="process")["nodes"].values()
        return sum(node["process"]["cpu"]["total_in_millis"] for node in nodes) / 1000

    def settle(self) -> str:
        """Waits for the merge that a rebuild leaves to the background."""
        started, before = time.perf_counter(), self.bytes()
        merges = ("GET", "/_tasks?actions=indices:admin/forcemerge*")
        while self._client.perform_request(*merges, headers={"accept": "application/json"})["nodes"]:
            time.sleep(1)
        time.sleep(11)  # the server tells sizes as of up to ten seconds ago
        return (
            f"{before / self.corpus.size:,.0f} bytes an article before segments were merged,"
            f" for {time.perf_counter() - started - 11:.0f} s"
        )

    def bytes(self) -> int:
        return int(
            self._client.indices.stats(index=f"{self.prefix}*")["_all"]["primaries"]["store"]["size_in_bytes"]
        )

    def forget(self) -> None:
        self._client.indices.clear_cache(index=f"{self.prefix}*", query=True, request=True)

    def close(self) -> None:
        super().close()
        for name in self._client.indices.get(index=f"{self.prefix}*"):
            self._client.indices.delete(index=name)
        self._exit.close()


ENGINES = {"embedded": _embedded, "elastic": Elastic, "fts5": Fts5, "postgresql": Postgres}


@dataclass(frozen=True, slots=True)
class Result:
    """What one engine did with one number of articles; (p50, p95) in ms per query kind, cold and warm."""

    engine: str
    articles: int
    rate: float
    size: float
    load: float
    cold: dict[str, tuple[float, float]]
    warm: dict[str, tuple[float, float]]
    totals: dict[str, int]


def measure(engine: object, rounds: int, *, cold: bool) -> dict[str, tuple[float, float, float]]:
    """Milliseconds per query kind: p50, p95, median of processor time; after a round that warms up."""
    forget = getattr(engine, "forget", None) if cold else None
    found = {}
    for kind, texts in KINDS.items():
        times, cpu = [], []
        for turn in range(rounds + 1):
            for text in texts:
                if forget:
                    forget()
                started, cpu_started = time.perf_counter(), time.process_time()
                engine.ask(text)
                if turn:
                    times.append((time.perf_counter() - started) * 1000)
                    cpu.append((time.process_time() - cpu_started) * 1000)
        found[kind] = statistics.median(times), statistics.quantiles(times, n=20)[18], statistics.median(cpu)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", default="30000", help="one number, or several with commas")
    parser.add_argument("--engines", default=",".join(ENGINES))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--source", type=Path, default=ROOT.parent / "shared/data/press_dev.jsonl.gz")
    parser.add_argument(
        "--work", type=Path, default=Path("var/bench-search"), help="folder for indexes; may grow to 20 GB"
    )
    options = parser.parse_args()
    if not options.source.exists():
        sys.exit(f"{options.source} is missing; give another corpus with --source")
    options.work.mkdir(parents=True, exist_ok=True)
    results: list[Result] = []
    for size in map(int, options.articles.split(",")):
        corpus = make(options.source, size, options.work / f"articles-{size}.sqlite")
        print(f"{size:,} articles, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
        here = [*_run(corpus, options)]
        _compare({each.engine: each.totals for each in here})
        results += here
    print("\n" + table(results))


def _run(corpus: Corpus, options: argparse.Namespace) -> Iterator[Result]:
    for name in options.engines.split(","):
        try:
            engine = ENGINES[name](corpus, options.work)
        except Unavailable as reason:
            print(f"\n{name}: skipped, {reason}")
            continue
        try:
            yield _report(engine, corpus, options.rounds)
        finally:
            engine.close()


def _report(engine: object, corpus: Corpus, rounds: int) -> Result:
    server = getattr(engine, "server_cpu", lambda: 0.0)
    started, cpu, server_cpu = time.perf_counter(), time.process_time(), server()
    engine.load()
    took, cpu = time.perf_counter() - started, time.process_time() - cpu
    server_cpu = server() - server_cpu
    settled = engine.settle() if hasattr(engine, "settle") else ""
    print(f"\n{engine.name} (load {os.getloadavg()[0]:.1f})")
    size = engine.bytes() / corpus.size
    print(
        f"  {corpus.size / took:,.0f} articles/s, {cpu / corpus.size * 1e6:,.0f} µs of this process's"
        + (f" and {server_cpu / corpus.size * 1e6:,.0f} µs of the server's" if server_cpu else "")
        + f" processor time and {size:,.0f} bytes an article"
    )
    if settled:
        print(f"  {settled}", flush=True)
    totals = {text: engine.ask(text) for texts in KINDS.values() for text in texts}
    latency = {}
    for name, cold in (("cold", True), ("warm", False)):
        found = measure(engine, rounds, cold=cold)
        print(f"  {name}")
        for kind, (p50, p95, cpu) in found.items():
            hits = max(totals[text] for text in KINDS[kind])
            print(
                f"  {kind:<24} p50 {p50:8.1f} ms   p95 {p95:8.1f} ms   cpu {cpu:7.1f} ms  "
                f" up to {hits:,} hits"
            )
        print(f"  {'worst p95':<24} {max(p95 for _, p95, _ in found.values()):21.1f} ms", flush=True)
        latency[name] = {kind: (p50, p95) for kind, (p50, p95, _) in found.items()}
    load = os.getloadavg()[0]
    return Result(
        engine.name, corpus.size, corpus.size / took, size, load, latency["cold"], latency["warm"], totals
    )


def table(results: Sequence[Result]) -> str:
    """One column an engine and number of articles, as Markdown."""
    rows = [
        ["", *(f"{each.engine}, {each.articles:,}" for each in results)],
        ["---"] * (len(results) + 1),
        ["articles indexed a second", *(f"{each.rate:,.0f}" for each in results)],
        ["bytes an article", *(f"{each.size:,.0f}" for each in results)],
    ]
    for kind in KINDS:
        for name in ("cold", "warm"):
            latencies = (getattr(each, name)[kind] for each in results)
            cells = (f"{p50:.0f} / {p95:.0f} ms" for p50, p95 in latencies)
            rows.append([f"{kind}, {name}, p50 / p95", *cells])
    rows.append(["load of the machine", *(f"{each.load:.1f}" for each in results)])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _compare(totals: dict[str, dict[str, int]]) -> None:
    for text in (text for texts in KINDS.values() for text in texts):
        counts = {name: answers[text] for name, answers in totals.items()}
        if len(set(counts.values())) > 1:
            print(f"different totals for {text}: {counts}")


if __name__ == "__main__":
    main()
