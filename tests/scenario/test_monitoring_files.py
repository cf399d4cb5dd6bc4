# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Alert rules and dashboard: promtool's verdict, and every metric that they name is one that the report writes."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.scenario.bad_input_bench import A, Bench
from tests.support.project import ROOT, text

pytestmark = pytest.mark.one_way

PROMTOOL = shutil.which("promtool")
ALERTS, DASHBOARD = "extensions/monitoring/alerts.yml", "extensions/monitoring/dashboard.json"


def promtool(*words: str, given: str = "") -> None:
    """Its verdict has to be good, without a word of advice."""
    if PROMTOOL is None:
        pytest.skip("promtool is not installed (tools/system-packages.sh)")
    done = subprocess.run([PROMTOOL, *words], input=given, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def alerts() -> list[dict[str, Any]]:
    """All rules."""
    found: list[dict[str, Any]] = yaml.safe_load(text(ALERTS))["groups"][0]["rules"]
    return found


def queries() -> Iterator[str]:
    """What the dashboard asks, with a value for each of its variables."""
    board = json.loads(text(DASHBOARD))
    for panel in board["panels"]:
        for target in panel["targets"]:
            yield re.sub(r"\$\w+", ".*", target["expr"])


def test_the_alert_rules_pass_promtool() -> None:
    promtool("check", "rules", "--lint=all", "--lint-fatal", str(ROOT / ALERTS))


def test_each_alert_fires_for_its_fault_and_for_nothing_else(tmp_path: Path) -> None:
    shutil.copy(ROOT / ALERTS, tmp_path)
    cases = tmp_path / "alerts_test.yml"
    shutil.copy(ROOT / "tests/data/monitoring/alerts_test.yml", cases)
    tests = yaml.safe_load(cases.read_text(encoding="utf-8"))["tests"]
    quiet = {one["alertname"] for one in tests[0]["alert_rule_test"]}
    fired = {re.findall(r'alertname="(\w+)"', one["promql_expr_test"][0]["expr"])[0] for one in tests[1:]}
    assert quiet == fired == {rule["alert"] for rule in alerts()}
    promtool("test", "rules", str(cases))


def test_every_query_parses(tmp_path: Path) -> None:
    rules = [{"record": f"query:{number}", "expr": query} for number, query in enumerate(queries())]
    assert len(rules) > 10
    path = tmp_path / "queries.yml"
    path.write_text(yaml.safe_dump({"groups": [{"name": "dashboard", "rules": rules}]}), encoding="utf-8")
    promtool("check", "rules", "--lint=none", str(path))


def test_what_they_name_is_written(bench: Bench, tmp_path: Path) -> None:
    bench.stage("synchronized")
    health = bench.attempt("health_check_info")["health"]
    newest = {"name": "x", "date": health["now"]}
    health["backups"] = {"count": 1, "scheduled": True, "newest": newest}
    path = tmp_path / "health.prom"
    assert bench.attempt("health_metrics", hosts={A: health}, path=str(path))["changed"]
    written = path.read_text(encoding="utf-8")
    promtool("check", "metrics", given=written)
    known = set(re.findall(r"^(useries_\w+)[ {]", written, re.MULTILINE))
    labels = set(re.findall(r"(\w+)=\"", written))
    asked = [*queries(), *(rule["expr"] for rule in alerts())]
    asked += [one["definition"] for one in json.loads(text(DASHBOARD))["templating"]["list"] if "definition" in one]
    named = {name for query in asked for name in re.findall(r"\b(useries_\w+)(?![\w]*\s*(?:=|!=|=~|!~))", query)}
    assert named - known == set()
    used = {
        name
        for query in asked
        for inside in re.findall(r"\{(.*?)\}", query)
        for name in re.findall(r"(\w+)\s*[=!]", inside)
    }
    assert used - labels == set()
    page = text("docs/docsite/rst/metrics.rst")
    assert {name for name in known if f"``{name}``" not in page} == set(), "docs/docsite/rst/metrics.rst has them all"
    assert {rule["alert"] for rule in alerts() if f"``{rule['alert']}``" not in page} == set()
