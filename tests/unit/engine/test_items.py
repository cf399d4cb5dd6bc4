# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The family of items: named things that are there or not."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from types import SimpleNamespace
from typing import Any, ClassVar

import pytest

from ansible_collections.useries.appliance.plugins.module_utils._engine.capability import Requirement
from ansible_collections.useries.appliance.plugins.module_utils._engine.items import Items
from ansible_collections.useries.appliance.plugins.module_utils._engine.plan import Plan
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from tests.unit.engine.bench import Notes, Pair, lost, task

SECRET = "canary-two"


class Shelf:
    """Named things; ``fails`` is raised after an order, ``deaf`` carries none out."""

    def __init__(self, **things: dict[str, Any]) -> None:
        self.things = things
        self.orders: list[str] = []
        self.fails: UseriesError | None = None
        self.unreadable: UseriesError | None = None
        self.deaf = False

    def order(self, words: str, name: str, values: dict[str, Any] | None) -> None:
        self.orders.append(words)
        if not self.deaf:
            if values is None:
                self.things.pop(name)
            else:
                self.things[name] = {**self.things.get(name, {}), **values}
        if self.fails:
            raise self.fails


class Location(Items):
    secrets: ClassVar = frozenset({"password"})

    @property
    def shelf(self) -> Shelf:
        shelf: Shelf = self.task.surfaces.shelf
        return shelf

    def find(self) -> dict[str, Any] | None:
        if self.shelf.orders and self.shelf.unreadable:
            raise self.shelf.unreadable
        thing = self.shelf.things.get(self.given["name"])
        return None if thing is None else {"name": self.given["name"], **thing, "password": None}

    def wanted(self, present: Mapping[str, Any] | None) -> dict[str, Any]:
        return {name: self.given.get(name) for name in ("name", "path", "password")}

    def create(self, plan: Plan) -> None:
        self.shelf.order("create", self.given["name"], {"path": plan.wanted.get("path")})

    def change(self, present: Mapping[str, Any], plan: Plan) -> None:
        values = {"path": plan.wanted["path"]} if "path" in plan.wanted else {}
        self.shelf.order("change", self.given["name"], values)

    def remove(self, present: Mapping[str, Any]) -> None:
        self.shelf.order("remove", self.given["name"], None)

    def provides(self, plan: Plan) -> Iterable[str]:
        return [f"location:{self.given['name']}"]


def run(shelf: Shelf, given: Mapping[str, Any], **more: Any) -> tuple[dict[str, Any], Any]:
    about = task({"name": "nas", **given}, surfaces=SimpleNamespace(shelf=shelf), **more)
    return Location(about).run(), about


def refusal(shelf: Shelf, given: Mapping[str, Any]) -> UseriesError:
    with pytest.raises(UseriesError) as caught:
        run(shelf, given)
    return caught.value


def test_what_is_missing_is_created() -> None:
    shelf = Shelf()
    result, _about = run(shelf, {"path": "D:"})
    assert (result["changed"], shelf.orders) == (True, ["create"])
    assert result["item"] == {"name": "nas", "path": "D:"}
    assert json.loads(result["diff"]["before"])["state"] == "absent"
    assert json.loads(result["diff"]["after"])["state"] == "present"


def test_what_differs_is_changed_and_the_rest_left_alone() -> None:
    shelf = Shelf(nas={"path": "C:"}, other={"path": "X:"})
    result, _about = run(shelf, {"path": "D:"})
    assert shelf.orders == ["change"]
    assert shelf.things == {"nas": {"path": "D:"}, "other": {"path": "X:"}}
    assert json.loads(result["diff"]["before"]) == {"path": "C:"}


@pytest.mark.parametrize("given", [{"path": "D:"}, {}, {"state": "present"}])
def test_what_is_there_stays(given: dict[str, Any]) -> None:
    shelf = Shelf(nas={"path": "D:"})
    result, about = run(shelf, given)
    assert (result["changed"], shelf.orders, about.gate.wrote) == (False, [], False)


def test_what_is_unwanted_is_removed_once() -> None:
    shelf = Shelf(nas={"path": "D:"})
    result, _about = run(shelf, {"state": "absent"})
    assert (result["changed"], result["item"], shelf.things) == (True, None, {})
    again, _about = run(shelf, {"state": "absent"})
    assert (again["changed"], shelf.orders) == (False, ["remove"])


@pytest.mark.parametrize(
    ("things", "given"),
    [({}, {"path": "D:"}), ({"nas": {"path": "C:"}}, {"path": "D:"}), ({"nas": {"path": "C:"}}, {"state": "absent"})],
)
def test_check_mode_predicts_what_the_real_run_gives(things: dict[str, Any], given: dict[str, Any]) -> None:
    shelf, notes = Shelf(**things), Notes()
    predicted, _about = run(shelf, given, check_mode=True, notes=notes)
    real, _about = run(Shelf(**things), given)
    assert predicted == real
    assert (shelf.orders, notes.made) == ([], ["location:nas"])


def test_a_secret_is_in_no_result() -> None:
    for things in ({}, {"nas": {"path": "D:"}}):
        for check_mode in (True, False):
            result, _about = run(Shelf(**things), {"path": "D:", "password": SECRET}, check_mode=check_mode)
            assert result["changed"]
            assert SECRET not in json.dumps(result)
            assert "password" not in result["item"]


def test_what_is_not_there_afterwards_is_an_error() -> None:
    for things, given, missing in (
        ({}, {"path": "D:"}, "state"),
        ({"nas": {"path": "C:"}}, {"path": "D:"}, "path"),
        ({"nas": {"path": "C:"}}, {"state": "absent"}, "state"),
    ):
        shelf = Shelf(**things)
        shelf.deaf = True
        error = refusal(shelf, given)
        assert error.kind == "not_seen"
        assert error.message.endswith(f"{missing}.")


def test_a_lost_answer_whose_effect_is_seen_is_a_change_with_a_warning() -> None:
    shelf = Shelf()
    shelf.fails = lost("silent")
    result, about = run(shelf, {"path": "D:"})
    assert (result["changed"], result["item"]["path"], shelf.orders) == (True, "D:", ["create"])
    assert ["was lost" in line for line in about.warnings] == [True]


@pytest.mark.parametrize("given", [{"path": "D:"}, {"state": "absent"}])
def test_a_lost_answer_whose_effect_is_not_seen_is_outcome_unknown(given: dict[str, Any]) -> None:
    shelf = Shelf(nas={"path": "C:"})
    shelf.fails, shelf.deaf = lost("silent"), True
    error = refusal(shelf, given)
    assert error.kind == "outcome_unknown"
    assert len(shelf.orders) == 1


def test_a_lost_answer_and_an_unreadable_list_is_outcome_unknown() -> None:
    shelf = Shelf()
    shelf.fails, shelf.unreadable = lost("silent"), lost("unreachable", "no route")
    error = refusal(shelf, {"path": "D:"})
    assert error.kind == "outcome_unknown"
    assert "no route" in error.message


def test_a_lost_answer_leaves_a_password_unknown() -> None:
    shelf = Shelf(nas={"path": "D:"})
    shelf.fails = lost("silent")
    error = refusal(shelf, {"password": SECRET})
    assert error.kind == "outcome_unknown"
    assert SECRET not in error.message


def test_a_refusal_of_the_console_is_an_answer() -> None:
    shelf = Shelf()
    shelf.fails = lost("rejected", "no such path")
    assert refusal(shelf, {"path": "D:"}).kind == "rejected"


def test_bad_input_is_refused_before_anything_is_read() -> None:
    class Careful(Location):
        def check(self) -> None:
            raise self.refuse("name is odd", kind="invalid")

        def find(self) -> dict[str, Any] | None:
            raise AssertionError("read before the check")

    with pytest.raises(UseriesError, match="name is odd"):
        Careful(task({"name": "nas"}, surfaces=SimpleNamespace(shelf=Shelf()))).run()


def test_a_serious_change_asks_for_state_and_lease_and_a_needless_one_does_not() -> None:
    class Serious(Location):
        impact = "service"

    for things, asked in (({}, ["state", "alive", "permit", "hold", "intend"]), ({"nas": {"path": "D:"}}, [])):
        pair = Pair()
        Serious(task({"name": "nas", "path": "D:"}, surfaces=SimpleNamespace(shelf=Shelf(**things)), pair=pair)).run()
        assert pair.calls == asked
    with pytest.raises(UseriesError):
        Serious(
            task({"name": "nas", "path": "D:"}, surfaces=SimpleNamespace(shelf=Shelf()), pair=Pair("EXPOSED"))
        ).run()


def test_a_change_that_the_present_state_forbids_is_refused_in_both_modes() -> None:
    class Guarded(Location):
        def before_write(self, present: Mapping[str, Any] | None, plan: Plan) -> None:
            raise self.refuse("it is in use")

    for check_mode in (True, False):
        shelf = Shelf()
        with pytest.raises(UseriesError, match="it is in use"):
            Guarded(task({"name": "nas"}, surfaces=SimpleNamespace(shelf=shelf), check_mode=check_mode)).run()
        assert shelf.orders == []


def test_a_promised_requirement_predicts_the_creation() -> None:
    class Needing(Location):
        def requirements(self) -> Sequence[Requirement]:
            return (Requirement("role", False, "The role is off.", "Turn it on.", appliance="other"),)

        def find(self) -> dict[str, Any] | None:
            raise AssertionError("there is nothing to read")

    notes = Notes(known={("role", "other")})
    about = task({"name": "nas", "path": "D:"}, surfaces=SimpleNamespace(), check_mode=True, notes=notes)
    result = Needing(about).run()
    assert (result["changed"], result["item"], notes.made) == (True, {"name": "nas", "path": "D:"}, ["location:nas"])


class Stored(Location):
    """Its form has a field for the password, so saving it could blank that."""

    section = SimpleNamespace(fields=[SimpleNamespace(id="password", secret=True, kind="text")])
    secrets: ClassVar = frozenset()

    def wanted(self, present: Mapping[str, Any] | None) -> dict[str, Any]:
        spared = set() if present is None else {"password"} - self.compared_secrets()
        return {name: value for name, value in super().wanted(present).items() if name not in spared}

    def holds_secret(self, name: str, present: Mapping[str, Any]) -> bool:
        assert name == "password"
        return bool(present["path"])


def stored(things: dict[str, Any], **given: Any) -> tuple[dict[str, Any], Shelf]:
    shelf = Shelf(**things)
    return Stored(task({"name": "nas", **given}, surfaces=SimpleNamespace(shelf=shelf))).run(), shelf


def test_a_stored_secret_is_wanted_when_something_else_changes() -> None:
    with pytest.raises(UseriesError) as caught:
        stored({"nas": {"path": "C:"}}, path="D:")
    assert (caught.value.kind, "could blank it" in caught.value.message) == ("invalid", True)


def test_a_stored_secret_is_sent_along_and_the_diff_says_so() -> None:
    result, shelf = stored({"nas": {"path": "C:"}}, path="D:", password=SECRET, update_password="on_create")
    assert shelf.orders == ["change"]
    assert json.loads(result["diff"]["after"]) == {"path": "D:", "password": "(sent along unchanged)"}


def test_no_stored_secret_is_wanted_to_create_or_to_remove() -> None:
    assert stored({}, path="D:")[1].orders == ["create"]
    assert stored({"nas": {"path": "C:"}}, state="absent")[1].orders == ["remove"]


def test_on_create_the_secret_is_set_with_the_creation_only() -> None:
    given = {"path": "D:", "password": SECRET, "update_password": "on_create"}
    assert "password" in json.loads(stored({}, **given)[0]["diff"]["after"])
    assert not stored({"nas": {"path": "D:"}}, **given)[0]["changed"]
