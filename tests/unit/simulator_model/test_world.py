# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The world: seed, snapshot, restore, reset, certificates."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    load_pem_private_key,
    pkcs12,
)

from simulator.model.certificates import self_signed
from simulator.model.errors import Refused
from simulator.model.world import World


def test_the_seed_draws_identities() -> None:
    one, same, other = World(seed=1), World(seed=1), World(seed=2)
    password = one.appliance("UVM-1A").users["admin"].password
    assert same.appliance("UVM-1A").users["admin"].password == password
    assert other.appliance("UVM-1A").users["admin"].password != password
    assert one.appliance("UVM-1B").users["admin"].password != password
    assert one.appliance("UVM-1A").check_login("Administrator", password)
    assert not one.appliance("UVM-1A").check_login("administrator", password + "x")
    assert password not in repr(one.appliance("UVM-1A").users)


def test_a_snapshot_taken_in_the_middle_goes_on_after_restore(configured: World) -> None:
    first = configured.appliance("UVM-1A")
    first.ha.set_state(True, 5022)
    snapshot = json.loads(json.dumps(configured.snapshot()))
    configured.advance(1200)
    assert first.ha.mirror_state == "SYNCHRONIZED"
    first.ha.abandon()
    configured.restore(snapshot)
    assert configured.appliance("UVM-1A") is first
    assert first.ha.appliance is first
    assert first.ha.mirror_state == "SYNC PENDING: INITIAL DB SYNC STARTED"
    configured.advance(1200)
    assert first.ha.mirror_state == configured.appliance("UVM-1B").ha.mirror_state == "SYNCHRONIZED"


def test_reset_goes_back_to_the_beginning(mirrored: World) -> None:
    version = mirrored.appliance("UVM-1A").certificates.version
    mirrored.reset()
    assert mirrored.appliance("UVM-1A").ha.phase == "initial_setup"
    assert mirrored.appliance("UVM-1B").database.records == []
    assert mirrored.clock.next_due() is None
    assert mirrored.appliance("UVM-1A").certificates.version > version


def test_a_snapshot_of_another_size_is_refused(world: World) -> None:
    with pytest.raises(ValueError, match="number of pairs"):
        World(pairs=2).restore(world.snapshot())


def test_certificates_come_from_the_worlds_authority(world: World, tmp_path: Path) -> None:
    appliance = world.appliance("UVM-1A")
    authority = x509.load_pem_x509_certificate(world.ca_pem)
    current = appliance.certificates.current().parsed
    current.verify_directly_issued_by(authority)
    names = current.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert names.get_values_for_type(x509.DNSName) == ["uvm-1a"]
    assert [str(ip) for ip in names.get_values_for_type(x509.IPAddress)] == ["127.0.0.1"]
    assert (World(directory=tmp_path).ca_pem) == (tmp_path / "ca.pem").read_bytes()


def test_generate_and_upload(world: World) -> None:
    store = world.appliance("UVM-1A").certificates
    before = store.version
    world.appliance("UVM-1A").generate_certificate()
    assert store.version == before + 1
    assert store.current().parsed.issuer == store.current().parsed.subject
    made = self_signed("portal.example.com", "127.0.0.1")
    key = load_pem_private_key(made.key_pem, None)
    content = pkcs12.serialize_key_and_certificates(
        b"x", key, made.parsed, None, BestAvailableEncryption(b"Pfx-1")  # type: ignore[arg-type]
    )  # fmt: skip
    with pytest.raises(Refused, match="pfx or .p12"):
        store.upload("portal.pem", content, "Pfx-1", False, False)
    with pytest.raises(Refused, match="password is wrong"):
        store.upload("portal.pfx", content, "Pfx-2", True, False)
    store.upload("portal.pfx", content, "Pfx-1", False, True)
    assert store.version == before + 1 and store.for_high_availability == made.thumbprint
    store.upload("portal.P12", content, "Pfx-1", True, False)
    assert store.current().subject == "portal.example.com" and store.version == before + 2


def test_power(world: World) -> None:
    appliance = world.appliance("UVM-1A")
    before = appliance.boot_time
    appliance.power_off()
    assert not appliance.reachable
    with pytest.raises(Refused, match="already off"):
        appliance.power_off()
    appliance.power_on()
    world.advance(100)
    assert appliance.powered and not appliance.reachable
    world.advance(100)
    assert appliance.reachable and appliance.boot_time > before


def test_a_service_that_does_not_come_back_with_windows(world: World) -> None:
    first = world.appliance("UVM-1A")
    first.fail_next("start_service", "BeyondTrust Event Server")
    first.power_off()
    first.power_on()
    world.advance(600)
    assert first.services.states["BeyondTrust Event Server"] == "Stopped"
    assert any("BeyondTrust Event Server is not running" in one["text"] for one in first.notifications)
    first.power_off()
    first.power_on()
    world.advance(600)
    assert first.services.states["BeyondTrust Event Server"] == "Running"
