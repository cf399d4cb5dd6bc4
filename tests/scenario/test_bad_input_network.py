# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bad input to the modules of the page Network and RDP Settings and to the restart."""

from __future__ import annotations

from typing import Any

import pytest

from tests.scenario.bad_input_bench import Bench

pytestmark = pytest.mark.one_way

REFUSED_BY_THE_SPEC: list[tuple[str, dict[str, Any], tuple[str, ...]]] = [
    ("rdp", {"enabled": "perhaps"}, ("enabled", "perhaps")),
    ("rdp", {"two_factor_required": 7}, ("two_factor_required", "7")),
    ("rdp", {}, ("one of the following is required", "enabled", "two_factor_required")),
    ("rdp", {"support_password": "support-Canary"}, ("enabled", "two_factor_required")),
    ("smtp", {"server_port": "mail"}, ("server_port", "mail")),
    ("smtp", {}, ("one of the following is required", "server")),
    ("proxy", {"server_port": "http"}, ("server_port", "http")),
    ("proxy", {"enabled": "perhaps"}, ("enabled", "perhaps")),
    ("proxy", {}, ("one of the following is required", "enabled")),
    ("bits_throttle", {}, ("missing required", "level")),
    ("bits_throttle", {"level": "half"}, ("level", "half")),
    ("ip_address", {"ip_address": "192.0.2.20"}, ("missing required", "dhcp")),
    ("ip_address", {"dhcp": False, "ip_address": "192.0.2.20"}, ("dhcp is False", "subnet_mask", "gateway", "dns")),
    ("ip_address", {"dhcp": "perhaps"}, ("dhcp", "perhaps")),
    ("reboot", {"action": "explode"}, ("action", "explode", "restart", "shut_down")),
    ("reboot", {"wait_timeout": "soon"}, ("wait_timeout", "soon")),
]


@pytest.mark.parametrize(
    ("module", "given", "words"), REFUSED_BY_THE_SPEC, ids=lambda value: value if isinstance(value, str) else ""
)
def test_the_argument_spec_names_the_option(
    bench: Bench, module: str, given: dict[str, Any], words: tuple[str, ...]
) -> None:
    bench.secrets.add("support-Canary")
    bench.refused(module, *words, **given)
    assert bench.control.log() == []


def _static(**more: Any) -> dict[str, Any]:
    good = {"ip_address": "192.0.2.20", "subnet_mask": "255.255.255.0", "gateway": "192.0.2.1", "dns": ["192.0.2.53"]}
    return {"dhcp": False, **good, **more}


REFUSED_WITHOUT_A_LOOK: list[tuple[str, dict[str, Any], tuple[str, ...]]] = [
    ("smtp", {"server": " "}, ("server must not be empty",)),
    ("smtp", {"server_port": 0}, ("server_port is 0", "1 to 65535")),
    ("smtp", {"server_port": 65536}, ("server_port is 65536", "1 to 65535")),
    ("proxy", {"server_port": 0}, ("server_port is 0", "1 to 65535")),
    ("proxy", {"server_port": 65536}, ("server_port is 65536", "1 to 65535")),
    ("proxy", {"enabled": True, "server": " "}, ("enabled is true", "server is empty")),
    ("proxy", {"server": "http://proxy.example.com"}, ("'http://proxy.example.com'", "without http://")),
    ("proxy", {"server": "192.0.2.8:3128"}, ("'192.0.2.8:3128'", "server_port")),
    ("ip_address", _static(ip_address="192.0.2.300"), ("ip_address is '192.0.2.300'", "no IPv4 address")),
    ("ip_address", _static(ip_address="uvm01"), ("ip_address is 'uvm01'", "no IPv4 address")),
    ("ip_address", _static(ip_address="2001:db8::1"), ("ip_address is '2001:db8::1'", "IPv4 addresses only")),
    ("ip_address", _static(ip_address="224.0.0.1"), ("ip_address is '224.0.0.1'", "not the address of a host")),
    ("ip_address", _static(ip_address="192.0.2.0"), ("ip_address is '192.0.2.0'", "the whole subnet 192.0.2.0/24")),
    ("ip_address", _static(ip_address="192.0.2.255"), ("ip_address is '192.0.2.255'", "the whole subnet")),
    ("ip_address", _static(subnet_mask="255.0.255.0"), ("subnet_mask is '255.0.255.0'", "no mask like 255.255.255.0")),
    ("ip_address", _static(subnet_mask="/24"), ("subnet_mask is '/24'", "no mask")),
    ("ip_address", _static(subnet_mask="0.0.0.0"), ("subnet_mask is '0.0.0.0'", "no mask")),
    ("ip_address", _static(subnet_mask="255.255.255.255"), ("subnet_mask is '255.255.255.255'", "no mask")),
    ("ip_address", _static(gateway="192.0.3.1"), ("gateway is '192.0.3.1'", "not in the subnet 192.0.2.0/24")),
    ("ip_address", _static(gateway="192.0.2.255"), ("gateway is '192.0.2.255'", "not in the subnet")),
    ("ip_address", _static(gateway="192.0.2.20"), ("gateway and ip_address are the same",)),
    ("ip_address", _static(gateway="fe80::1"), ("gateway is 'fe80::1'", "IPv4 addresses only")),
    ("ip_address", _static(dns=["192.0.2.53", "dns01"]), ("dns is 'dns01'", "no IPv4 address")),
    ("ip_address", _static(dns=[]), ("dns is empty",)),
    ("ip_address", _static(dhcp=True), ("dhcp is true", "ip_address, subnet_mask, gateway, dns", "dhcp: false")),
    ("ip_address", {"dhcp": True, "expected_address": "uvm01"}, ("expected_address is 'uvm01'",)),
    ("ip_address", _static(expected_address="192.0.2.21"), ("expected_address is for dhcp: true",)),
    ("reboot", {"through_windows": True}, ("WinRM is off", "useries_windows_host")),
    ("reboot", {"require_proof": True}, ("require_proof", "useries_windows_")),
    ("reboot", {"wait_timeout": 0}, ("wait_timeout is 0",)),
    ("ip_address", _static(wait_timeout=0), ("wait_timeout is 0", "1 second or more")),
]


@pytest.mark.parametrize(
    ("module", "given", "words"), REFUSED_WITHOUT_A_LOOK, ids=lambda value: value if isinstance(value, str) else ""
)
def test_bad_values_are_refused_before_any_request(
    bench: Bench, module: str, given: dict[str, Any], words: tuple[str, ...]
) -> None:
    bench.refused(module, *words, kind="invalid", **given)
    assert bench.control.log() == []


@pytest.mark.parametrize("check_mode", [False, True])
def test_a_proxy_is_not_turned_on_without_its_address(bench: Bench, check_mode: bool) -> None:
    bench.refused(
        "proxy", "would be on without server.", "Give server", kind="invalid", enabled=True, check_mode=check_mode
    )


@pytest.mark.parametrize("check_mode", [False, True])
@pytest.mark.parametrize("level", [-1, 101, 33])
def test_a_level_that_the_slider_does_not_take_names_its_range(bench: Bench, level: int, check_mode: bool) -> None:
    words = f"level is {level}", "0 to 100 in steps of 5"
    bench.refused("bits_throttle", *words, kind="invalid", level=level, check_mode=check_mode)


@pytest.mark.parametrize("check_mode", [False, True])
def test_a_card_that_is_not_there_lists_those_that_are(bench: Bench, check_mode: bool) -> None:
    given = _static(network_card="Ethernet 9", check_mode=check_mode)
    refused = bench.refused("ip_address", "'Ethernet 9'", "Ethernet 1, Ethernet 2", kind="invalid", **given)
    assert refused["error"]["candidates"] == ["Ethernet 1", "Ethernet 2"]


def test_the_address_of_the_partner_is_refused_before_any_request(bench: Bench) -> None:
    other = bench.inventory["useries-1b"]["useries_host"]
    net = other.rsplit(".", 1)[0]
    given = _static(ip_address=other, gateway=f"{net}.1")
    bench.refused("ip_address", f"{other} is the address of the partner", kind="invalid", **given)
    assert bench.control.log() == []


def test_a_choice_that_the_page_does_not_offer_lists_those_that_it_does(bench: Bench) -> None:
    bench.refused("reboot", "'Hibernate'", "Restart, Shut Down", "choice", kind="precondition", choice="Hibernate")
