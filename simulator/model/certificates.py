# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Certificates of the simulated appliances: real X.509, made with cryptography.

One authority per world; every appliance gets a certificate for its network name and its loopback address from it.
Generate Certificate and Upload Certificate work as the guide's lines 295-304 and 895-928 say.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import dsa, ec, rsa
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from simulator.model.errors import Refused

PEM = serialization.Encoding.PEM


def _key_pem(key: PrivateKeyTypes) -> bytes:
    return key.private_bytes(PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())


@dataclass(frozen=True)
class Certificate:
    """A certificate with its key, as PEM bytes; ``chain`` follows the certificate when it is served."""

    certificate_pem: bytes
    key_pem: bytes
    origin: str
    chain: bytes = b""

    @property
    def parsed(self) -> x509.Certificate:
        return x509.load_pem_x509_certificate(self.certificate_pem)

    @property
    def thumbprint(self) -> str:
        """SHA-1 in upper-case hexadecimal, as Windows shows it."""
        return self.parsed.fingerprint(hashes.SHA1()).hex().upper()

    @property
    def sha256(self) -> str:
        return self.parsed.fingerprint(hashes.SHA256()).hex().upper()

    @property
    def subject(self) -> str:
        names = self.parsed.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
        return str(names[0].value) if names else self.parsed.subject.rfc4514_string()

    @property
    def not_after(self) -> datetime:
        return self.parsed.not_valid_after_utc


def _builder(
    name: str, issuer: x509.Name | None, days: int
) -> tuple[x509.CertificateBuilder, ec.EllipticCurvePrivateKey]:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(timezone.utc)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer or subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    return builder, key


def _usage(authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        key_cert_sign=authority,
        crl_sign=authority,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _for_server(builder: x509.CertificateBuilder, name: str, address: str) -> x509.CertificateBuilder:
    names: list[x509.GeneralName] = [x509.DNSName(name.lower())]
    names.append(x509.IPAddress(ipaddress.ip_address(address)))
    return (
        builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(authority=False), critical=True)
        .add_extension(
            x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH]), critical=False
        )
    )


class Authority:
    """The authority of one world."""

    def __init__(self) -> None:
        builder, key = _builder("Simulated U-Series CA", None, days=3650)
        certificate = (
            builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(_usage(authority=True), critical=True)
            .sign(key, hashes.SHA256())
        )
        self.pem = certificate.public_bytes(PEM)
        self._key_pem = _key_pem(key)

    def issue(self, name: str, address: str, days: int = 825) -> Certificate:
        """A server certificate for a name and an address."""
        authority = x509.load_pem_x509_certificate(self.pem)
        signer = serialization.load_pem_private_key(self._key_pem, None)
        assert isinstance(signer, ec.EllipticCurvePrivateKey)
        builder, key = _builder(name, authority.subject, days)
        identifier = x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key())
        builder = _for_server(builder, name, address).add_extension(identifier, critical=False)
        signed = builder.sign(signer, hashes.SHA256())
        return Certificate(signed.public_bytes(PEM), _key_pem(key), "issued")

    def accepts(self, store: CertificateStore) -> bool:
        """False for a store whose current certificate claims to be issued by an authority that is not this one."""
        if not store.bound or store.current().origin != "issued":
            return True
        try:
            store.current().parsed.verify_directly_issued_by(x509.load_pem_x509_certificate(self.pem))
        except (ValueError, TypeError, InvalidSignature):
            return False
        return True


def self_signed(name: str, address: str) -> Certificate:
    """What Generate Certificate makes."""
    builder, key = _builder(name, None, days=3650)
    signed = _for_server(builder, name, address).sign(key, hashes.SHA256())
    return Certificate(signed.public_bytes(PEM), _key_pem(key), "generated")


class CertificateStore:
    """The certificates of one appliance.

    ``version`` grows with every change of the certificate that the web site serves; ``stored`` maps thumbprints.
    """

    def __init__(self) -> None:
        self.version = 0
        self.stored: dict[str, Certificate] = {}
        self.bound = ""
        self.for_high_availability = ""
        self.client = ""

    def add(self, certificate: Certificate, bind: bool = False) -> None:
        self.stored[certificate.thumbprint] = certificate
        if bind:
            self.bound = certificate.thumbprint
            self.version += 1

    def current(self) -> Certificate:
        """The certificate bound to HTTPS."""
        if not self.bound:
            raise RuntimeError("no certificate yet: call appliance.issue_certificate() after setting appliance.address")
        return self.stored[self.bound]

    def current_pem(self) -> bytes:
        """Certificate, chain and key of the web site in one PEM text."""
        current = self.current()
        return current.certificate_pem + current.chain + current.key_pem

    def upload(self, filename: str, content: bytes, password: str, bind: bool, high_availability: bool) -> Certificate:
        """Import a PFX/P12 file."""
        if not filename.lower().endswith((".pfx", ".p12")):
            raise Refused("Certificates must be either .pfx or .p12 format.", {"file": "Choose a .pfx or .p12 file."})
        try:
            key, certificate, others = pkcs12.load_key_and_certificates(content, password.encode())
        except ValueError:
            raise Refused(
                "The certificate could not be imported. The password is wrong or the file is damaged.",
                {"password": "Check the password."},
            ) from None
        if certificate is None or not isinstance(
            key, (ec.EllipticCurvePrivateKey, rsa.RSAPrivateKey, dsa.DSAPrivateKey)
        ):
            raise Refused("The file holds no certificate with a private key that the web server can use.")
        chain = b"".join(other.public_bytes(PEM) for other in others)
        result = Certificate(certificate.public_bytes(PEM), _key_pem(key), "uploaded", chain)
        self.add(result, bind=bind)
        if high_availability:
            self.for_high_availability = result.thumbprint
        return result

    def export(self, password: str, machine_name: bool, client_name: str, address: str) -> bytes:
        """A PFX of the client certificate (or of the machine-name certificate)."""
        if not machine_name and self.client not in self.stored:
            made = self_signed(client_name, address)
            self.add(made)
            self.client = made.thumbprint
        chosen = self.current() if machine_name else self.stored[self.client]
        key = serialization.load_pem_private_key(chosen.key_pem, None)
        assert isinstance(key, (ec.EllipticCurvePrivateKey, rsa.RSAPrivateKey, dsa.DSAPrivateKey))
        encryption = serialization.BestAvailableEncryption(password.encode())
        return pkcs12.serialize_key_and_certificates(chosen.subject.encode(), key, chosen.parsed, None, encryption)
