"""The connection: addresses and credentials, retries, the circuit breaker, and plain words for errors.

Errors that pass (no answer, 429, 502-504) are tried again with growing, jittered pauses. After several
calls in a row have failed so, the circuit is open: for a while every call fails at once, so that pages
and steps do not wait for a server that is away. Then one call tries again.
"""

from __future__ import annotations

import logging
import random
import threading
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from elastic_transport import ConnectionError as NoConnection
from elastic_transport import ConnectionTimeout, SerializationError, TlsError
from elasticsearch import ApiError, Elasticsearch, UnsupportedProductError

from search.config import SearchConfig
from search.port import EngineUnavailable

T = TypeVar("T")

TRIES = 3
FIRST_PAUSE_S = 0.2
FAILURES_TO_OPEN = 3
OPEN_S = 10.0
PASSING = frozenset({429, 502, 503, 504})
VERSIONS = (8, 9)
_OTHER_LANGUAGE = frozenset({400, 406})  # how 7.x and others refuse the media type of version 8


class Connection:
    """Calls to one cluster. Safe among threads."""

    def __init__(
        self,
        config: SearchConfig,
        *,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ):
        self.url = config.elasticsearch_url
        self._client = _client(config)
        self._sleep = sleep
        self._clock = clock
        self._lock = threading.Lock()
        self._failures = 0
        self._open_until = 0.0
        self._away_since: datetime | None = None
        self._checked = False

    def call(self, work: Callable[[Elasticsearch], T]) -> T:
        """Does ``work``; what passes is tried again. Raises ``EngineUnavailable``, and ``ApiError`` 4xx.

        ``work`` may therefore run more than once, which must do no harm.
        """
        self._refuse_if_open()
        for turn in range(TRIES):
            try:
                self._check_server()
                answer = work(self._client)
            except (NoConnection, ConnectionTimeout, SerializationError) as error:
                problem: Exception = error
                if isinstance(error, TlsError):
                    break
            except UnsupportedProductError as error:
                raise EngineUnavailable(
                    f"{self.url} không phải là Elasticsearch; hãy sửa ELASTICSEARCH_URL"
                ) from error
            except ApiError as error:
                if error.status_code in (401, 403):
                    raise EngineUnavailable(
                        f"Elasticsearch từ chối quyền truy cập ({error.status_code}); hãy kiểm tra "
                        "ELASTICSEARCH_API_KEY, hoặc ELASTICSEARCH_USER và ELASTICSEARCH_PASSWORD"
                    ) from error
                if error.status_code not in PASSING:
                    self._succeeded()
                    raise
                problem = error
            else:
                self._succeeded()
                return answer
            if turn < TRIES - 1:
                self._sleep(FIRST_PAUSE_S * 2**turn * random.uniform(0.5, 1.5))  # noqa: S311  (no secret)
        self._failed()
        raise self._away(problem) from problem

    @property
    def away_since(self) -> datetime | None:
        """Since when the cluster has not answered; None while it does."""
        return self._away_since

    def close(self) -> None:
        """Closes the connections."""
        self._client.close()

    def _check_server(self) -> None:
        if self._checked:
            return
        try:
            version = str(self._client.info()["version"]["number"])
        except ApiError as error:
            if error.status_code not in _OTHER_LANGUAGE:
                raise
            raise EngineUnavailable(
                f"{self.url} không hiểu yêu cầu của Elasticsearch 8 (lỗi {error.status_code}); "
                "chương trình cần Elasticsearch phiên bản 8 hoặc 9, không phải 7 hay OpenSearch"
            ) from error
        if int(version.split(".")[0]) not in VERSIONS:
            raise EngineUnavailable(
                f"{self.url} là Elasticsearch {version}; chương trình cần phiên bản 8 hoặc 9"
            )
        self._checked = True

    def _refuse_if_open(self) -> None:
        with self._lock:
            if self._clock() < self._open_until:
                raise self._away(None)

    def _succeeded(self) -> None:
        with self._lock:
            self._failures = 0
            self._open_until = 0.0
            self._away_since = None

    def _failed(self) -> None:
        with self._lock:
            self._failures += 1
            self._checked = False  # what comes back may be another server
            if self._away_since is None:
                self._away_since = datetime.now(ZoneInfo("Asia/Ho_Chi_Minh"))
            if self._failures >= FAILURES_TO_OPEN:
                self._open_until = self._clock() + OPEN_S

    def _away(self, error: Exception | None) -> EngineUnavailable:
        since = f" từ {self._away_since:%H:%M %d/%m/%Y}" if self._away_since else ""
        reason = f" ({_reason(error)})" if error else ""
        return EngineUnavailable(
            f"Elasticsearch ở {self.url} không trả lời{since}{reason}; "
            "bài mới vẫn được lưu và sẽ vào chỉ mục khi máy chủ chạy lại"
        )


def _reason(error: Exception) -> str:
    if isinstance(error, ApiError):
        return f"lỗi {error.status_code}"
    if isinstance(error, ConnectionTimeout):
        return "quá thời gian chờ, ELASTICSEARCH_TIMEOUT"
    if isinstance(error, TlsError):
        return "chứng thư TLS không được tin cậy; hãy kiểm tra ELASTICSEARCH_CA"
    if isinstance(error, SerializationError):
        return "câu trả lời không đọc được"
    return "không kết nối được"


def _client(config: SearchConfig) -> Elasticsearch:
    # The library logs every request, and every failure again and again; we say each failure once.
    logging.getLogger("elastic_transport").setLevel(logging.ERROR)
    options: dict[str, Any] = {
        "request_timeout": config.elasticsearch_timeout,
        "max_retries": 0,
        "retry_on_timeout": False,
        "sniff_on_start": False,
        "http_compress": not _is_local(config.elasticsearch_url),
    }
    if config.elasticsearch_api_key:
        options["api_key"] = config.elasticsearch_api_key
    elif config.elasticsearch_user:
        options["basic_auth"] = (config.elasticsearch_user, config.elasticsearch_password)
    if config.elasticsearch_ca:
        if not Path(config.elasticsearch_ca).is_file():
            raise EngineUnavailable(
                f"ELASTICSEARCH_CA: không có tệp {config.elasticsearch_ca}; hãy sửa đường dẫn"
            )
        options["ca_certs"] = config.elasticsearch_ca
    try:
        return Elasticsearch(config.elasticsearch_url, **options)
    except (ValueError, OSError) as error:
        raise EngineUnavailable(
            f"Không dùng được ELASTICSEARCH_URL {config.elasticsearch_url!r} ({error}); "
            "hãy viết như https://may-chu:9200"
        ) from error


def _is_local(url: str) -> bool:
    return "//127." in url or "//localhost" in url
