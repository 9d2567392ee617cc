"""A server with security on: TLS by a certificate authority of its own, and one administrator.

The artifact has the security module but none of its tools, so their files are written here: the node's
certificate, and the administrator in the files ``users`` and ``users_roles`` of the file realm.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from pathlib import Path

from tests.servers.certificates import issue

ADMINISTRATOR = "quan-tri"
PASSWORD = "mật:khẩu của ông chủ"
_ROUNDS = 10_000

SETTINGS = (
    "xpack.security.enabled: true",
    "xpack.security.autoconfiguration.enabled: false",
    "xpack.security.http.ssl.enabled: true",
    "xpack.security.http.ssl.key: certs/node.key",
    "xpack.security.http.ssl.certificate: certs/node.crt",
    "xpack.security.http.ssl.certificate_authorities: certs/ca.crt",
    "xpack.security.authc.password_hashing.algorithm: pbkdf2",
)


def secure(config: Path) -> None:
    """Puts certificates and the administrator into the folder ``config``."""
    certs = config / "certs"
    certs.mkdir()
    issue(certs)
    (config / "users").write_text(f"{ADMINISTRATOR}:{_hashed(PASSWORD)}\n", "utf-8")
    (config / "users_roles").write_text(f"superuser:{ADMINISTRATOR}\n", "utf-8")


def _hashed(password: str) -> str:
    """As Elasticsearch writes it: PBKDF2 of SHA-512, salt and hash of 32 bytes."""
    salt = secrets.token_bytes(32)
    made = hashlib.pbkdf2_hmac("sha512", password.encode(), salt, _ROUNDS, 32)
    return f"{{PBKDF2}}{_ROUNDS}${base64.b64encode(salt).decode()}${base64.b64encode(made).decode()}"
