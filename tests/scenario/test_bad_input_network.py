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


REFUSED_WITHOUT_A_LOOK: list[tuple[str, dict[str, Any], tuple[str, ...]]] = [
    ("smtp", {"server": " "}, ("server must not be empty",)),
    ("smtp", {"server_port": 0}, ("server_port is 0", "1 to 65535")),
    ("smtp", {"server_port": 65536}, ("server_port is 65536", "1 to 65535")),
    ("proxy", {"server_port": 0}, ("server_port is 0", "1 to 65535")),
    ("proxy", {"server_port": 65536}, ("server_port is 65536", "1 to 65535")),
    ("proxy", {"enabled": True, "server": " "}, ("enabled is true", "server is empty")),
    ("proxy", {"server": "http://proxy.example.com"}, ("'http://proxy.example.com'", "without http://")),
    ("proxy", {"server": "192.0.2.8:3128"}, ("'192.0.2.8:3128'", "server_port")),
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
