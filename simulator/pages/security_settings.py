# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Maintenance > Security Settings (guide lines 236-339, 642-660, 895-928)."""

from __future__ import annotations

import io
import json
from typing import Any

import pyzipper

from simulator.model.errors import Refused
from simulator.pages.kit import Values, button, stored, text, whole
from simulator.pages.spec import Download, Field, Outcome, Page, Section, Upload

PROTOCOLS = ("SSL 3.0 + TLS 1.0/1.1/1.2", "TLS 1.0/1.1/1.2", "TLS 1.1/1.2", "TLS 1.2")
KEY_ENTRY = "crypto.key"
YES_NO = ("Yes", "No")
ENCRYPTION = ("Encryption Password", "Password", "Key Password")


def _need(values: Values, key: str) -> str:
    value = text(values, key)
    if not value:
        raise Refused("Check the marked fields.", {key: "A password is required."})
    return value


def _download_key(appliance: Any, values: Values) -> Outcome:
    password = _need(values, "encryption_password")
    buffer = io.BytesIO()
    with pyzipper.AESZipFile(buffer, "w", encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword(password.encode())
        archive.writestr(KEY_ENTRY, json.dumps({"key": appliance.crypto_key}))
    return Outcome(download=Download("CryptoKey.zip", buffer.getvalue(), "application/zip"))


def _upload_key(appliance: Any, values: Values) -> str:
    password = _need(values, "encryption_password")
    sent = values.get("file")
    if not isinstance(sent, Upload):
        raise Refused("Check the marked fields.", {"file": "Choose the crypto key zip file."})
    try:
        with pyzipper.AESZipFile(io.BytesIO(sent.content)) as archive:
            archive.setpassword(password.encode())
            appliance.crypto_key = json.loads(archive.read(KEY_ENTRY))["key"]
    except (RuntimeError, KeyError, ValueError, pyzipper.BadZipFile):
        raise Refused("The crypto key could not be read. The password is wrong or the file is no crypto key.") from None
    return "The uploaded crypto key was generated."


def _fips(appliance: Any, values: Values) -> str:
    appliance.fips_wanted = bool(values.get("fips_state"))
    if appliance.fips_wanted == appliance.fips:
        return "The FIPS setting was updated."
    return "The FIPS setting was updated. Reboot the U-Series Appliance for it to take effect."


def _maximum_age(appliance: Any, values: Values) -> str:
    appliance.api_maximum_age = whole(values, "maximum_age", 1)
    return "The maximum age was updated."


def _generate_key(appliance: Any, _values: Values) -> str:
    appliance.generate_api_key()
    return "A new API key was generated."


def _refresh(appliance: Any, _values: Values) -> str:
    appliance.endpoints_refreshed += 1
    return "The Analytics & Reporting endpoints were refreshed."


def _generate_certificate(appliance: Any, _values: Values) -> str:
    appliance.generate_certificate()
    return "The certificate was generated."


def _export(appliance: Any, values: Values) -> Outcome:
    password = _need(values, "password")
    machine = bool(values.get("export_machine_name_certificate"))
    content = appliance.certificates.export(password, machine, "eEyeEmmsClient", appliance.address)
    name = appliance.network_name if machine else "eEyeEmmsClient"
    return Outcome(download=Download(f"{name}.pfx", content, "application/x-pkcs12"))


def _protocols(appliance: Any, values: Values) -> str:
    wanted = text(values, "minimum_protocols")
    if wanted not in PROTOCOLS:
        raise Refused("Check the marked fields.", {"minimum_protocols": "Choose one of the protocols."})
    appliance.minimum_tls = wanted
    return "The security protocols were updated."


def _hsts(appliance: Any, values: Values) -> str:
    appliance.hsts = bool(values.get("hsts"))
    return "The HSTS setting was updated."


def _upload_certificate(appliance: Any, values: Values) -> str:
    sent = values.get("file")
    if not isinstance(sent, Upload):
        raise Refused("Check the marked fields.", {"file": "Choose a .pfx or .p12 file."})
    bind, shared = bool(values.get("bind_to_https")), bool(values.get("use_for_high_availability"))
    added = appliance.certificates.upload(sent.filename, sent.content, text(values, "password"), bind, shared)
    return f"The certificate {added.subject} was uploaded."


def _password(name: str, label: str, *wordings: str) -> Field:
    return Field(name, label, "password", bool(wordings), wordings, secret=True)


CRYPTO = (
    Section(
        "download_crypto_key",
        "Download Crypto Key Options",
        fields=(_password("encryption_password", "encryption password", *ENCRYPTION),),
        buttons=(button("submit", "Submit", _download_key, writes=False),),
        read=lambda _a: {"encryption_password": 0},
    ),
    Section(
        "upload_crypto_key",
        "Upload Crypto Key Options",
        fields=(
            _password("encryption_password", "encryption password", *ENCRYPTION),
            Field("file", "crypto key zip file", "file", True, ("Crypto Key File", "Key File", "Drop file to upload")),
        ),
        buttons=(button("generate_uploaded_key", "Generate the Uploaded Key", _upload_key),),
        read=lambda _a: {"encryption_password": 0, "file": ""},
    ),
)
FIPS = Section(
    "fips",
    "FIPS Compliance Checking",
    fields=(Field("fips_state", "FIPS State", "toggle", states=YES_NO),),
    buttons=(button("update_fips", "Update FIPS Setting", _fips),),
    read=lambda a: {"fips_state": a.fips_wanted},
)
API_KEY = Section(
    "api_key",
    "API Key",
    guessed=True,
    wordings=("Appliance API Key", "Manage API Key", "U-Series Appliance API"),
    fields=(
        Field(
            "maximum_age",
            "maximum age",
            "number",
            True,
            ("Maximum Age (minutes)", "Message Maximum Age", "Max Age"),
            minimum=1,
        ),
        Field(
            "api_key",
            "API key",
            "readonly",
            True,
            ("API Registration Key", "Current API Key", "Registration Key"),
            secret=True,
        ),
    ),
    buttons=(
        button("update_maximum_age", "Update Maximum Age", _maximum_age),
        button("generate_api_key", "Generate API Key", _generate_key, ask="Generate a new API key?"),
    ),
    read=lambda a: {"maximum_age": a.api_maximum_age, "api_key": a.api_key},
)
EVENT_SERVICE = stored(
    "security_settings.event_service_ssl",
    "Event Service SSL Requirement",
    (Field("certificate_required", "Event Service SSL/Certificate Required", "toggle", states=YES_NO),),
    ("submit", "Submit"),
    {"certificate_required": True},
    "The event service setting was saved.",
)
ANALYTICS = Section(
    "analytics_endpoints",
    "Analytics & Reporting Endpoints",
    guessed=True,
    wordings=("Analytics & Reporting", "Refresh Analytics & Reporting Endpoints", "Reporting Endpoints"),
    buttons=(button("refresh", "Refresh", _refresh),),
)
GENERATE = Section(
    "generate_certificate",
    "Generate Certificate",
    guessed=True,
    wordings=("SSL Certificate", "Regenerate SSL Certificate", "Web Site Certificate"),
    buttons=(
        button("generate_certificate", "Generate Certificate", _generate_certificate, ask="Replace the certificate?"),
    ),
)
EXPORT = Section(
    "export_client_certificate",
    "EXPORT CLIENT CERTIFICATE",
    fields=(
        _password("password", "Password"),
        Field("export_machine_name_certificate", "Export Machine Name Certificate", "toggle", states=YES_NO),
    ),
    buttons=(button("export_certificate", "Export and Download Certificate", _export, writes=False),),
    read=lambda _a: {"password": 0, "export_machine_name_certificate": False},
)
TLS = Section(
    "security_protocols",
    "Security Protocols (TLS)",
    fields=(Field("minimum_protocols", "Minimum Supported Security Protocols", "choice", choices=PROTOCOLS),),
    buttons=(button("update_protocols", "Update Security Protocols", _protocols),),
    read=lambda a: {"minimum_protocols": a.minimum_tls},
)
HSTS = Section(
    "hsts",
    "HSTS",
    guessed=True,
    wordings=("Turn On HSTS", "HTTP Strict Transport Security", "HSTS Settings"),
    fields=(
        Field(
            "hsts",
            "HSTS",
            "toggle",
            True,
            ("HSTS State", "Enable HSTS", "HSTS Enabled"),
            states=("Enabled", "Disabled"),
        ),
    ),
    buttons=(button("update_hsts", "Update HSTS Setting", _hsts),),
    read=lambda a: {"hsts": a.hsts},
)
UPLOAD = Section(
    "upload_certificate",
    "Upload Certificate",
    fields=(
        Field("file", "Drop file to upload (or click)", "file"),
        _password("password", "Password"),
        Field("bind_to_https", "Bind to HTTPS on update", "toggle", states=YES_NO),
        Field("use_for_high_availability", "Use for High Availability", "toggle", states=YES_NO),
    ),
    buttons=(button("upload_certificate", "Upload Certificate", _upload_certificate),),
    notes=("Certificates must be either .pfx or .p12 format",),
    read=lambda _a: {"file": "", "password": 0, "bind_to_https": False, "use_for_high_availability": False},
)
PAGE = Page(
    "security_settings",
    "Security Settings",
    ("Maintenance", "Security Settings"),
    (*CRYPTO, FIPS, API_KEY, EVENT_SERVICE, ANALYTICS, GENERATE, EXPORT, TLS, HSTS, UPLOAD),
)
