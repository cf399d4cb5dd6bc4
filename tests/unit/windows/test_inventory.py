# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every command and program that the collection sends exists, with its parameters, on the systems that it manages.

The facts are in tests/data/cmdlets (sources and licences beside them). This shows that the parameter binder of a
Windows of that version accepts the text; it does not show what the command then does.
"""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
SOURCES = sorted((ROOT / "plugins/module_utils/_windows").glob("*.py"))
SYSTEMS = {
    path.stem: json.loads(path.read_text("utf-8")) for path in sorted((ROOT / "tests/data/cmdlets").glob("*.json"))
}


#: Programs that are no part of Windows: Setup of SQL Server, whose path an option names; Dell's racadm and packages.
OF_OTHERS = {
    ("licences.py", "Program", "setup"),
    ("racadm.py", "Program", "path"),
    ("dell_update.py", "Program", "path"),
}


def calls(name):
    """Every call of ``name`` in the sources: file, line, arguments."""
    for path in SOURCES:
        tree = ast.parse(path.read_text("utf-8"))
        constants = {
            target.id: node.value.value
            for node in tree.body
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
                first = node.args[0]
                if (path.name, name, getattr(first, "id", "")) in OF_OTHERS:
                    continue
                text = first.value if isinstance(first, ast.Constant) else constants.get(getattr(first, "id", ""))
                assert isinstance(text, str), f"{path.name}:{node.lineno}: the name must stand in the source"
                names = [keyword.arg for keyword in node.keywords]
                assert None not in names, f"{path.name}:{node.lineno}: parameters must stand in the source"
                yield f"{path.name}:{node.lineno}", text, [each for each in names if each != "literal"]


def fits(command, parameters, common, fed):
    """Whether one parameter set holds all parameters and misses none that is mandatory."""
    known = {name.lower(): (name, facts.get("s", {"*": ""})) for name, facts in command["p"].items()}
    known |= {alias.lower(): known[name.lower()] for alias, name in command.get("a", {}).items()}
    used = [known[name.lower()] for name in parameters if name.lower() not in common]
    named = {one for _name, sets in known.values() for one in sets} - {"*"}  # the documentation lists no sets
    for one in command.get("sets") or sorted(named) or ["*"]:
        inside = all("*" in sets or one in sets for _name, sets in used)
        mandatory = {
            name
            for name, sets in known.values()
            if "M" in sets.get(one, sets.get("*", ""))
            and not (fed and set(sets.get(one, sets.get("*", ""))) & set("VN"))
        }
        if inside and mandatory <= {name for name, _sets in used}:
            return True
    return False


COMMANDS = list(calls("Command"))
PROGRAMS = list(calls("Program"))
ALWAYS_FED = {
    "Select-Object", "ConvertTo-Json", "Where-Object", "Invoke-CimMethod", "Select-String", "Get-AuthenticodeSignature",
    "ConvertTo-Csv", "ConvertFrom-Csv",
}  # fmt: skip


def test_there_is_something_to_check():
    assert {"Get-BitLockerVolume", "Get-ItemProperty", "Select-Object", "ConvertTo-Json"} <= {
        name for _where, name, _parameters in COMMANDS
    }
    assert {"certutil.exe", "manage-bde.exe", "pnputil.exe", "reg.exe", "shutdown.exe"} == {
        name for _where, name, _parameters in PROGRAMS
    }
    assert list(SYSTEMS) == ["ws2012r2", "ws2016", "ws2019"]


@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize(
    ("where", "name", "parameters"), COMMANDS, ids=[f"{name}@{where}" for where, name, _parameters in COMMANDS]
)
def test_every_command_exists_with_its_parameters(system, where, name, parameters):
    facts = SYSTEMS[system]
    command = facts["commands"].get(name)
    assert command is not None, f"{where}: {name} is not known on {facts['osName']}"
    common = {each.lower() for each in facts["common"]}
    known = {each.lower() for each in (*command["p"], *command.get("a", {}))} | common
    assert [each for each in parameters if each.lower() not in known] == []
    assert fits(command, parameters, common, name in ALWAYS_FED)


@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize(
    ("where", "name", "parameters"), PROGRAMS, ids=[f"{name}@{where}" for where, name, _parameters in PROGRAMS]
)
def test_every_program_exists(system, where, name, parameters):
    assert name in SYSTEMS[system]["native"]


def test_the_check_notices_what_does_not_fit():
    facts = SYSTEMS["ws2016"]["commands"]
    assert fits(facts["Get-ItemProperty"], ["LiteralPath", "Name"], set(), False)
    assert not fits(facts["Get-ItemProperty"], ["LiteralPath", "Path"], set(), False)
    assert not fits(facts["Get-ItemProperty"], ["Name"], set(), False)
    assert not fits(facts["ConvertTo-Json"], ["Depth"], set(), False)
    assert fits(facts["ConvertTo-Json"], ["Depth"], set(), True)
