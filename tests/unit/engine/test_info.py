# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The family of information: answers, filters, and an appliance that is not there."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import jmespath
import pytest

from ansible_collections.useries.appliance.plugins.module_utils._engine.capability import Requirement
from ansible_collections.useries.appliance.plugins.module_utils._engine.info import Info
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import Kind, UseriesError
from tests.unit.engine.bench import Notes, lost, task


class Facts(Info):
    returns = "facts"

    def read(self) -> Any:
        answer = self.task.surfaces.answer
        if isinstance(answer, UseriesError):
            raise answer
        return answer


def run(answer: Any, **given: Any) -> dict[str, Any]:
    return Facts(task(given, surfaces=SimpleNamespace(answer=answer, jmespath=jmespath))).run()


def test_it_answers_and_changes_nothing() -> None:
    assert run({"version": "3.3"}) == {"changed": False, "reachable": True, "facts": {"version": "3.3"}}


def test_a_query_filters_the_answer() -> None:
    rows = [{"name": "a", "on": True}, {"name": "b", "on": False}]
    assert run(rows, query="[?on].name")["facts"] == ["a"]
    assert run(rows, query="[?name=='zzz']|[0]")["facts"] is None


@pytest.mark.parametrize("query", ["[?", "length(`5`)", "nonsense(@)"])
def test_a_wrong_query_is_bad_input(query: str) -> None:
    with pytest.raises(UseriesError) as caught:
        run([], query=query)
    assert (caught.value.kind, caught.value.surface) == ("invalid", "local")


@pytest.mark.parametrize("kind", ["unreachable", "silent"])
def test_a_silent_appliance_is_an_answer_where_that_is_ok(kind: Kind) -> None:
    result = run(lost(kind, "no route"), unreachable_ok=True)
    assert result == {"changed": False, "reachable": False, "facts": None, "reason": "no route"}


def test_a_silent_appliance_is_an_error_otherwise() -> None:
    with pytest.raises(UseriesError):
        run(lost("unreachable"), unreachable_ok=False)


@pytest.mark.parametrize("kind", ["login_refused", "untrusted", "label_missing"])
def test_other_errors_are_never_swallowed(kind: Kind) -> None:
    with pytest.raises(UseriesError) as caught:
        run(lost(kind), unreachable_ok=True)
    assert caught.value.kind == kind


def test_bad_input_is_refused_before_anything_is_read() -> None:
    class Careful(Facts):
        def check(self) -> None:
            raise self.refuse("odd", kind="invalid")

    with pytest.raises(UseriesError) as caught:
        Careful(task({}, surfaces=SimpleNamespace())).run()
    assert (caught.value.kind, caught.value.message) == ("invalid", "odd")
    assert caught.value.remedy == "Correct the option and run the task again."


def test_what_a_checked_run_only_promised_is_not_read() -> None:
    class Needing(Facts):
        def requirements(self) -> Sequence[Requirement]:
            return (Requirement("role:mail", False, "The role is off.", "Turn it on."),)

    promised = task({}, surfaces=SimpleNamespace(), check_mode=True, notes=Notes(known={("role:mail", "")}))
    assert Needing(promised).run() == {"changed": False, "facts": None, "reachable": True}


@pytest.mark.parametrize(("given", "seconds"), [({}, 90), ({"wait_timeout": 5}, 5)])
def test_the_user_says_how_long_to_wait(given: dict[str, Any], seconds: float) -> None:
    assert Facts(task(given)).within(90).timeout == seconds


def test_every_declaration_has_the_options_of_the_family() -> None:
    assert set(Facts.spec()) == {"query", "unreachable_ok"}
