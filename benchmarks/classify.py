"""Classifying on one core: articles a second, against underthesea's tokenizer, tagger and NER.

    make bench ARGS="classify [--articles 1000] [--peer-articles 20] [--corpus FILE]"

Each measurement runs in a process of its own, pinned to one core where the system can do that, so that
memory and start-up are the worker's and nobody shares its time.
"""

from __future__ import annotations

import argparse
import gzip
import json
import multiprocessing
import os
import resource
import time
from datetime import date
from pathlib import Path

CORPUS = Path(__file__).resolve().parent.parent.parent / "shared" / "data" / "press_dev.jsonl.gz"
PROVINCE = Path(__file__).resolve().parent.parent / "provinces" / "ha-tinh"


def read(corpus: Path, count: int) -> list[dict]:
    with gzip.open(corpus, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line, _ in zip(lines, range(count), strict=False)]


def one_core() -> None:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {sorted(os.sched_getaffinity(0))[-1]})


def ours(rows: list[dict], result) -> None:
    one_core()
    begin = time.perf_counter()
    from classifiers.records import ArticleText
    from pipeline.classify.classifiers import load_classifiers

    classifiers = load_classifiers(PROVINCE)
    start = time.perf_counter() - begin
    articles = [ArticleText(row["title"], row.get("lead", ""), row["body"], date(2017, 5, 1)) for row in rows]
    for article in articles[:20]:
        classifiers.findings(article)
    begin, cpu = time.perf_counter(), time.process_time()
    findings = sum(len(classifiers.findings(article)) for article in articles)
    wall, cpu = time.perf_counter() - begin, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    result.send((start, len(articles) / wall, len(articles) / cpu, peak, findings))


def peer(rows: list[dict], result) -> None:
    one_core()
    from underthesea import ner, pos_tag, word_tokenize

    for function in (word_tokenize, pos_tag, ner):
        function("Hà Tĩnh chủ động ứng phó với mưa lũ.")
    begin, cpu = time.perf_counter(), time.process_time()
    for row in rows:
        text = f"{row['title']}\n{row.get('lead', '')}\n{row['body']}"
        word_tokenize(text)
        pos_tag(text)
        ner(text)
    result.send((len(rows) / (time.perf_counter() - begin), len(rows) / (time.process_time() - cpu)))


def measured(function, rows: list[dict]):
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=function, args=(rows, sender))
    process.start()
    sender.close()
    answer = receiver.recv()
    process.join()
    return answer


def main() -> None:
    parser = argparse.ArgumentParser(description="Classification speed")
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--peer-articles", type=int, default=20)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    args = parser.parse_args()
    rows = read(args.corpus, args.articles)
    characters = sum(len(row["body"]) for row in rows) / len(rows)
    print(f"{len(rows)} real articles, {characters:.0f} characters each, one core")
    start, wall, cpu, peak, findings = measured(ours, rows)
    print(f"places + topics    {wall:8.1f} articles/s ({cpu:.1f} by CPU time), {findings} findings")
    print(f"start of a worker  {start:8.2f} s;  peak memory {peak:.0f} MB")
    # The same articles as far as the peer gets in reasonable time: it is two orders slower.
    peer_wall, peer_cpu = measured(peer, rows[: args.peer_articles])
    print(
        f"underthesea word_tokenize + pos_tag + ner {peer_wall:.2f} articles/s ({peer_cpu:.2f} by CPU time)"
    )
    same_wall = measured(ours, rows[: args.peer_articles])[2]
    print(f"ratio on the same {args.peer_articles} articles, by CPU time: {same_wall / peer_cpu:.0f} times")


if __name__ == "__main__":
    main()
