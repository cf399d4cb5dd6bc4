# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The role monitoring: both nodes of a pair say how they are; twice is once; what is not given is left alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.playbook import Core
from tests.support.site import A, B, changed, site

MONITORING = [{"name": "Monitor", "ansible.builtin.import_playbook": "useries.appliance.monitoring"}]
SECRET = "monitoring-Canary"
GIVEN = {
    "monitoring_smtp": {"server": "relay.example.com", "server_port": 25, "user": "mail", "smtp_password": SECRET},
    "monitoring_alerts": {"service_state": True, "hardware": True},
    "monitoring_performance": {
        "alerts": True,
        "counters": [{"name": "Disk Usage", "low": 60, "medium": 75, "high": 90}],
    },
    "monitoring_notifications": {
        "enabled": True,
        "email": "appliance@example.com",
        "types": [{"name": "Health Monitoring", "users": ["btadmin (BI User)"]}],
    },
    "monitoring_forwarding": {"target": "local"},
    "monitoring_log_export": {
        "enabled": True,
        "path": r"\\nas\logs",
        "share_username": r"NAS\logs",
        "share_password": SECRET,
        "interval": 30,
    },
}


@pytest.mark.long
def test_both_nodes_say_how_they_are(core: Core, tmp_path: Path) -> None:
    with site(core, tmp_path) as pair:
        given = ("-e", json.dumps(GIVEN))
        checked = pair.run("--check", *given, playbook=MONITORING).good()
        assert pair.writes() == 0
        ran = pair.run(*given, playbook=MONITORING).good()
        assert changed(ran) == changed(checked)
        assert len(changed(ran)) == 2 * len(GIVEN)
        for host in (A, B):
            state = pair.state(host)
            assert state["settings"]["network_and_rdp_settings.smtp"]["password"] == SECRET
            assert state["settings"]["appliance_health.alerts"]["service_state_alerts"] is True
            assert (state["mail"]["enabled"], state["mail"]["email"]) == (True, "appliance@example.com")
            assert state["mail"]["recipients"]["Health Monitoring"] == ["btadmin (BI User)"]
            assert state["settings"]["notifications.event_forwarding"]["target"] == "Local"
            assert state["settings"]["appliance_logs.log_file_export"]["interval"] == 30
            assert state["counters"]["numbers"]["Disk Usage"]["high"] == 90
        before = pair.writes()
        again = pair.run(*given, playbook=MONITORING).good()
        assert (changed(again), pair.writes()) == (set(), before)
        assert SECRET not in ran.output + again.output


def test_what_is_not_given_is_left_alone(core: Core, tmp_path: Path) -> None:
    with site(core, tmp_path) as pair:
        pair.run(playbook=MONITORING).good()
        assert (pair.writes(), pair.logins()) == (0, 0)
