# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options that are fields: their spec, their ranges, other names; confirmations and the words of refusals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import SimpleNamespace
from typing import Any, ClassVar

import pytest

from ansible_collections.useries.appliance.plugins.module_utils._engine.fields import Range, complaint_about_text
from ansible_collections.useries.appliance.plugins.module_utils._engine.info import Info
from ansible_collections.useries.appliance.plugins.module_utils._engine.items import Items
from ansible_collections.useries.appliance.plugins.module_utils._engine.plan import Plan
from ansible_collections.useries.appliance.plugins.module_utils._engine.settings import Settings
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from tests.unit.engine.bench import task

SECRET = "canary-three"


def field(name: str, kind: str = "text", **more: Any) -> SimpleNamespace:
    about = {"secret": False, "choices": (), "minimum": None, "maximum": None, "unit": ""}
    return SimpleNamespace(id=name, kind=kind, **{**about, **more})


SECTION = SimpleNamespace(
    page=SimpleNamespace(menu=("Maintenance", "Mail")),
    title="SMTP",
    fields=[
        field("host"),
        field("port", "number", minimum=1, maximum=65535),
        field("timeout", "number", minimum=1, unit="minutes"),
        field("on", "toggle"),
        field("day", "day"),
        field("level", "choice", choices=("low", "high")),
        field("password", "password", secret=True),
        field("not_an_option"),
    ],
)


class Console:
    """Values by field id."""

    def __init__(self, **values: Any) -> None:
        self.values = values
        self.writes: list[dict[str, Any]] = []

    def read(self, section: Any, fields: Sequence[str]) -> dict[str, Any]:
        return {name: None if name == "password" else self.values.get(name) for name in fields}

    def write(self, section: Any, values: Mapping[str, Any], button: str, *, fresh: bool | None) -> None:
        self.writes.append(dict(values))
        self.values.update(values)


class Smtp(Settings):
    section = SECTION
    fields: ClassVar = ("mail_host", "port", "timeout", "on", "day", "level", "mail_password")
    option_names: ClassVar = {"mail_host": "host", "mail_password": "password"}
    required: ClassVar = ("mail_host",)
    ranges: ClassVar = {"tries": Range(0, 9)}
    options: ClassVar = {"on": {"type": "bool", "default": True}, "tries": {"type": "int"}}
    button = "save"


def run(console: Console, **given: Any) -> dict[str, Any]:
    return Smtp(task(given, surfaces=SimpleNamespace(console=console))).run()


def refusal(**given: Any) -> UseriesError:
    with pytest.raises(UseriesError) as caught:
        run(Console(), **given)
    return caught.value


def test_the_spec_follows_from_the_fields_and_own_options_win() -> None:
    assert Smtp.spec() == {
        "mail_host": {"type": "str", "required": True},
        "port": {"type": "int"},
        "timeout": {"type": "int", "no_log": False},
        "on": {"type": "bool", "default": True},
        "day": {
            "type": "str",
            "choices": ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"],
        },
        "level": {"type": "str", "choices": ["low", "high"]},
        "mail_password": {"type": "str", "no_log": True},
        "tries": {"type": "int"},
    }


def test_options_of_another_name_are_read_compared_and_written_by_their_field() -> None:
    console = Console(host="old", port=25)
    result = run(console, mail_host="new", port=25, mail_password=SECRET)
    assert console.writes == [{"host": "new", "password": SECRET}]
    assert result["settings"]["mail_host"] == "new"
    assert "mail_password" not in result["settings"]
    assert SECRET not in str(result)


def test_a_stored_secret_is_asked_for_by_the_name_of_its_option() -> None:
    error = refusal(mail_host="new")
    assert (error.kind, "mail_password" in error.message, "mail_password" in error.remedy) == ("invalid", True, True)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"port": 0}, "port is 0; it must be 1 to 65535. Nothing was changed."),
        ({"port": 65536}, "port is 65536; it must be 1 to 65535. Nothing was changed."),
        ({"timeout": 0}, "timeout is 0; it must be 1 or more minutes. Nothing was changed."),
        ({"tries": 10}, "tries is 10; it must be 0 to 9. Nothing was changed."),
        (
            {"port": -1, "tries": -1},
            "port is -1; it must be 1 to 65535; tries is -1; it must be 0 to 9. Nothing was changed.",
        ),
    ],
)
def test_numbers_out_of_range_are_refused_with_option_value_and_range(given: dict[str, Any], words: str) -> None:
    error = refusal(**given)
    assert (error.kind, error.message) == ("invalid", words)


@pytest.mark.parametrize("given", [{"port": 1}, {"port": 65535}, {"timeout": 1}, {"tries": 0}, {"tries": None}])
def test_numbers_at_the_ends_are_taken(given: dict[str, Any]) -> None:
    console = Console(**{name: value for name, value in given.items() if name != "tries"})
    assert run(console, **given)["changed"] is False


def test_a_range_without_a_lower_end() -> None:
    assert Range(maximum=3).complaint("x", 4) == "x is 4; it must be 3 or less"
    assert Range(maximum=3).complaint("x", True) == ""


# -- confirmations and refusals ----------------------------------------------------------------------------------------


def confirming(names: Sequence[str], flag: str = "", **given: Any) -> UseriesError | None:
    try:
        Smtp(task(given)).confirmed(names, "All is lost.", flag=flag)
    except UseriesError as error:
        return error
    return None


@pytest.mark.parametrize("given", [None, "", "A", "B+A", "a+b", "A + B"])
def test_only_the_very_names_confirm(given: str | None) -> None:
    error = confirming(["A", "B"], confirm=given)
    assert error is not None
    assert (error.message, error.remedy) == (
        "All is lost. Nothing was changed.",
        "Check it, then repeat with confirm: 'A+B'.",
    )
    assert confirming(["A", "B"], confirm="A+B") is None


@pytest.mark.parametrize(("names", "given"), [(["A", ""], "A+"), ([""], ""), (["", "B"], "+B")])
def test_a_name_that_cannot_be_read_refuses(names: list[str], given: str) -> None:
    error = confirming(names, confirm=given)
    assert error is not None
    assert "cannot be read" in error.message


def test_possible_data_loss_has_its_own_flag() -> None:
    error = confirming(["A"], "accept_data_loss", confirm="A", accept_data_loss=False)
    assert error is not None
    assert error.remedy == "Check it, then repeat with accept_data_loss: true and confirm: 'A'."
    assert confirming(["A"], "accept_data_loss", confirm="A", accept_data_loss=True) is None


class Look(Info):
    def read(self) -> Any:
        raise self.refuse("There is no such thing.")


def test_who_only_reads_does_not_say_that_nothing_was_changed() -> None:
    with pytest.raises(UseriesError) as caught:
        Look(task({})).run()
    assert caught.value.message == "There is no such thing."


def test_after_a_write_nobody_says_that_nothing_was_changed() -> None:
    about = task({})
    about.gate.open("none")
    assert Smtp(about).refuse("Too late.").message == "Too late."


# -- named things ------------------------------------------------------------------------------------------------------


class Location(Items):
    section = SECTION
    fields: ClassVar = ("mail_host", "mail_password")
    option_names: ClassVar = Smtp.option_names
    key = "mail_host"
    there: dict[str, Any] | None = None

    def find(self) -> dict[str, Any] | None:
        return self.there

    def create(self, plan: Plan) -> None:
        self.there = dict(plan.wanted)

    def change(self, present: Mapping[str, Any], plan: Plan) -> None:
        self.there = {**present, **plan.wanted}


def test_a_secret_of_an_item_is_set_when_it_is_created_and_then_left_alone() -> None:
    given = {"mail_host": "x", "mail_password": SECRET, "update_password": "on_create"}
    one = Location(task(given))
    assert one.run()["item"] == {"mail_host": "x"}
    assert one.there is not None
    assert one.there["mail_password"] == SECRET
    assert one.run()["changed"] is False


@pytest.mark.parametrize(
    ("value", "one_line", "words"),
    [
        ("plain", True, ""),
        ("two\nlines", False, ""),
        ("two\nlines", True, "name has a line end at character 4"),
        ("a\x00b", False, "U+0000 at character 2"),
        ("\x1b[31m", True, "U+001B at character 1"),
        ("\ud800", True, "U+D800"),
        (7, True, ""),
        (None, True, ""),
    ],
)
def test_a_text_that_no_form_can_hold_is_named_without_showing_it(value: Any, one_line: bool, words: str) -> None:
    told = complaint_about_text("name", value, one_line=one_line)
    assert words in told
    assert bool(told) is bool(words)
    assert "plain" not in told
