# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options before their validation: completed from variables, made plain, and searched for secrets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.useries.appliance.plugins.plugin_utils._sources import fill, malformed, plain, secrets_in

SPEC: Mapping[str, Any] = {
    "host": {"type": "str"},
    "password": {"type": "str", "no_log": True},
    "partner": {
        "type": "dict",
        "options": {"host": {"type": "str"}, "password": {"type": "str", "no_log": True}},
    },
    "labels": {"type": "dict"},
}
SCALARS = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text())
VALUES = st.recursive(SCALARS, lambda part: st.one_of(st.lists(part), st.dictionaries(st.text(), part)), max_leaves=12)


class Hosts:
    """Variables by host; what the runner's source is to :func:`fill`."""

    def __init__(self, variables: Mapping[str, Mapping[str, Any]], host: str) -> None:
        self.variables, self.host = variables, host
        self.problem: str | None = None

    def get(self, name: str) -> Any:
        return self.variables.get(self.host, {}).get(name)

    def address(self) -> Any:
        return self.get("ansible_host") or self.host

    def other(self, host: str) -> Hosts:
        found = Hosts(self.variables, host)
        found.problem = None if host in self.variables else f"no host {host}"
        return found


class Both:
    groups: ClassVar = ("console", "partner")


class Fenced:
    groups: ClassVar = ("console", "fence")
    fenced: ClassVar = "useries_source"


def filled(task: dict[str, Any], **hosts: Mapping[str, Any]) -> tuple[dict[str, Any], Hosts]:
    source = Hosts(hosts, "a")
    return fill(Both, task, source), source  # type: ignore[arg-type]


def test_the_task_wins_over_the_inventory() -> None:
    options, _source = filled({"port": 1}, a={"useries_port": 2, "useries_username": "u"})
    assert (options["port"], options["username"]) == (1, "u")


@pytest.mark.parametrize("value", [0, False, "", []])
def test_a_given_value_wins_even_when_it_is_empty(value: object) -> None:
    options, _source = filled({"fingerprints": value}, a={"useries_fingerprints": ["aa"]})
    assert options["fingerprints"] == value


def test_the_address_is_the_host_option_then_ansible_host_then_the_name() -> None:
    assert filled({}, a={})[0]["host"] == "a"
    assert filled({}, a={"ansible_host": "10.0.0.5"})[0]["host"] == "10.0.0.5"
    assert filled({}, a={"ansible_host": "10.0.0.5", "useries_host": "10.0.0.6"})[0]["host"] == "10.0.0.6"


def test_the_partner_is_filled_from_its_own_variables_only() -> None:
    options, _source = filled(
        {},
        a={"useries_partner": "b", "useries_password": "one", "useries_fingerprints": ["aa"]},
        b={"ansible_host": "10.0.0.6", "useries_password": "two"},
    )
    assert (options["password"], options["partner"]["password"]) == ("one", "two")
    assert options["partner"]["host"] == "10.0.0.6"
    assert "fingerprints" not in options["partner"]


def test_a_suboption_of_the_task_wins_over_the_partner_s_variables() -> None:
    options, _source = filled(
        {"partner": {"password": "given"}}, a={"useries_partner": "b"}, b={"useries_password": "two"}
    )
    assert options["partner"]["password"] == "given"


def test_a_partner_that_is_in_no_inventory_is_a_problem() -> None:
    assert filled({}, a={"useries_partner": "stranger"})[1].problem == "no host stranger"


def test_the_idrac_of_the_old_node_is_filled_from_the_host_that_the_declaration_names() -> None:
    source = Hosts(
        {
            "a": {
                "useries_partner": "b",
                "useries_source": "c",
                "useries_idrac_host": "10.0.0.1",
                "primary_is_off": "x@y",
            },
            "b": {"useries_idrac_host": "10.0.0.2"},
            "c": {"useries_idrac_host": "10.0.0.3", "useries_idrac_password": "p", "useries_host": "10.0.0.4"},
        },
        "a",
    )
    options = fill(Fenced, {}, source)  # type: ignore[arg-type]
    assert options["fenced_idrac"] == {"host": "10.0.0.3", "password": "p"}
    assert options["primary_is_off"] == "x@y"
    given = fill(Fenced, {"fenced_idrac": {"host": "10.0.0.9"}}, source)  # type: ignore[arg-type]
    assert given["fenced_idrac"] == {"host": "10.0.0.9", "password": "p"}


def test_an_old_node_without_an_idrac_has_none() -> None:
    source = Hosts({"a": {"useries_source": "c"}, "c": {"useries_idrac_password": "p"}}, "a")
    assert "fenced_idrac" not in fill(Fenced, {}, source)  # type: ignore[arg-type]


def test_a_malformed_partner_is_left_for_the_sentence_about_it() -> None:
    options, _source = filled({"partner": "password=x"}, a={"useries_partner": "b"}, b={})
    assert options["partner"] == "password=x"
    assert malformed(SPEC, options) == "partner must be a dictionary."


@pytest.mark.parametrize("value", ["a=b", "{}", 5, ["a"]])
def test_what_is_no_dictionary_is_named_without_its_value(value: object) -> None:
    assert malformed(SPEC, {"labels": value}) == "labels must be a dictionary."
    assert malformed(SPEC, {"labels": {"a": 1}, "unknown": value}) is None


@pytest.mark.parametrize(
    ("options", "secrets"),
    [
        ({"host": "h", "password": "p"}, {"p"}),
        ({"password": ["p", {"x": "q"}]}, {"p", "q"}),
        ({"password": 1234}, {"1234"}),
        ({"partner": {"host": "h", "password": "p"}}, {"p"}),
        ({"partner": "host=h password=p"}, {"host=h password=p"}),
        ({"partner": ["p"]}, {"p"}),
        ({"password": ""}, set()),
        ({"password": None}, set()),
        ({"unknown": "x"}, set()),
    ],
)
def test_secrets_are_found_without_trusting_the_form(options: dict[str, Any], secrets: set[str]) -> None:
    assert secrets_in(SPEC, options) == secrets


@given(VALUES)
def test_plain_values_stay_what_they_are(value: Any) -> None:
    assert plain(value) == value


def test_tagged_and_unsafe_values_become_plain_ones() -> None:
    class Tagged(str):
        __slots__ = ("tag",)

    class Number(int):
        pass

    made = plain({Tagged("key"): [Tagged("text"), Number(5), (Tagged("x"),)]})
    assert made == {"key": ["text", 5, ["x"]]}
    assert [part.__class__ for part in [*made, *made["key"]]] == [str, str, int, list]
