# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Arguments of the event sources that are refused before anything is contacted, in words that name the next step."""

from __future__ import annotations

import re
import runpy
import textwrap
from typing import Any

import pytest
import yaml

from ansible_collections.useries.appliance.plugins.module_utils._compose.events.arguments import (
    HEALTH,
    ROLE,
    health_arguments,
    role_arguments,
)
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from tests.support.project import ROOT, text

PAIR = {"name": "berlin", "nodes": ["one", "two"]}
SIGN_IN = {"username": "useries", "password": "canary-password"}


@pytest.fixture(autouse=True)
def nothing_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("USERNAME", "PASSWORD", "CA_PATH", "FINGERPRINTS", "PORT"):
        monkeypatch.delenv(f"USERIES_{name}", raising=False)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "Neither pairs nor hosts is given"),
        ({"pairs": []}, "Neither pairs nor hosts is given"),
        ({"pairs": "berlin"}, "pairs"),
        ({"pairs": [{"nodes": ["one", "two"]}]}, "name"),
        ({"pairs": [{"name": "berlin"}]}, "The pair berlin has 0 nodes"),
        ({"pairs": [{**PAIR, "nodes": ["one"]}]}, "The pair berlin has 1 nodes"),
        ({"pairs": [{**PAIR, "nodes": ["one", "two", "three"]}]}, "The pair berlin has 3 nodes"),
        ({"pairs": [{**PAIR, "nodes": ["one", "one"]}]}, "The appliance one is there more than once"),
        ({"pairs": [PAIR, PAIR]}, "The pair or host berlin is there more than once"),
        ({"pairs": [PAIR, {**PAIR, "name": "bonn"}]}, "The appliance one, two is there more than once"),
        ({"pairs": [PAIR], "hosts": [{"name": "spare", "host": "one"}]}, "The address one:443 is there more than once"),
        ({"pairs": [{**PAIR, "nodes": ["one", "https://two"]}]}, "'https://two' can be no address"),
        ({"pairs": [{**PAIR, "nodes": ["one", {"host": "two"}]}]}, "name"),
        ({"pairs": [{**PAIR, "nodes": ["one", {"name": "two", "prot": 1}]}]}, "prot"),
        ({"pairs": [{**PAIR, "kind": "x"}]}, "kind"),
        ({"pairs": [PAIR], "intervall": 5}, "intervall"),
        ({"pairs": [PAIR], "interval": 0.5}, "interval is 0.5; it must be 1 or more"),
        ({"pairs": [PAIR], "interval": "often"}, "interval"),
        ({"pairs": [PAIR], "interval": float("nan")}, "interval is nan; it must be 1 or more"),
        ({"pairs": [PAIR], "times": 0}, "times is 0; it must be 1 or more"),
        ({"pairs": [PAIR], "seconds": -1}, "seconds is -1.0; it must be 0 or more"),
        ({"pairs": [PAIR], "port": 0}, "port is 0; it must be 1 to 65535"),
        ({"pairs": [PAIR], "timeout": 0}, "timeout is 0"),
        ({"pairs": [PAIR], "fingerprints": ["AB:CD"]}, "'AB:CD' is not a SHA-256 fingerprint"),
        ({"pairs": [PAIR], "ca_path": "/nowhere/ca.pem"}, "The CA file /nowhere/ca.pem cannot be read"),
        ({"pairs": [PAIR], "validate_certs": "perhaps"}, "validate_certs"),
    ],
)
def test_wrong_arguments_of_the_roles(given: dict[str, Any], words: str) -> None:
    with pytest.raises(UseriesError) as refused:
        role_arguments(given)
    assert words in refused.value.message
    assert refused.value.kind == "invalid"
    assert refused.value.remedy


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({**SIGN_IN}, "hosts is empty"),
        ({"hosts": [], **SIGN_IN}, "hosts is empty"),
        ({"hosts": ["one"]}, "No username is known"),
        ({"hosts": ["one"], "username": "useries"}, "No password is known"),
        ({"hosts": ["one", "one"], **SIGN_IN}, "The appliance one is there more than once"),
        ({"hosts": ["one"], **SIGN_IN, "backup_hours": 0}, "backup_hours is 0; it must be 1 or more"),
        ({"hosts": ["one"], **SIGN_IN, "certificate_days": -1}, "certificate_days is -1; it must be 0 or more"),
        ({"hosts": ["one"], **SIGN_IN, "times": "canary-password"}, "times"),
        ({"hosts": ["one"], **SIGN_IN, "console_driver": "lynx"}, "console_driver"),
        ({"hosts": ["one"], **SIGN_IN, "console_labels": {"nonsense": "x"}}, "nonsense"),
        ({"hosts": [{"name": "one", "pasword": "canary-password"}], **SIGN_IN}, "pasword"),
        ({"hosts": [5], **SIGN_IN}, "hosts"),
    ],
)
def test_wrong_arguments_of_the_health(given: dict[str, Any], words: str) -> None:
    with pytest.raises(UseriesError) as refused:
        health_arguments(given)
    assert words in refused.value.message
    assert refused.value.kind == "invalid"
    assert refused.value.remedy
    assert "canary-password" not in refused.value.message + refused.value.remedy


def test_a_node_has_what_the_source_has_unless_it_has_its_own() -> None:
    own = {"name": "two", "host": "192.0.2.2", "port": 8443, "validate_certs": False}
    options, groups = role_arguments({"pairs": [{**PAIR, "nodes": ["one", own]}], "hosts": "spare", "timeout": "3"})
    assert (options["interval"], options["times"], options["seconds"]) == (10.0, 3, 0.0)
    shown = {
        one.name: [one.options[name] for name in ("host", "port", "timeout", "validate_certs")]
        for nodes in groups.values()
        for one in nodes
    }
    assert shown == {
        "one": ["one", 443, 3, True],
        "two": ["192.0.2.2", 8443, 3, False],
        "spare": ["spare", 443, 3, True],
    }
    assert list(groups) == ["berlin", "spare"]


def test_the_sign_in_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("USERIES_USERNAME", "useries")
    monkeypatch.setenv("USERIES_PASSWORD", "canary-password")
    options, appliances = health_arguments({"hosts": ["one", {"name": "two", "password": "of-two"}]})
    assert [one.options["password"] for one in appliances] == ["canary-password", "of-two"]
    assert (options["backup_hours"], options["certificate_days"], options["interval"]) == (192, 30, 600.0)
    assert "canary-password" not in repr(appliances)


def test_the_variables_that_the_page_shows_are_taken() -> None:
    (shown,) = re.findall(r"code-block:: yaml\n\n((?:(?: {4}.*)?\n)+)", text("docs/docsite/rst/events.rst"))
    variables = yaml.safe_load(textwrap.dedent(shown))
    nodes = {"useries-berlin-1": "192.0.2.11", "useries-berlin-2": "192.0.2.12"}
    _options, groups = role_arguments({"pairs": variables["useries_pairs"]})
    assert [(one.name, one.options["host"]) for one in groups["pair_berlin"]] == list(nodes.items())
    _options, appliances = health_arguments({"hosts": variables["useries_appliances"], **SIGN_IN})
    assert {one.name: one.options["host"] for one in appliances} == nodes


@pytest.mark.parametrize(("name", "read"), [("role", role_arguments), ("health", health_arguments)])
def test_the_example_of_a_source_is_taken(name: str, read: Any) -> None:
    source = runpy.run_path(str(ROOT / f"extensions/eda/plugins/event_source/appliance_{name}.py"))
    (example,) = yaml.safe_load(source["EXAMPLES"])
    given = example[f"useries.appliance.appliance_{name}"]
    assert given.pop("ca_path") == "/etc/ssl/certs/example-ca.pem"
    read({**given, **(SIGN_IN if name == "health" else {})})


@pytest.mark.parametrize("name", ["role", "health"])
def test_every_argument_is_documented_as_it_is(name: str) -> None:
    source = runpy.run_path(str(ROOT / f"extensions/eda/plugins/event_source/appliance_{name}.py"))
    documented = yaml.safe_load(source["DOCUMENTATION"])["options"]
    spec = {"role": ROLE, "health": HEALTH}[name]
    kept = ("type", "elements", "default", "required", "choices")
    assert {option: {key: about[key] for key in kept if key in about} for option, about in documented.items()} == {
        option: {key: about[key] for key in kept if key in about} for option, about in spec.items()
    }
