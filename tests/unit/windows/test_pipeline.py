# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Typed pipelines: what goes in comes out on the other side, whatever it is; what cannot be sent safely is refused."""

from __future__ import annotations

import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._windows.pipeline import (
    Command,
    Program,
    quote_argument,
    render,
)
from simulator.windows.tokenizer import ParseError, parse, split_command_line

HOSTILE = [
    "'",
    "''",
    "\u2018",
    "\u2019; Stop-Computer",
    "\u201a",
    "\u201b",
    "a\u2019'b",
    "$(calc)",
    "`n",
    '"',
    "a\nb",
    "a\r\nb",
    "; Stop-Computer",
    "| Stop-Computer",
    "&calc",
    "@(1)",
    "@{a=1}",
    "-Force",
    "--%",
    "#",
    "<# #>",
    "",
    " ",
    "\t",
    "\u2013Force",
    "\u00e9\U0001f600",
    "%PATH%",
    "' ; Stop-Computer ; '",
    "\u2019\u2018",
    "'\u2019",
    "\\",
    "\\'",
    "\ufeff",
    "\u2028",
    "\u0001",
    "]]>",
    "</S>",
]

sendable = st.characters(exclude_categories=("Cs",), exclude_characters="\0")
texts = st.text(sendable) | st.text("'\u2018\u2019\u201a\u201b \"`$;|-@#a\n")
scalars = st.none() | st.booleans() | st.integers(-(2**63) + 1, 2**63 - 1) | texts
keys = st.lists(texts, max_size=4, unique_by=lambda key: key.upper().casefold())
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=4) | keys.flatmap(lambda names: st.fixed_dictionaries(dict.fromkeys(names, inner)))
    ),
    max_leaves=8,
)


class Tagged(str):
    """As ansible-core tags strings: a subclass that remembers where it came from."""

    def __str__(self) -> str:
        return "not the value"


@given(values, values)
@settings(max_examples=300, deadline=None)
def test_any_value_comes_through_unchanged(one, two):
    command = Command("Set-Thing", literal=("One", "Two"), One=one, Two=two)
    (first, second) = parse(render(command | Command("Out-String", Width=80)))
    assert (first.name, first.parameters) == ("Set-Thing", {"One": one, "Two": two})
    assert [type(first.parameters[name]) for name in ("One", "Two")] == [type(one), type(two)]
    assert (second.name, second.parameters) == ("Out-String", {"Width": 80})


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_one_value(text):
    command = Command("Set-Thing", literal=("Value", "Table"), Value=text, List=[], Table={text: [text]})
    (stage,) = parse(render(command))
    assert stage.parameters == {"Value": text, "List": [], "Table": {text: [text]}}


def test_the_text_of_a_pipeline():
    pipeline = (
        Command("Get-BitLockerVolume", MountPoint="C:")
        | Command("Select-Object", Property=["MountPoint", "KeyProtector"])
        | Command("ConvertTo-Json", Depth=4, Compress=True)
    )
    assert render(pipeline) == (
        "Get-BitLockerVolume -MountPoint 'C:' | Select-Object -Property @('MountPoint','KeyProtector')"
        " | ConvertTo-Json -Depth 4 -Compress:$true"
    )


def test_a_tagged_string_is_sent_as_what_it_holds():
    assert render(Command("Get-Thing", Name=Tagged("it's"))) == "Get-Thing -Name 'it''s'"


@pytest.mark.parametrize(
    "value",
    ["a\0b", "\ud800", 1.5, b"x", ("a",), 2**63, {"A": 1, "a": 2}, {1: 2}, {"\0": 1}, object(), ["ok", "\udfff"]],
)
def test_values_that_cannot_be_sent_are_refused_without_being_named(value):
    with pytest.raises(UseriesError) as caught:
        Command("Set-Thing", Value=value)
    assert (caught.value.kind, caught.value.surface) == ("invalid", "windows")
    assert repr(value) not in str(caught.value)


@pytest.mark.parametrize("text", ["*", "C:\\*", "a?", "[ab]", "a`b"])
def test_wildcards_are_refused_unless_taken_literally(text):
    for value in (text, [text], {"k": text}):
        with pytest.raises(UseriesError):
            Command("Get-ItemProperty", Name=value)
    assert parse(render(Command("Get-ItemProperty", LiteralPath=text)))[0].parameters == {"LiteralPath": text}
    assert parse(render(Command("Set-Thing", literal=("Value",), Value=text)))[0].parameters == {"Value": text}


@pytest.mark.parametrize(
    "parameter", ["Filter", "FILTER", "Fil", "Query", "ScriptBlock", "FilterScript", "S", "Expression", "ArgumentList"]
)
def test_parameters_that_are_code_are_refused(parameter):
    with pytest.raises(UseriesError, match="code"):
        Command("Get-Thing", **{parameter: "1"})


LINES = "system.webServer/security/isapiCgiRestriction/add"


@pytest.mark.parametrize("path", [LINES, f"{LINES}[@description='ASP.NET v4.0.30319']"])
def test_a_path_into_the_configuration_of_iis_is_no_code(path):
    for name in ("Get-WebConfiguration", "Set-WebConfigurationProperty"):
        assert parse(render(Command(name, Filter=path)))[0].parameters == {"Filter": path}
    with pytest.raises(UseriesError, match="code"):
        Command("Get-Thing", Filter=path)


@pytest.mark.parametrize("path", ["//*", f"{LINES}[@a='x' or '1'='1']", f"{LINES}[@a='*']", "a'b", "", "a\n", ["a"], 1])
@pytest.mark.parametrize("name", ["Filter", "FILTER", "Fil"])
def test_any_other_path_is(path, name):
    with pytest.raises(UseriesError, match="code"):
        Command("Get-WebConfiguration", **{name: path})


@pytest.mark.parametrize(
    "name",
    ["Get", "get-thing", "Get-Thing; x", "Get-Thing ", "Gét-Thing", "", "Get-Thing\n", "Invoke-Expression", "Add-Type"],
)
def test_command_names_are_checked(name):
    with pytest.raises(UseriesError):
        Command(name)


@pytest.mark.parametrize("parameter", ["name", "A-B", "A B", "", "A\n", "\u00c9"])
def test_parameter_names_are_checked(parameter):
    with pytest.raises(UseriesError):
        Command("Get-Thing", **{parameter: 1})


def test_a_parameter_given_twice_is_refused():
    with pytest.raises(UseriesError, match="twice"):
        Command("Get-Thing", Name=1, NAME=2)


def test_values_are_not_part_of_the_repr():
    assert "hunter2" not in repr(Command("Set-Thing", Value="hunter2") | Command("Out-String"))
    assert "hunter2" not in repr(Program("racadm.exe", ["hunter2"]))


@pytest.mark.parametrize(
    "text",
    [
        'Get-X -A "b"',
        "Get-X -A $env:x",
        "Get-X 'positional'",
        "Get-X -A 'b' # c",
        "Get-X -A `b",
        "Get-X @splat",
        "Get-X; Get-Y",
        "Get-X -A 'b",
        "Get-X -A (1)",
        "Get-X -A {1}",
        "Get-X -A 'b'\nGet-Y",
        "",
        "Get-X |",
        "| Get-X",
        "Get-X -A 1 -a 2",
        "Get-X -A 'b'.Length",
        "Get-X -A 1.5",
        "Get-X -A @{'a'=1;'A'=2}",
        "Get-X -A \u2018b",
        "Get-X \u2013A 1",
        "Get-X -A $true.x",
        "Get-X -A @(1 2)",
        "Get-X -A b",
    ],
)
def test_the_model_refuses_everything_else(text):
    with pytest.raises(ParseError):
        parse(text)


@given(st.lists(st.text(sendable) | st.text('\\" ab\t')))
@settings(max_examples=300, deadline=None)
def test_arguments_come_through_a_command_line(arguments):
    line = " ".join(quote_argument(argument) for argument in arguments)
    assert split_command_line(line) == arguments
    assert split_command_line(subprocess.list2cmdline(arguments)) == arguments


@pytest.mark.parametrize(
    "name",
    [
        "manage-bde",
        "cmd /c x.exe",
        "C:/x.exe",
        "..\\x.exe",
        "C:\\..\\x.exe;y.exe",
        "x.exe y",
        "x.exe\n",
        "\\\\host\\x.exe",
    ],
)
def test_program_names_are_checked(name):
    with pytest.raises(UseriesError):
        Program(name)


@pytest.mark.parametrize("argument", ["a\nb", "\0", "a&b", "%PATH%", "a|b", "a>b", "^", 'a"b', "!x!", "\ud800", 5])
def test_arguments_that_a_command_interpreter_would_read_are_refused(argument):
    with pytest.raises(UseriesError):
        Program("manage-bde.exe", ["-protectors", argument])


def test_a_program_is_looked_for_in_system32():
    assert Program("manage-bde.exe").path("C:\\Windows") == "C:\\Windows\\System32\\manage-bde.exe"
    assert Program("C:\\Program Files\\Dell\\racadm.exe").path("C:\\Windows") == "C:\\Program Files\\Dell\\racadm.exe"
