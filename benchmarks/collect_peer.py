"""Runs under the peer's interpreter: addresses as JSON on stdin, time and count as JSON on stdout."""

import json
import resource
import sys
import time

from newsplease import NewsPlease


def main() -> None:
    urls = json.load(sys.stdin)
    NewsPlease.from_urls(urls[:2], request_args={"timeout": 30}, fetch_images=False)  # warm up
    started = time.perf_counter()
    found = NewsPlease.from_urls(urls, request_args={"timeout": 30}, fetch_images=False)
    seconds = time.perf_counter() - started
    with_text = sum(1 for article in found.values() if getattr(article, "maintext", None))
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    cpu = sum(usage.ru_utime + usage.ru_stime for usage in used)
    print(json.dumps({"seconds": seconds, "with_text": with_text, "cpu": cpu}))


if __name__ == "__main__":
    main()
