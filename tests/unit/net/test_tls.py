# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fingerprints and proof by handshake."""

from __future__ import annotations

import socket
import ssl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.useries.appliance.plugins.module_utils._net import tls
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._net.target import Target

HEX = "0123456789abcdef"


@given(st.text(HEX, min_size=64, max_size=64), st.sampled_from(["", ":", " ", "-"]), st.booleans())
def test_every_way_of_writing_a_fingerprint_is_the_same(digits, separator, capitals):
    text = separator.join(digits[at : at + 2] for at in range(0, 64, 2))
    assert tls.normalise_fingerprint("SHA256 Fingerprint=" + (text.upper() if capitals else text)) == digits


@given(st.text(max_size=80).filter(lambda text: sum(letter.lower() in HEX for letter in text) != 64))
def test_anything_else_is_refused(text):
    with pytest.raises(UseriesError) as caught:
        tls.normalise_fingerprint(text)
    assert caught.value.kind == "invalid"


def test_the_certificate_is_fetched_without_trust(serve, certificate):
    server = serve(lambda _n: b"", certificate)
    found = tls.fetch_certificate(Target("127.0.0.1", server.port))
    assert found.fingerprint == certificate.fingerprint
    assert found.subject == "CN=appliance"
    assert found.names == ("127.0.0.1",)
    assert found.not_after is not None and found.not_after.tzinfo is not None
    assert server.received == []


def test_a_certificate_that_no_authority_signed_is_not_fetched_when_it_must_be_verified(serve, certificate):
    server = serve(lambda _n: b"", certificate)
    with pytest.raises(UseriesError, match="CERTIFICATE_VERIFY_FAILED"):
        tls.fetch_certificate(Target("127.0.0.1", server.port), verified=True)


def test_the_version_is_negotiated(serve, certificate):
    server = serve(lambda _n: b"", certificate, maximum_version=ssl.TLSVersion.TLSv1_2)
    target = Target("127.0.0.1", server.port)
    assert tls.probe(target) == "TLSv1.2"
    assert tls.probe(target, minimum="TLSv1.3") is None
    assert tls.probe(target, minimum="TLSv1.2", maximum="TLSv1.2") == "TLSv1.2"


def test_an_old_version_is_refused_by_a_strict_server(serve, certificate):
    server = serve(lambda _n: b"", certificate, minimum_version=ssl.TLSVersion.TLSv1_2)
    assert tls.probe(Target("127.0.0.1", server.port), maximum="TLSv1.1") is None


def test_what_this_machine_and_the_address_can_speak_together(serve, certificate, monkeypatch):
    server = serve(lambda _n: b"", certificate, maximum_version=ssl.TLSVersion.TLSv1_2)
    target = Target("127.0.0.1", server.port)
    assert tls.speaks(target, "TLSv1.2")
    assert not tls.speaks(target, "TLSv1.3")
    blind = tls._blind_context

    def limited():
        context = blind()
        context.maximum_version = ssl.TLSVersion.TLSv1_2
        return context

    monkeypatch.setattr(tls, "_blind_context", limited)
    assert tls.speaks(target, "TLSv1.2")
    assert not tls.speaks(Target("127.0.0.1", serve(lambda _n: b"", certificate).port), "TLSv1.3")


def test_a_closed_port_is_unreachable():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(UseriesError) as caught:
        tls.probe(Target("127.0.0.1", port))
    assert caught.value.kind == "unreachable"
