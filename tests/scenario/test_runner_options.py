# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the options of a task come from, and what is said about wrong ones."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.scenario.runner_bench import A, B, fingerprint, inventory
from tests.support.playbook import Playbooks, play, task
from tests.support.simulator import Simulated

pytestmark = pytest.mark.one_way

BANNER = {"title": "Authorized use only", "text": "Access is monitored."}
VERSIONS = {"gather": ["versions"]}


def test_task_beats_inventory_beats_environment_beats_default(
    playbooks: Playbooks, simulated: Simulated, tmp_path: Path
) -> None:
    def without_port(everybody: dict[str, Any], hosts: dict[str, dict[str, Any]]) -> None:
        hosts[A]["useries_port"] = 1
        del hosts[B]["useries_port"]

    books = play(
        task("inventory", "appliance_info", VERSIONS, ignore_unreachable=True, when=f"inventory_hostname == '{A}'"),
        task(
            "task",
            "appliance_info",
            {**VERSIONS, "port": simulated.nodes[A].ports["console"]},
            when=f"inventory_hostname == '{A}'",
        ),
        task("environment", "appliance_info", VERSIONS, ignore_unreachable=True, when=f"inventory_hostname == '{B}'"),
        hosts="useries",
    )
    hosts = inventory(simulated, tmp_path / "hosts.yml", without_port)
    port = simulated.nodes[B].ports["console"]
    ran = playbooks.run(books, inventory=hosts, environment={"USERIES_PORT": str(port)}).good()
    assert ran.of("inventory", A)["result"]["error"]["target"].endswith(":1")
    assert ran.result("task", A)["appliance"]["versions"]
    assert ran.result("environment", B)["appliance"]["versions"]
    ran = playbooks.run(books, "--limit", B, inventory=hosts)
    assert ran.of("environment", B)["result"]["error"]["target"] == f"https://{simulated.nodes[B].address}:443"


def test_the_password_may_come_from_the_environment_and_is_never_shown(
    playbooks: Playbooks, simulated: Simulated, tmp_path: Path
) -> None:
    def without_password(everybody: dict[str, Any], hosts: dict[str, dict[str, Any]]) -> None:
        del hosts[A]["useries_password"]

    hosts = inventory(simulated, tmp_path / "hosts.yml", without_password)
    book = play(task("read", "appliance_info", VERSIONS))
    failed = playbooks.run(book, inventory=hosts).failure("read")
    assert "No password is known" in failed["msg"]
    assert "useries_password" in failed["msg"]
    assert simulated.control.count("all") == 0
    password = simulated.nodes[A].password
    ran = playbooks.run(book, "-vvv", inventory=hosts, environment={"USERIES_PASSWORD": password}).good()
    assert password not in ran.output


def test_wrong_options_are_told_before_anything_is_touched(playbooks: Playbooks, simulated: Simulated) -> None:
    ran = playbooks.run(
        play(
            task("type", "login_banner", {**BANNER, "timeout": "soon"}, ignore_errors=True),
            task("unknown", "login_banner", {**BANNER, "colour": "red"}, ignore_errors=True),
            task("missing", "login_banner", {"title": "x"}, ignore_errors=True),
            task("choice", "appliance_info", {"gather": ["weather"]}, ignore_errors=True),
            task("none", "ha_settings", {}, ignore_errors=True),
            task("range", "api_key", {"maximum_age": -1}, ignore_errors=True),
        )
    ).good()
    for name, words in (
        ("type", ("timeout", "unable to convert to int")),
        ("unknown", ("Unsupported parameters: colour",)),
        ("missing", ("missing required arguments: text",)),
        ("choice", ("gather", "versions, licences, roles, health, role", "weather")),
        ("none", ("one of the following is required: partner_contact_timeout",)),
        ("range", ("maximum_age is -1", "Nothing was changed")),
    ):
        failed = ran.failure(name)
        assert all(word in failed["msg"] for word in words), failed["msg"]
        assert failed["error"]["kind"] == "invalid"
    assert simulated.control.count("all") == 0


@pytest.mark.parametrize(
    "partner",
    ["host=10.0.0.9 password=Canary-Partner-1", '{"password": "Canary-Partner-1"', ["Canary-Partner-1"]],
    ids=["words", "broken json", "list"],
)
def test_a_malformed_partner_shows_no_password(playbooks: Playbooks, partner: object) -> None:
    ran = playbooks.run(play(task("partner", "api_key", {"maximum_age": 300, "partner": partner})), "-vvvv")
    assert ran.failure("partner")["msg"] == "partner must be a dictionary."
    assert "Canary-Partner-1" not in ran.output.replace(str(playbooks.directory), "")


def test_an_error_that_quotes_a_password_is_masked(playbooks: Playbooks) -> None:
    secret, given = (
        "Canary-Quoted-1",
        "{{ lookup('ansible.builtin.env', 'QUOTED') }}",
    )  # core shows lines of the playbook
    ran = playbooks.run(
        play(
            task("choice", "appliance_info", {"gather": [given], "password": given}, ignore_errors=True),
            task("suboption", "api_key", {"maximum_age": 1, "partner": {"port": given, "password": given}}),
        ),
        "-vvvv", environment={"QUOTED": secret},
    )  # fmt: skip
    assert "gather" in ran.failure("choice")["msg"]
    assert "port" in ran.failure("suboption")["msg"]
    assert secret not in ran.output


def test_module_defaults_of_the_group_and_of_one_module(playbooks: Playbooks, simulated: Simulated) -> None:
    defaults = {
        "group/useries.appliance.all": {"port": simulated.nodes[A].ports["console"]},
        "useries.appliance.login_banner": BANNER,
    }
    ran = playbooks.run(
        play(task("banner", "login_banner"), task("read", "appliance_info", VERSIONS), module_defaults=defaults),
        "-e", "useries_port=1",
    ).good()  # fmt: skip
    assert ran.result("banner")["settings"] == BANNER
    assert ran.result("read")["appliance"]["versions"]
    assert set(ran.result("read")["invocation"]["module_args"]) == {"gather", "port"}


def test_loop_register_and_conditions(playbooks: Playbooks, simulated: Simulated) -> None:
    ran = playbooks.run(
        play(
            task(
                "banner",
                "login_banner",
                {"title": "{{ item }}", "text": "Hello"},
                loop=["one", "two", "two"],
                register="banners",
            ),
            {
                "name": "registered",
                "ansible.builtin.assert": {
                    "that": [
                        "banners.results | map(attribute='changed') == [true, true, false]",
                        "banners.results[2].settings.title == 'two'",
                    ]
                },
            },
        )
    )
    assert ran.good().result("banner")["changed"]
    assert simulated.control.count("write") == 2


def test_check_mode_predicts_and_writes_nothing(playbooks: Playbooks, simulated: Simulated) -> None:
    predicted = playbooks.run(play(task("banner", "login_banner", BANNER, check_mode=True))).good().result("banner")
    by_word = playbooks.run(play(task("banner", "login_banner", BANNER)), "--check").good().result("banner")
    assert simulated.control.count("write") == 0
    real = playbooks.run(play(task("banner", "login_banner", BANNER)), "--diff").good().result("banner")
    assert predicted == by_word == real
    assert real["changed"]
    assert simulated.control.count("write") == 1
    again = playbooks.run(play(task("banner", "login_banner", BANNER))).good().result("banner")
    assert (again["changed"], simulated.control.count("write")) == (False, 1)


@pytest.mark.parametrize("words", [("--check",), ()], ids=["check", "real"])
def test_a_diff_masks_its_secrets(playbooks: Playbooks, words: tuple[str, ...]) -> None:
    share = {
        "name": "nas",
        "path": "\\\\nas\\useries",
        "share_username": "NAS\\backup",
        "share_password": "Canary-Share-1",
        "retention": 3,
    }
    ran = playbooks.run(play(task("share", "backup_location", share)), "--diff", "-vvv", *words).good()
    assert '+  "retention": 3' in ran.stdout
    assert '+  "share_password": "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"' in ran.stdout
    assert "Canary-Share-1" not in ran.output


def test_no_log_hides_the_whole_result(playbooks: Playbooks) -> None:
    ran = playbooks.run(play(task("banner", "login_banner", BANNER, no_log=True)), "-vvv", "--diff").good()
    assert BANNER["text"] not in ran.stdout
    assert "settings" not in ran.result("banner")


def test_delegation_takes_everything_from_the_other_host(
    playbooks: Playbooks, simulated: Simulated, tmp_path: Path
) -> None:
    def pinned(everybody: dict[str, Any], hosts: dict[str, dict[str, Any]]) -> None:
        del everybody["useries_ca_path"]
        for host in (A, B):
            hosts[host]["pin"] = fingerprint(simulated.nodes[host])
            hosts[host]["useries_fingerprints"] = ["{{ pin }}"]

    one, two = (simulated.nodes[host] for host in (A, B))
    assert (one.address, one.password, fingerprint(one)) != (two.address, two.password, fingerprint(two))
    ran = playbooks.run(
        play(
            task("other", "login_banner", BANNER, delegate_to=B),
            task("both", "appliance_info", VERSIONS, delegate_to="{{ item }}", loop=[A, B]),
            task("own", "login_banner", {"title": "", "text": ""}),
        ),
        inventory=inventory(simulated, tmp_path / "hosts.yml", pinned),
    ).good()
    counts = simulated.control.counts()
    assert ran.result("other")["changed"]
    assert not ran.result("own")["changed"]
    assert (counts["UVM-1A"]["console"]["write"], counts["UVM-1B"]["console"]["write"]) == (0, 1)
    assert (counts["UVM-1A"]["console"]["login"], counts["UVM-1B"]["console"]["login"]) == (1, 1)


def test_a_wrong_pin_stops_before_the_password_is_sent(
    playbooks: Playbooks, simulated: Simulated, tmp_path: Path
) -> None:
    def crossed(everybody: dict[str, Any], hosts: dict[str, dict[str, Any]]) -> None:
        hosts[A]["useries_fingerprints"] = [fingerprint(simulated.nodes[B])]

    hosts = inventory(simulated, tmp_path / "hosts.yml", crossed)
    failed = playbooks.run(play(task("read", "appliance_info", VERSIONS)), inventory=hosts).failure("read")
    assert failed["error"]["kind"] == "untrusted"
    assert simulated.control.count("all") == 0


def test_delegation_to_an_unknown_host_is_refused(playbooks: Playbooks, simulated: Simulated) -> None:
    failed = playbooks.run(play(task("read", "appliance_info", VERSIONS, delegate_to="stranger"))).failure("read")
    assert "There is no host stranger in the inventory" in failed["msg"]
    assert simulated.control.count("all") == 0


@pytest.mark.parametrize("more", [{}, {"delegate_to": B}], ids=["own", "delegated"])
def test_a_variable_that_cannot_be_templated_is_named(
    playbooks: Playbooks, simulated: Simulated, tmp_path: Path, more: dict[str, str]
) -> None:
    def undefined(everybody: dict[str, Any], hosts: dict[str, dict[str, Any]]) -> None:
        for host in hosts.values():
            host["useries_password"] = "{{ vault_that_nobody_loaded }}"

    hosts = inventory(simulated, tmp_path / "hosts.yml", undefined)
    failed = playbooks.run(play(task("read", "appliance_info", VERSIONS, **more)), inventory=hosts).failure("read")
    assert f"The variable useries_password of {more.get('delegate_to', A)} cannot be used" in failed["msg"]
    assert "vault_that_nobody_loaded" in failed["msg"]
    assert simulated.control.count("all") == 0


def test_a_vaulted_password_works_and_is_never_shown(
    playbooks: Playbooks, simulated: Simulated, tmp_path: Path
) -> None:
    key, password = tmp_path / "key", simulated.nodes[A].password
    key.write_text("the key of the vault\n", encoding="utf-8")
    encrypted = subprocess.run(
        [str(playbooks.core.bin / "ansible-vault"), "encrypt_string", "--vault-password-file", str(key), password],
        env=playbooks.base_environment, text=True, capture_output=True, check=True,
    ).stdout  # fmt: skip
    vaulted = encrypted.replace("\n", "\n" + " " * 20)
    hosts = tmp_path / "hosts.yml"
    text = simulated.inventory.read_text(encoding="utf-8")
    hosts.write_text(text.replace(f"useries_password: {password}", f"useries_password: {vaulted}"), encoding="utf-8")
    assert "!vault" in hosts.read_text(encoding="utf-8")
    ran = playbooks.run(
        play(
            task("read", "appliance_info", VERSIONS),
            task("delegated", "appliance_info", VERSIONS, delegate_to=A),
            task("partner", "api_key", {"maximum_age": 301}, delegate_to=B),
        ),
        "-vvv", "--vault-password-file", str(key), inventory=hosts,
    ).good()  # fmt: skip
    assert ran.result("read")["appliance"]["versions"]
    assert password not in ran.output
