"""The connection: addresses and credentials, retries, the circuit breaker, and plain words for errors.

Errors that pass (no answer, 429, 502-504) are tried again with growing, jittered pauses. After several
calls in a row have failed so, the circuit is open: for a while every call fails at once, so that pages
and steps do not wait for a server that is away. Then a call tries again, once.
"""

from __future__ import annotations

import logging
import threading
import time
from base64 import b64encode
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from elastic_transport import ConnectionError as NoConnection
from elastic_transport import ConnectionTimeout, SerializationError, TlsError
from elasticsearch import ApiError, Elasticsearch, UnsupportedProductError

from search.config import SearchConfig
from search.elastic.pauses import jittered
from search.indexed import VIETNAM
from search.port import EngineUnavailable

T = TypeVar("T")

TRIES = 3
FIRST_PAUSE_S = 0.2
FAILURES_TO_OPEN = 3
OPEN_S = 10.0
PASSING = frozenset({429, 502, 503, 504})
VERSIONS = ("8", "9")
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
        self._reason: str | Promise = ""
        self._checked = False

    def call(self, work: Callable[[Elasticsearch], T]) -> T:
        """Does ``work``; what passes is tried again. Raises ``EngineUnavailable``, and ``ApiError`` 4xx.

        ``work`` may therefore run more than once, which must do no harm.
        """
        self._refuse_if_open()
        tries = TRIES if self._failures < FAILURES_TO_OPEN else 1
        for turn in range(tries):
            try:
                self._check_server()
                answer = work(self._client)
            except (NoConnection, ConnectionTimeout, SerializationError) as error:
                problem: Exception = error
                if isinstance(error, TlsError):
                    break
            except UnsupportedProductError as error:
                raise self._foreign() from error
            except ApiError as error:
                if error.status_code in (401, 403):
                    raise EngineUnavailable(
                        _(
                            "Elasticsearch ở %(url)s từ chối quyền truy cập (%(code)s); hãy kiểm tra "
                            "ELASTICSEARCH_API_KEY, hoặc ELASTICSEARCH_USER và ELASTICSEARCH_PASSWORD"
                        )
                        % {"url": self.url, "code": error.status_code}
                    ) from error
                if error.status_code not in PASSING:
                    self._succeeded()
                    raise
                problem = error
            else:
                self._succeeded()
                return answer
            if turn < tries - 1:
                self._sleep(jittered(FIRST_PAUSE_S, turn))
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
                _(
                    "%(url)s không hiểu yêu cầu của Elasticsearch 8 (lỗi %(code)s); chương trình cần "
                    "Elasticsearch phiên bản 8 hoặc 9, không phải 7 hay OpenSearch"
                )
                % {"url": self.url, "code": error.status_code}
            ) from error
        except (KeyError, TypeError) as error:
            raise self._foreign() from error
        if version.split(".")[0] not in VERSIONS:
            raise EngineUnavailable(
                _("%(url)s là Elasticsearch %(version)s; chương trình cần phiên bản 8 hoặc 9")
                % {"url": self.url, "version": version}
            )
        self._checked = True

    def _foreign(self) -> EngineUnavailable:
        return EngineUnavailable(
            _("%(url)s không phải là Elasticsearch; hãy sửa ELASTICSEARCH_URL") % {"url": self.url}
        )

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
                self._away_since = datetime.now(VIETNAM)
            if self._failures >= FAILURES_TO_OPEN:
                self._open_until = self._clock() + OPEN_S

    def _away(self, error: Exception | None) -> EngineUnavailable:
        if error is not None:
            self._reason = _reason(error, self.url)
        since = self._away_since or datetime.now(VIETNAM)
        return EngineUnavailable(
            _(
                "Elasticsearch ở %(url)s không trả lời từ %(since)s (%(reason)s); "
                "bài mới vẫn được lưu và sẽ vào chỉ mục khi máy chủ chạy lại"
            )
            % {"url": self.url, "since": f"{since:%H:%M %d/%m/%Y}", "reason": self._reason}
        )


def _reason(error: Exception, url: str) -> Promise:
    """What happened and what to do; not in a language yet, since others read it while the circuit is open."""
    said = str(error.args)  # the library says the cause there, and "TLS error" of itself
    if isinstance(error, ApiError):
        return format_lazy(gettext_lazy("lỗi {code}; hãy xem nhật ký của máy chủ"), code=error.status_code)
    if isinstance(error, ConnectionTimeout):
        return gettext_lazy("quá thời gian chờ; máy chủ quá tải, hoặc ELASTICSEARCH_TIMEOUT quá ngắn")
    if isinstance(error, TlsError):
        if "WRONG_VERSION_NUMBER" in said:
            return gettext_lazy("máy chủ không dùng TLS; hãy viết ELASTICSEARCH_URL với http://")
        return gettext_lazy("chứng thư TLS không được tin cậy; hãy kiểm tra ELASTICSEARCH_CA")
    if isinstance(error, SerializationError):
        return gettext_lazy("câu trả lời không đọc được; hãy kiểm tra ELASTICSEARCH_URL")
    if "NameResolutionError" in said or "getaddrinfo" in said or "Name or service" in said:
        return gettext_lazy("không có máy chủ tên này; hãy sửa ELASTICSEARCH_URL")
    if url.startswith("http://") and ("closed" in said or "aborted" in said):
        return gettext_lazy("máy chủ ngắt kết nối; nếu nó dùng TLS, hãy viết ELASTICSEARCH_URL với https://")
    return gettext_lazy("không kết nối được; hãy khởi động máy chủ hoặc sửa ELASTICSEARCH_URL")


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
        pair = f"{config.elasticsearch_user}:{config.elasticsearch_password}"
        options["basic_auth"] = b64encode(pair.encode()).decode()  # the library takes no letter beyond ASCII
    if config.elasticsearch_ca:
        if not Path(config.elasticsearch_ca).is_file():
            raise EngineUnavailable(
                _("ELASTICSEARCH_CA: không có tệp %(file)s; hãy sửa đường dẫn")
                % {"file": config.elasticsearch_ca}
            )
        options["ca_certs"] = config.elasticsearch_ca
    try:
        return Elasticsearch(config.elasticsearch_url, **options)
    except (ValueError, OSError) as error:
        raise EngineUnavailable(
            _("Không dùng được ELASTICSEARCH_URL %(url)s (%(error)s); hãy viết như https://may-chu:9200")
            % {"url": config.elasticsearch_url, "error": error}
        ) from error


def _is_local(url: str) -> bool:
    return "//127." in url or "//localhost" in url
