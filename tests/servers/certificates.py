"""Certificates of the tests' own: an authority nobody else trusts, and one for 127.0.0.1 that it signed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

AUTHORITY = "CA of the tests"


def issue(folder: Path) -> None:
    """Writes ``ca.crt``, ``node.crt`` and ``node.key`` into a folder."""
    authority_key, node_key = (rsa.generate_private_key(65537, 2048) for _ in range(2))
    authority = _certificate(AUTHORITY, authority_key, authority_key, authority=True)
    node = _certificate("node", node_key, authority_key, authority=False)
    (folder / "ca.crt").write_bytes(authority.public_bytes(serialization.Encoding.PEM))
    (folder / "node.crt").write_bytes(node.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    private = node_key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    (folder / "node.key").write_bytes(private)


def _certificate(
    subject: str, key: rsa.RSAPrivateKey, signer: rsa.RSAPrivateKey, *, authority: bool
) -> x509.Certificate:
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject)]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, AUTHORITY)]))
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
