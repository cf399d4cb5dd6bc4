# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Typed PowerShell pipelines and console programs: the only way that text for Windows comes into being.

A command is a name, parameters and values; one function renders it. There is no free-form script: parameters that are
themselves code are refused, and so are wildcards, unless the command says that its parameter takes them literally.
Quoting follows the single-quoted string of the PowerShell language specification: five characters end a string.
Checked against cmdlet metadata and a model of PowerShell, not yet on Windows.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

QUOTES = "'\u2018\u2019\u201a\u201b"
WILDCARDS = "*?[]`"
LARGEST = 2**63 - 1  # a longer literal silently becomes a double or a decimal

_COMMAND = re.compile(r"[A-Z][A-Za-z]*-[A-Z][A-Za-z0-9]*", re.ASCII)
_PARAMETER = re.compile(r"[A-Z][A-Za-z0-9]*", re.ASCII)
_PROGRAM = re.compile(r"(?:[A-Z]:(?:\\[A-Za-z0-9 ._()-]+)*\\)?[A-Za-z0-9_.-]+\.exe", re.ASCII)
_QUOTE = re.compile(f"([{QUOTES}])")

# Values of these are run, or read as a language of their own. PowerShell takes any unambiguous beginning of a name.
_CODE = (
    "argumentlist",
    "begin",
    "command",
    "encodedcommand",
    "end",
    "expression",
    "filter",
    "filterscript",
    "initializationscript",
    "process",
    "query",
    "remainingscripts",
    "scriptblock",
)
#: Their -Filter is no code: an XPath into the configuration of IIS, in the plain form of _CONFIGURATION_PATH only.
_CONFIGURATION = frozenset({"get-webconfiguration", "set-webconfigurationproperty"})
_CONFIGURATION_PATH = re.compile(r"[A-Za-z.]+(?:/[A-Za-z]+)*(?:\[@[A-Za-z]+='[A-Za-z0-9 ._-]+'\])?", re.ASCII)
_REFUSED = frozenset(
    {
        "add-type",
        "foreach-object",
        "import-module",
        "invoke-command",
        "invoke-expression",
        "new-object",
        "start-job",
        "start-process",
    }
)


def _refuse(where: str, why: str) -> UseriesError:
    """An error that names the place and the reason, never the value (it may be a secret)."""
    return UseriesError(
        f"{where}: {why}",
        surface="windows",
        operation="render a command for Windows",
        kind="invalid",
        remedy="Nothing was sent. Correct the value and run the task again.",
    )


def plain(value: object, where: str) -> str:
    """The exact ``str`` of a string or a subclass (ansible-core tags strings); NUL and lone surrogates are refused."""
    if not isinstance(value, str):
        raise _refuse(where, f"text is needed, not {type(value).__name__}")
    text = str.__str__(value)
    if "\0" in text:
        raise _refuse(where, "the text contains a NUL character")
    if any(0xD800 <= ord(character) <= 0xDFFF for character in text):
        raise _refuse(where, "the text contains half of a character (a lone surrogate)")
    return text


def _string(text: str) -> str:
    return "'" + _QUOTE.sub(r"\1\1", text) + "'"


def _literal(value: object, where: str) -> str:
    """One value as PowerShell; lists as ``@(...)``, mappings as ``@{...}``."""
    if value is None:
        return "$null"
    if isinstance(value, bool):
        return "$true" if value else "$false"
    if isinstance(value, int):
        number = int.__int__(value)
        if not -LARGEST <= number <= LARGEST:
            raise _refuse(where, "the number does not fit into 64 bits")
        return int.__repr__(number)
    if isinstance(value, str):
        return _string(plain(value, where))
    if isinstance(value, list):
        return "@(" + ",".join(_literal(item, where) for item in value) + ")"
    if isinstance(value, dict):
        return _table(value, where)
    raise _refuse(where, f"a value of type {type(value).__name__} cannot be sent")


def _table(value: Mapping[object, object], where: str) -> str:
    pairs: dict[str, str] = {}
    seen: set[str] = set()
    for key, item in value.items():
        name = plain(key, f"{where}, a key")
        folded = name.upper().casefold()
        if folded in seen:
            raise _refuse(where, "two keys differ in case only; Windows sees them as one")
        seen.add(folded)
        pairs[name] = _literal(item, where)
    return "@{" + ";".join(f"{_string(name)}={text}" for name, text in pairs.items()) + "}"


def _strings(value: object) -> Iterable[str]:
    if isinstance(value, str):
        yield str.__str__(value)
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _strings(key)
            yield from _strings(item)


class Command:
    """One stage: a cmdlet and its parameters by name, joined to a pipeline by ``|``.

    :param name: ``Verb-Noun``; :param literal: parameters that take ``*?[]`` and backticks as they stand (a parameter
        whose name begins with Literal always does). A switch is given as True or False.
    :raises UseriesError: kind ``invalid``, for every name or value that cannot be sent safely.
    """

    def __init__(self, name: str, /, *, literal: Collection[str] = (), **parameters: Any) -> None:
        if not _COMMAND.fullmatch(name):
            raise _refuse("A command name", "Verb-Noun is needed")
        if name.lower() in _REFUSED:
            raise _refuse(name, "this command runs code and is never sent")
        self.name = str.__str__(name)
        self.parameters: dict[str, Any] = {}
        folded = {item.lower() for item in literal}
        seen: set[str] = set()
        for parameter, value in parameters.items():
            path = _is_configuration_path(self.name, parameter, value)
            _check_parameter(self.name, parameter, seen, code=not path)
            lowered = parameter.lower()
            if not (lowered.startswith("literal") or lowered in folded or path):
                _check_wildcards(self.name, parameter, value)
            self.parameters[parameter] = value
        self._text = self._rendered()

    def _rendered(self) -> str:
        words = [self.name]
        for parameter, value in self.parameters.items():
            joint = ":" if isinstance(value, bool) else " "
            words.append(f"-{parameter}{joint}{_literal(value, f'{self.name} -{parameter}')}")
        return " ".join(words)

    def render(self) -> str:
        """The stage as PowerShell text. Booleans are bound with a colon, which suits switches and booleans alike."""
        return self._text

    def __or__(self, other: Command) -> Pipeline:
        return Pipeline((self, other))

    def __repr__(self) -> str:
        return f"Command({self.name!r}, {', '.join(self.parameters)})"


def _is_configuration_path(command: str, parameter: str, value: object) -> bool:
    if command.lower() not in _CONFIGURATION or parameter != "Filter" or not isinstance(value, str):
        return False
    return _CONFIGURATION_PATH.fullmatch(value) is not None


def _check_parameter(command: str, parameter: str, seen: set[str], *, code: bool) -> None:
    if not _PARAMETER.fullmatch(parameter):
        raise _refuse(command, "a parameter name must be letters and digits, beginning with a capital")
    lowered = parameter.lower()
    if lowered in seen:
        raise _refuse(command, f"the parameter -{parameter} is given twice")
    if code and any(name.startswith(lowered) for name in _CODE):
        raise _refuse(command, f"the value of -{parameter} would be run as code and is never sent")
    seen.add(lowered)


def _check_wildcards(command: str, parameter: str, value: object) -> None:
    if any(character in text for text in _strings(value) for character in WILDCARDS):
        raise _refuse(f"{command} -{parameter}", "* ? [ ] and the backtick would match other things as well")


class Pipeline:
    """Commands joined by ``|``."""

    def __init__(self, commands: tuple[Command, ...]) -> None:
        self.commands = commands

    def __or__(self, other: Command) -> Pipeline:
        return Pipeline((*self.commands, other))

    def render(self) -> str:
        """The pipeline as PowerShell text on one line (line breaks inside strings are kept)."""
        return " | ".join(command.render() for command in self.commands)

    def __repr__(self) -> str:
        return " | ".join(map(repr, self.commands))


def render(pipeline: Command | Pipeline) -> str:
    """PowerShell text of a pipeline."""
    return pipeline.render()


def script(steps: Iterable[Command | Pipeline]) -> str:
    """Pipelines one after another, on one line; PowerShell goes on after one that fails."""
    return "; ".join(render(step) for step in steps)


def writes_input(path: str) -> str:
    """The one text that is no pipeline: it writes its standard input, lines of base64, to a new file.

    No command of Windows takes large data that way. Ansible's own connection "winrm" copies files by such a script.
    """
    place = _string(plain(path, "The path of a file"))
    return (
        f"begin{{$ErrorActionPreference='Stop';$file=[IO.File]::Create({place})}}"
        "process{$bytes=[Convert]::FromBase64String($input);$file.Write($bytes,0,$bytes.Length)}"
        "end{$file.Close()}"
    )


class Program:
    """A console program and its arguments, run without a shell.

    :param name: ``name.exe`` (taken from System32) or a full path; :param arguments: one string per argument.
    Newer Windows may hand the line to cmd.exe although it was asked not to, so its special characters are refused too.
    :raises UseriesError: kind ``invalid``.
    """

    FORBIDDEN = '"%!&|<>^'

    def __init__(self, name: str, arguments: Iterable[str] = ()) -> None:
        if not _PROGRAM.fullmatch(name):
            raise _refuse("A program", "its name must be like manage-bde.exe, or a full path")
        self.name = str.__str__(name)
        self.arguments: list[str] = []
        for number, argument in enumerate(arguments, 1):
            where = f"{self.name}, argument {number}"
            text = plain(argument, where)
            if any(ord(character) < 32 or character in self.FORBIDDEN for character in text):
                raise _refuse(where, f"control characters and {self.FORBIDDEN} cannot be passed safely")
            self.arguments.append(text)

    def path(self, system_root: str) -> str:
        """The full path; a bare name is looked for in System32."""
        return self.name if "\\" in self.name else f"{system_root}\\System32\\{self.name}"

    def __repr__(self) -> str:
        return f"Program({self.name!r}, {len(self.arguments)} arguments)"


def quote_argument(argument: str) -> str:
    """One argument so that CommandLineToArgvW gives it back (Microsoft, "Parsing C command-line arguments").

    Backslashes are doubled only before a double quote, the closing one included.
    """
    if argument and not re.search(r'[\s"]', argument):
        return argument
    body = re.sub(r'(\\*)("|\Z)', lambda found: found[1] * 2 + ("\\" if found[2] else "") + found[2], argument)
    return f'"{body}"'
