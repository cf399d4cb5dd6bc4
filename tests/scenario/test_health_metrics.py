# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The metrics of the health report: a pair with a fault, read by prometheus_client and by node_exporter."""

from __future__ import annotations

import shutil
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from prometheus_client.openmetrics.parser import text_string_to_metric_families as openmetrics
from prometheus_client.parser import text_string_to_metric_families as prometheus

from tests.scenario.bad_input_bench import Bench
from tests.support.playbook import Core
from tests.support.programs import Program, free_port
from tests.support.simulator import Simulated
from tests.support.site import A, B, Site, site
from tests.support.way import QUICK

REPORT = [{"name": "Report", "ansible.builtin.import_playbook": "useries.appliance.health_report"}]
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))
NODE_EXPORTER = shutil.which("prometheus-node-exporter")
Samples = dict[tuple[str, frozenset[tuple[str, str]]], float]


def samples(text: str) -> Samples:
    """Every sample of Prometheus' text format, by its name and labels."""
    every = [one for family in prometheus(text) for one in family.samples]
    return {(one.name, frozenset(one.labels.items())): one.value for one in every}


def value(found: Samples, metric: str, /, **labels: str) -> float | None:
    """The one sample of that name with at least these labels; None when there is none."""
    matching = [number for (of, has), number in found.items() if of == metric and set(labels.items()) <= has]
    assert len(matching) < 2, f"{len(matching)} samples of {metric} {labels}"
    return matching[0] if matching else None


def state(found: Samples, metric: str, /, **labels: str) -> str | None:
    """The one state of a set that is 1."""
    present = [
        dict(has)[metric]
        for (of, has), number in found.items()
        if of == metric and number == 1 and set(labels.items()) <= has
    ]
    assert len(present) < 2, f"{present} of {metric} {labels}"
    return present[0] if present else None


def report(pair: Site, *words: str) -> str:
    """What the playbook writes beside its page."""
    place = pair.folder / "report"
    ran = pair.run("-e", f"health_report_directory={place}", *words, playbook=REPORT).good()
    assert pair.writes() == 0, ran.output
    return (place / "health.prom").read_text(encoding="utf-8")


@pytest.fixture
def ill(core: Core, tmp_path: Path) -> Iterator[Site]:
    """A pair whose mirror was suspended."""
    with Simulated(speed=QUICK) as simulated:
        pair = Site(simulated, core, tmp_path)
        pair.pair_by_hand()
        pair.control.do(A, "ha.suspend")
        pair.control.reset_counts()
        yield pair


def test_a_suspended_mirror_and_a_silent_node_are_seen_in_the_metrics(ill: Site) -> None:
    text = report(ill)
    found = samples(text)
    whose = {"host": A, "pair": "1", "name": "UVM-1A"}
    assert value(found, "useries_reachable", **whose) == 1
    assert state(found, "useries_role", **whose) == "Active"
    assert state(found, "useries_role", host=B) == "Passive"
    assert state(found, "useries_mirror_state", **whose) == "SUSPENDED"
    assert state(found, "useries_check_verdict", check="pair", **whose) == "bad"
    assert state(found, "useries_check_verdict", check="backup", **whose) == "bad"  # there is none
    assert state(found, "useries_health_verdict", **whose) == "bad"
    assert value(found, "useries_backups", **whose) == 0
    assert value(found, "useries_backup_timestamp_seconds", host=A) is None
    assert value(found, "useries_cpu_usage_ratio", **whose) == 0.12
    assert 0 < (value(found, "useries_disk_usage_ratio", drive="C", **whose) or 0) < 1
    expiry = value(found, "useries_certificate_expiry_timestamp_seconds", **whose)
    assert expiry and expiry > time.time()
    assert abs((value(found, "useries_health_report_timestamp_seconds") or 0) - time.time()) < 120
    assert text.count("useries_product_info{") > 1
    for secret in ("password", ill.simulated.nodes[A].password):
        assert secret not in text

    ill.control.power(B, "off")
    place = ill.folder / "textfile"
    place.mkdir()
    words = ("-e", f"health_report_metrics={place}/useries.prom", "-e", "health_report_metrics_mode=0644")
    report(ill, *words)
    written = place / "useries.prom"
    assert written.stat().st_mode & 0o777 == 0o644
    assert [one.name for one in place.iterdir()] == ["useries.prom"], "nothing half-written stays behind"
    silent = samples(written.read_text(encoding="utf-8"))
    assert (value(silent, "useries_reachable", host=A), value(silent, "useries_reachable", host=B)) == (1, 0)
    assert state(silent, "useries_role", host=B) is None
    assert state(silent, "useries_health_verdict", host=B) == "bad"


@pytest.mark.one_way
def test_node_exporter_and_openmetrics_read_it(bench: Bench, tmp_path: Path) -> None:
    bench.stage("synchronized")
    health = bench.attempt("health_check_info", on=A)["health"]
    assert health["pair"]["mirror_state"] == "SYNCHRONIZED"
    options = {"hosts": {A: {**health, "name": "UVM-1A", "pair_name": "1"}}, "at": "2026-11-30T12:00:00Z"}
    for form in ("prometheus", "openmetrics"):
        done = bench.attempt("health_metrics", **options, path=str(tmp_path / f"{form}.prom"), format=form)
        assert done["changed"], done
    strict = (tmp_path / "openmetrics.prom").read_text(encoding="utf-8")
    kinds = {family.name: (family.type, family.unit) for family in openmetrics(strict)}
    assert kinds["useries_mirror_state"] == kinds["useries_role"] == ("stateset", "")
    assert kinds["useries_backup_timestamp_seconds" if health["backups"]["newest"] else "useries_backups"][0] == "gauge"
    assert kinds["useries_heartbeat_age_seconds"] == ("gauge", "seconds")
    assert kinds["useries_product"] == ("info", "")
    if NODE_EXPORTER is None:
        pytest.skip("prometheus-node-exporter is not installed (tools/system-packages.sh)")
    answers = {form: scraped(tmp_path, form) for form in ("prometheus", "openmetrics")}
    assert "node_textfile_scrape_error 0" in answers["prometheus"]
    assert 'useries_mirror_state{host="useries-1a",name="UVM-1A",pair="1",useries_mirror_state="SYNCHRONIZED"} 1' in (
        answers["prometheus"]
    )
    assert "node_textfile_scrape_error 1" in answers["openmetrics"], "it reads OpenMetrics: make that the default"


def scraped(folder: Path, form: str) -> str:
    """What node_exporter makes of one of the files."""
    place, port = folder / f"textfile-{form}", free_port()
    place.mkdir()
    shutil.copy(folder / f"{form}.prom", place)
    words = ["--collector.disable-defaults", "--collector.textfile", f"--collector.textfile.directory={place}"]
    home = folder / f"home-{form}"
    home.mkdir()
    with (
        Program(
            [str(NODE_EXPORTER), f"--web.listen-address=127.0.0.1:{port}", *words], port=port, folder=home
        ) as running,
        DIRECT.open(f"{running.url}/metrics", timeout=10) as answer,
    ):
        text: str = answer.read().decode("utf-8")
        return text


@pytest.mark.one_way
@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"hosts": {A: "good"}}, "hosts holds no health data of useries-1a"),
        ({"hosts": {A: {"verdict": "good", "certificate": {"not_after": "soon"}}}}, "not understood"),
        ({"at": "2026-11-30 12:00"}, "a time such as"),
        ({"mode": "rw"}, "octal number"),
        ({"path": "/no/such/place/x.prom"}, "does not exist"),
    ],
)
def test_bad_input_names_the_next_step(bench: Bench, tmp_path: Path, given: dict[str, object], told: str) -> None:
    silent = {A: {"verdict": "bad", "reachable": False}}
    failed = bench.attempt("health_metrics", **{"hosts": silent, "path": str(tmp_path / "x.prom"), **given})
    assert failed["failed"] and told in failed["msg"], failed
    assert failed["error"]["remedy"]
    assert list(tmp_path.glob("*.prom")) == []


def test_without_the_library_the_page_is_written_and_says_what_is_missing(core: Core, tmp_path: Path) -> None:
    hidden = tmp_path / "hidden/prometheus_client"
    hidden.mkdir(parents=True)
    (hidden / "__init__.py").write_text("raise ImportError('not installed')\n", encoding="utf-8")
    variables = {"PYTHONPATH": str(hidden.parent)}
    with site(core, tmp_path) as pair:
        place = tmp_path / "report"
        words = ("-e", f"health_report_directory={place}", "--limit", A)
        ran = pair.run(*words, playbook=REPORT, environment=variables)
        assert ran.code == 0, ran.output
        assert "The report has no metrics" in ran.words and "prometheus_client" in ran.words
        assert (place / "health.html").exists() and not (place / "health.prom").exists()
        words = (*words, "-e", f"health_report_metrics={tmp_path}/x.prom")
        asked = pair.run(*words, playbook=REPORT, environment=variables)
        assert asked.code != 0 and "prometheus_client" in asked.words
