# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an upgrade depends on, as the console shows it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.scenario.bad_input_bench import A, Bench

MODULE = "package_dependencies_info"
SUPPORTING, DOTNET, SUPI, PATH = "supporting_software", "dotnet_core", "supi", "beyondinsight_path"
TYPE = "U-Series Appliance Supporting Software"


def told(bench: Bench, **given: Any) -> tuple[dict[str, dict[str, Any]], dict[str, Any]]:
    """Entries by id, and the result."""
    result = bench.attempt(MODULE, **given)
    assert (result.get("msg"), result["changed"], bench.writes()) == (None, False, 0), result
    return {one["id"]: one for one in result["package_dependencies"]["packages"]}, result


def applied(bench: Bench) -> None:
    """Everything that waits is applied."""
    bench.control.do(A, "updates.run_now")
    bench.control.advance(7200)


def test_what_is_missing_is_said_with_what_needs_it(bench: Bench) -> None:
    found, result = told(bench)
    assert result["package_dependencies"]["missing"] == [DOTNET, SUPPORTING]
    assert result["package_dependencies"]["unknown"] == [SUPI, PATH]
    assert found[SUPPORTING]["found"] == "SW-2021-03 Supporting Software"
    warnings = " ".join(result["warnings"])
    for words in ("3.2.6 and later", "210201", ".NET Core 3.1", "is available and not applied"):
        assert words in warnings, warnings
    assert "release-notes/beyondinsight-password-safe" in found[PATH]["reason"]


def test_what_is_applied_is_met(bench: Bench) -> None:
    applied(bench)
    found, result = told(bench)
    assert (found[SUPPORTING]["met"], found[DOTNET]["met"]) == (True, True)
    assert result["package_dependencies"]["missing"] == []


@pytest.mark.parametrize(
    ("name", "met"),
    [("SW 210201", True), ("SW-210131", False), ("SW-2021-02", None), ("SW-2021-01", False), ("SW", None)],
)
def test_the_name_of_a_package_tells_its_version(bench: Bench, name: str, met: bool | None) -> None:
    bench.control.do(A, "updates.take_away")
    bench.control.do(A, "updates.receive", name, TYPE)
    applied(bench)
    found, _result = told(bench)
    assert (found[SUPPORTING]["met"], found[DOTNET]["met"], found[SUPPORTING]["found"]) == (met, met, name)


def test_a_product_of_its_own_tells_dotnet(bench: Bench) -> None:
    for version, met in (("3.1.10", True), ("2.2", False)):
        bench.control.set("versions", [[".NET Core", version]], A)
        found, _result = told(bench)
        assert (found[DOTNET]["met"], found[DOTNET]["found"]) == (met, f".NET Core {version}")


def test_a_later_supi_is_a_warning(bench: Bench) -> None:
    assert told(bench, supi_version="2.4")[0][SUPI]["met"] is True
    found, result = told(bench, supi_version="2.10")
    assert (found[SUPI]["met"], found[SUPI]["found"]) == (False, "2.4.0.0")
    assert "Security Update Package Installer 2.10 is needed by packages" in " ".join(result["warnings"])
    bench.control.do(A, "updates.receive", "SUPI 2.5.0.0", TYPE)
    found, result = told(bench)
    assert (found[SUPI]["met"], "SUPI 2.5.0.0 is available" in found[SUPI]["reason"]) == (False, True)


def test_the_path_of_beyondinsight(bench: Bench) -> None:
    assert told(bench, beyondinsight_from="21.2")[0][PATH]["met"] is True
    found, result = told(bench, beyondinsight_from="21.10")
    assert (found[PATH]["met"], result["package_dependencies"]["missing"]) == (False, [DOTNET, SUPPORTING, PATH])


def test_hostile_text_is_data(bench: Bench) -> None:
    bench.control.do(A, "updates.receive", "<script>{{ 1 }}</script> 210202", TYPE)
    applied(bench)
    assert told(bench)[0][SUPPORTING]["met"] is True
