# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The family of settings: read, compare, write, read again, and what a lost answer means."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from types import SimpleNamespace
from typing import Any, ClassVar

import pytest

from ansible_collections.useries.appliance.plugins.module_utils._engine.capability import Requirement
from ansible_collections.useries.appliance.plugins.module_utils._engine.plan import Plan
from ansible_collections.useries.appliance.plugins.module_utils._engine.settings import Settings
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from tests.unit.engine.bench import Notes, Pair, lost, task

SECRET = "canary-one"


def field(name: str, *, secret: bool = False, kind: str = "text") -> SimpleNamespace:
    return SimpleNamespace(id=name, secret=secret, kind=kind, choices=(), minimum=None, maximum=None, unit="")


PAGE = SimpleNamespace(menu=("Maintenance", "Network"))
PLAIN = SimpleNamespace(page=PAGE, title="SMTP", fields=[field("host"), field("port")])
GUARDED = SimpleNamespace(page=PAGE, title="SMTP", fields=[*PLAIN.fields, field("password", secret=True)])


class Console:
    """A section's values; ``write_fails`` and ``reads`` make it misbehave.

    :ivar keeps: names that the console silently keeps as they were.
    """

    def __init__(self, **values: Any) -> None:
        self.values = values
        self.writes: list[dict[str, Any]] = []
        self.keeps: set[str] = set()
        self.write_fails: UseriesError | None = None
        self.carried_out = True
        self.read_fails_after_write: UseriesError | None = None
        self.reads = 0

    def read(self, section: Any, fields: Iterable[str]) -> dict[str, Any]:
        self.reads += 1
        if self.writes and self.read_fails_after_write:
            raise self.read_fails_after_write
        return {name: None if name == "password" else self.values.get(name) for name in fields}

    def write(self, section: Any, values: Mapping[str, Any], button: str, *, fresh: bool | None) -> None:
        assert (button, fresh) == ("save", None)
        self.writes.append(dict(values))
        if self.carried_out:
            self.values.update({name: value for name, value in values.items() if name not in self.keeps})
        if self.write_fails:
            raise self.write_fails


class Smtp(Settings):
    section = PLAIN
    fields: ClassVar[Sequence[str]] = ("host", "port")
    button = "save"

    def provides(self, plan: Plan) -> Iterable[str]:
        return ["smtp"]


class GuardedSmtp(Smtp):
    section = GUARDED
    fields: ClassVar = ("host", "port", "password")


class Serious(Smtp):
    impact = "service"


class Needing(GuardedSmtp):
    met = False

    def requirements(self) -> Sequence[Requirement]:
        return (Requirement("role:mail", self.met, "The role is off.", "Turn it on first."),)


def run(kind: type[Settings], console: Console, given: Mapping[str, Any], **more: Any) -> tuple[dict[str, Any], Any]:
    """Result and task."""
    about = task(given, surfaces=SimpleNamespace(console=console), **more)
    return kind(about).run(), about


def refusal(kind: type[Settings], console: Console, given: Mapping[str, Any], **more: Any) -> UseriesError:
    with pytest.raises(UseriesError) as caught:
        run(kind, console, given, **more)
    return caught.value


def test_nothing_differs_nothing_is_written() -> None:
    console = Console(host="mail", port=25)
    result, about = run(Smtp, console, {"host": "mail"})
    assert (result["changed"], result["settings"]) == (False, {"host": "mail", "port": 25})
    assert (console.writes, about.gate.wrote, console.reads) == ([], False, 1)


def test_only_what_differs_is_written_and_then_seen() -> None:
    console = Console(host="mail", port=25)
    result, about = run(Smtp, console, {"host": "mail", "port": 587})
    assert console.writes == [{"port": 587}]
    assert result["settings"] == {"host": "mail", "port": 587}
    assert result["changed"]
    assert json.loads(result["diff"]["before"]) == {"port": 25}
    assert json.loads(result["diff"]["after"]) == {"port": 587}
    assert console.reads == 2
    assert not about.warnings


def test_check_mode_predicts_and_writes_nothing() -> None:
    console, notes = Console(host="mail", port=25), Notes()
    result, about = run(Smtp, console, {"port": 587}, check_mode=True, notes=notes)
    real, _about = run(Smtp, Console(host="mail", port=25), {"port": 587})
    assert result == real
    assert (console.writes, about.gate.wrote, notes.made) == ([], False, ["smtp"])


def test_a_real_run_promises_nothing() -> None:
    notes = Notes()
    run(Smtp, Console(host="mail", port=25), {"port": 587}, notes=notes)
    assert notes.made == []


def test_what_is_not_there_afterwards_is_an_error() -> None:
    console = Console(host="mail", port=25)
    console.keeps = {"port"}
    error = refusal(Smtp, console, {"host": "relay", "port": 587})
    assert error.kind == "not_seen"
    assert "port: wanted 587, found 25" in error.message
    assert "host" not in error.message.split("again:")[1]
    assert "Maintenance > Network > SMTP" in error.message


def test_a_lost_answer_whose_effect_is_seen_is_a_change_with_a_warning() -> None:
    console = Console(host="mail", port=25)
    console.write_fails = lost("silent")
    result, about = run(Smtp, console, {"port": 587})
    assert result["changed"]
    assert result["settings"]["port"] == 587
    assert ["was lost" in line for line in about.warnings] == [True]
    assert len(console.writes) == 1


def test_a_lost_answer_whose_effect_is_not_seen_is_outcome_unknown() -> None:
    console = Console(host="mail", port=25)
    console.write_fails, console.carried_out = lost("silent"), False
    error = refusal(Smtp, console, {"port": 587})
    assert error.kind == "outcome_unknown"
    assert "port is not as wanted" in error.message
    assert "Run the task again" in error.remedy
    assert len(console.writes) == 1


def test_a_lost_answer_and_an_unreadable_page_is_outcome_unknown() -> None:
    console = Console(host="mail", port=25)
    console.write_fails, console.read_fails_after_write = lost("silent"), lost("unreachable", "no route")
    error = refusal(Smtp, console, {"port": 587})
    assert error.kind == "outcome_unknown"
    assert "no route" in error.message


def test_a_lost_answer_leaves_a_password_unknown() -> None:
    console = Console(host="mail", port=25)
    console.write_fails = lost("silent")
    error = refusal(GuardedSmtp, console, {"password": SECRET})
    assert error.kind == "outcome_unknown"
    assert "cannot be checked by reading" in error.message
    assert SECRET not in error.message


@pytest.mark.parametrize("kind", ["rejected", "failed", "label_missing"])
def test_an_answer_is_an_answer(kind: Any) -> None:
    console = Console(host="mail", port=25)
    console.write_fails = lost(kind)
    assert refusal(Smtp, console, {"port": 587}).kind == kind
    assert console.reads == 1


def test_a_stored_secret_that_saving_could_blank_refuses_before_the_write() -> None:
    console = Console(host="mail", port=25)
    error = refusal(GuardedSmtp, console, {"port": 587})
    assert error.kind == "invalid"
    assert "could blank it" in error.message
    assert "Give password" in error.remedy
    assert "blank_keeps_secret" in error.remedy
    assert console.writes == []
    assert refusal(GuardedSmtp, console, {"port": 587}, check_mode=True).kind == "invalid"


def test_setting_one_secret_of_two_does_not_blank_the_other() -> None:
    class Two(GuardedSmtp):
        section = SimpleNamespace(
            page=PAGE, title="SMTP", fields=[*PLAIN.fields, field("password", secret=True), field("pin", secret=True)]
        )

    console = Console(host="mail", port=25)
    error = refusal(Two, console, {"password": SECRET})
    assert error.kind == "invalid"
    assert "also holds a pin, and saving password without it could blank it" in error.message
    assert console.writes == []


def test_an_appliance_that_keeps_it_is_believed_when_told() -> None:
    console = Console(host="mail", port=25)
    run(GuardedSmtp, console, {"port": 587, "blank_keeps_secret": True})
    assert console.writes == [{"port": 587}]


def test_a_secret_alone_is_written_every_time() -> None:
    console = Console(host="mail", port=25)
    result, _about = run(GuardedSmtp, console, {"password": SECRET})
    assert result["changed"]
    assert console.writes == [{"password": SECRET}]
    assert SECRET not in json.dumps(result)
    assert "password" not in result["settings"]


def test_on_create_a_secret_alone_is_no_change() -> None:
    console = Console(host="mail", port=25)
    result, _about = run(GuardedSmtp, console, {"port": 25, "password": SECRET, "update_password": "on_create"})
    assert not result["changed"]
    assert console.writes == []


@pytest.mark.parametrize("check_mode", [True, False])
def test_on_create_a_secret_goes_along_with_another_change_and_the_diff_says_so(check_mode: bool) -> None:
    console = Console(host="mail", port=25)
    given = {"port": 587, "password": SECRET, "update_password": "on_create"}
    result, _about = run(GuardedSmtp, console, given, check_mode=check_mode)
    assert console.writes == ([] if check_mode else [{"port": 587, "password": SECRET}])
    assert json.loads(result["diff"]["after"]) == {"port": 587, "password": "(sent along unchanged)"}
    assert SECRET not in json.dumps(result)


def test_a_secret_that_is_only_shown_is_never_asked_for() -> None:
    class Shown(GuardedSmtp):
        section = SimpleNamespace(
            page=PAGE, title="SMTP", fields=[*PLAIN.fields, field("password", secret=True, kind="readonly")]
        )

    console = Console(host="mail", port=25)
    run(Shown, console, {"port": 587})
    assert console.writes == [{"port": 587}]


def test_a_section_without_a_stored_secret_may_say_so() -> None:
    class Fresh(GuardedSmtp):
        def holds_secret(self, name: str, present: Mapping[str, Any]) -> bool:
            return False

    console = Console(host="mail", port=25)
    run(Fresh, console, {"port": 587})
    assert console.writes == [{"port": 587}]


def test_an_unmet_requirement_fails_in_both_modes() -> None:
    for check_mode in (True, False):
        console = Console(host="mail", port=25)
        error = refusal(Needing, console, {"port": 587}, check_mode=check_mode)
        assert (error.kind, error.remedy) == ("precondition", "Turn it on first.")
        assert error.message == "The role is off. Nothing was changed."
        assert console.reads == 0


def test_a_promised_requirement_predicts_a_change_from_nothing() -> None:
    notes = Notes(known={("role:mail", "")})
    console = Console()
    result, about = run(Needing, console, {"port": 587, "password": SECRET}, check_mode=True, notes=notes)
    assert result["changed"]
    assert json.loads(result["diff"]["before"])["port"] is None
    assert json.loads(result["diff"]["after"])["port"] == 587
    assert SECRET not in json.dumps(result)
    assert ["does not exist yet" in line for line in about.warnings] == [True]
    assert (console.reads, console.writes, notes.made) == (0, [], ["smtp"])


def test_a_promise_counts_in_check_mode_only() -> None:
    notes = Notes(known={("role:mail", "")})
    assert refusal(Needing, Console(), {"port": 587}, notes=notes).kind == "precondition"


def test_a_serious_change_asks_for_state_and_lease_in_this_order() -> None:
    pair = Pair("SYNCHRONIZED")
    run(Serious, Console(host="mail", port=25), {"port": 587}, pair=pair)
    assert pair.calls == ["state", "alive", "permit", "hold", "intend"]


def test_a_serious_section_that_is_right_already_asks_for_nothing() -> None:
    pair = Pair("EXPOSED")
    run(Serious, Console(host="mail", port=25), {"port": 25}, pair=pair)
    assert pair.calls == []


def test_a_serious_change_is_refused_in_check_mode_too() -> None:
    console = Console(host="mail", port=25)
    error = refusal(Serious, console, {"port": 587}, pair=Pair("EXPOSED"), check_mode=True)
    assert error.kind == "precondition"
    assert console.writes == []


class Proven(Smtp):
    other_road: ClassVar = ("verified", {"level": "1.2"})

    def prove(self, state: Any) -> Any:
        return self.other_road


def test_a_proof_is_part_of_the_result_whether_or_not_something_changed() -> None:
    for port in (25, 587):
        result, _about = run(Proven, Console(host="mail", port=25), {"port": port})
        assert (result["proof"], result["proof_detail"]) == ("verified", {"level": "1.2"})


def test_an_unavailable_proof_fails_only_when_it_is_required() -> None:
    class Dark(Proven):
        other_road: ClassVar = ("unavailable", {"reason": "WinRM is off"})

    result, _about = run(Dark, Console(host="mail", port=25), {"port": 587})
    assert result["proof"] == "unavailable"
    error = refusal(Dark, Console(host="mail", port=25), {"port": 587, "require_proof": True})
    assert "WinRM is off" in error.message
    result, _about = run(Proven, Console(host="mail", port=25), {"port": 587, "require_proof": True})
    assert result["proof"] == "verified"


def test_bad_input_is_refused_before_anything_is_read() -> None:
    class Careful(Smtp):
        def check(self) -> None:
            raise self.refuse("port is odd", kind="invalid")

    console = Console(host="mail", port=25)
    assert refusal(Careful, console, {"port": 587}).kind == "invalid"
    assert console.reads == 0


def test_a_change_that_the_present_state_forbids_is_refused_in_both_modes() -> None:
    class Guarded(Smtp):
        def before_write(self, present: Mapping[str, Any], plan: Plan) -> None:
            raise self.refuse("mail is under way")

    for check_mode in (True, False):
        console = Console(host="mail", port=25)
        assert "mail is under way" in refusal(Guarded, console, {"port": 587}, check_mode=check_mode).message
        assert console.writes == []


def test_the_same_warning_is_given_once() -> None:
    class Chatty(Smtp):
        def before_write(self, present: Mapping[str, Any], plan: Plan) -> None:
            self.warn("careful")
            self.warn("careful")

    _result, about = run(Chatty, Console(host="mail", port=25), {"port": 587})
    assert about.warnings == ["careful"]
