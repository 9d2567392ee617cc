"""A server with security on: TLS by a certificate authority of its own, and one administrator.

The artifact has the security module but none of its tools, so their files are written here: the node's
certificate, and the administrator in the files ``users`` and ``users_roles`` of the file realm.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

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


def secure(config: Path) -> Path:
    """Puts certificates and the administrator into the folder ``config``; returns the CA's certificate."""
    certs = config / "certs"
    certs.mkdir()
    ca_key, node_key = (rsa.generate_private_key(65537, 2048) for _ in range(2))
    ca = _certificate("CA of the tests", ca_key, "CA of the tests", ca_key, authority=True)
    node = _certificate("node", node_key, "CA of the tests", ca_key, authority=False)
    (certs / "ca.crt").write_bytes(ca.public_bytes(serialization.Encoding.PEM))
    (certs / "node.crt").write_bytes(node.public_bytes(serialization.Encoding.PEM))
    (certs / "node.key").write_bytes(
        node_key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    (config / "users").write_text(f"{ADMINISTRATOR}:{_hashed(PASSWORD)}\n", "utf-8")
    (config / "users_roles").write_text(f"superuser:{ADMINISTRATOR}\n", "utf-8")
    return certs / "ca.crt"


def _certificate(
    subject: str, key: rsa.RSAPrivateKey, issuer: str, signer: rsa.RSAPrivateKey, *, authority: bool
) -> x509.Certificate:
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject)]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=2))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
    )
    if not authority:
        names = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
        builder = builder.add_extension(names, critical=False)
    return builder.sign(signer, hashes.SHA256())


def _hashed(password: str) -> str:
    """As Elasticsearch writes it: PBKDF2 of SHA-512, salt and hash of 32 bytes."""
    salt = secrets.token_bytes(32)
    made = hashlib.pbkdf2_hmac("sha512", password.encode(), salt, _ROUNDS, 32)
    return f"{{PBKDF2}}{_ROUNDS}${base64.b64encode(salt).decode()}${base64.b64encode(made).decode()}"
