# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The subset of PowerShell that a careful client sends: pipelines of commands with named parameters and plain values.

Written from the PowerShell language specification (chapter 2, lexical structure), separately from any client. What is
outside the subset is refused: double quotes, backticks, variables, subexpressions, comments, positional arguments.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

SINGLE_QUOTES = frozenset("\u0027\u2018\u2019\u201a\u201b")
CONSTANTS: dict[str, Any] = {"$true": True, "$false": False, "$null": None}


class ParseError(Exception):
    """The text is not of the subset. ``offset`` counts characters from 0."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset


@dataclass
class Stage:
    """One command: its name and its parameters as written; a switch without a value is True."""

    name: str
    parameters: dict[str, Any] = field(default_factory=dict)


def parse(text: str) -> list[Stage]:
    """The stages of a pipeline.

    :raises ParseError: for anything outside the subset.
    """
    return _Scanner(text).pipeline()


def parse_script(text: str) -> list[list[Stage]]:
    """Pipelines one after another, with semicolons between them.

    :raises ParseError: as :func:`parse`.
    """
    return _Scanner(text).script()


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def peek(self) -> str:
        return self.text[self.at] if self.at < len(self.text) else ""

    def fail(self, message: str) -> ParseError:
        return ParseError(message, self.at)

    def spaces(self) -> bool:
        start = self.at
        while self.peek() in (" ", "\t"):
            self.at += 1
        return self.at > start

    def script(self) -> list[list[Stage]]:
        statements = [self.stages()]
        while self.peek() == ";":
            self.at += 1
            statements.append(self.stages())
        self.end()
        return statements

    def pipeline(self) -> list[Stage]:
        stages = self.stages()
        self.end()
        return stages

    def stages(self) -> list[Stage]:
        stages = [self.stage()]
        while self.peek() == "|":
            self.at += 1
            stages.append(self.stage())
        return stages

    def end(self) -> None:
        if self.at != len(self.text):
            raise self.fail(f"Unexpected token '{self.peek()}' in expression or statement.")

    def word(self, extra: str = "") -> str:
        start = self.at
        while (c := self.peek()) and c.isascii() and (c.isalnum() or c in extra):
            self.at += 1
        return self.text[start : self.at]

    def stage(self) -> Stage:
        self.spaces()
        name = self.word("-.")
        if not name or not name[0].isalpha():
            raise self.fail("An empty pipe element is not allowed.")
        stage = Stage(name)
        while True:
            apart = self.spaces()
            if self.peek() in ("", "|", ";"):
                return stage
            if not apart or self.peek() != "-":
                raise self.fail("Only named parameters are understood.")
            self.parameter(stage)

    def parameter(self, stage: Stage) -> None:
        self.at += 1
        name = self.word()
        if not name or name[0].isdigit():
            raise self.fail("The name of a parameter is missing.")
        if name.lower() in (known.lower() for known in stage.parameters):
            raise self.fail(f"Cannot bind parameter because parameter '{name}' is specified more than once.")
        if self.peek() == ":":
            self.at += 1
            self.spaces()
            stage.parameters[name] = self.value()
            return
        before = self.at
        if not self.spaces() and self.peek() not in ("", "|", ";"):
            raise self.fail("A parameter and its value must stand apart.")
        if self.peek() in ("", "|", ";") or (self.peek() == "-" and not self.text[self.at + 1 : self.at + 2].isdigit()):
            self.at = before
            stage.parameters[name] = True
            return
        stage.parameters[name] = self.value()

    def value(self) -> Any:
        c = self.peek()
        if c and c in SINGLE_QUOTES:
            return self.string()
        if c == "$":
            return self.constant()
        if c == "@":
            return self.collection()
        if c == "-" or (c.isascii() and c.isdigit()):
            return self.number()
        raise self.fail(f"A plain value is expected, not '{c}'.")

    def string(self) -> str:
        start = self.at
        self.at += 1
        parts: list[str] = []
        while self.at < len(self.text):
            c = self.text[self.at]
            self.at += 1
            if c in SINGLE_QUOTES:
                if self.peek() not in SINGLE_QUOTES:
                    return "".join(parts)
                c = self.text[self.at]
                self.at += 1
            parts.append(c)
        raise ParseError("The string is missing the terminator: '.", start)

    def constant(self) -> Any:
        start = self.at
        self.at += 1
        name = "$" + self.word("_").lower()
        if name not in CONSTANTS or self.peek() in (".", "[", ":", "{", "("):
            raise ParseError("Variables are not understood.", start)
        return CONSTANTS[name]

    def number(self) -> int:
        start = self.at
        if self.peek() == "-":
            self.at += 1
        digits = self.word()
        if not digits.isdigit() or len(digits) > 19 or int(digits) > 2**63 - 1 or self.peek() == ".":
            raise ParseError("A whole number of at most 64 bits is expected.", start)
        return int(self.text[start : self.at])

    def collection(self) -> Any:
        opening = self.text[self.at : self.at + 2]
        if opening not in ("@(", "@{"):
            raise self.fail("Only @( ) and @{ } are understood.")
        self.at += 2
        return self.array() if opening == "@(" else self.table()

    def array(self) -> list[Any]:
        items: list[Any] = []
        self.spaces()
        if self.peek() == ")":
            self.at += 1
            return items
        while True:
            items.append(self.value())
            self.spaces()
            c = self.peek()
            self.at += 1
            if c == ")":
                return items
            if c != ",":
                raise self.fail("Missing closing ')' in expression.")
            self.spaces()

    def table(self) -> dict[str, Any]:
        pairs: dict[str, Any] = {}
        self.spaces()
        if self.peek() == "}":
            self.at += 1
            return pairs
        while True:
            key = self.key()
            if key.upper() in (known.upper() for known in pairs):
                raise self.fail("Duplicate keys are not allowed in hash literals.")
            self.at += 1
            self.spaces()
            pairs[key] = self.value()
            self.spaces()
            c = self.peek()
            self.at += 1
            if c == "}":
                return pairs
            if c != ";":
                raise self.fail("The hash literal was incomplete.")
            self.spaces()

    def key(self) -> str:
        if self.peek() not in SINGLE_QUOTES:
            raise self.fail("A key must be a single-quoted string.")
        key = self.string()
        self.spaces()
        if self.peek() != "=":
            raise self.fail("Missing '=' operator after key in hash literal.")
        return key


def split_command_line(line: str) -> list[str]:
    """The arguments of a Windows command line, as CommandLineToArgvW reads those after the program's name."""
    arguments: list[str] = []
    at, length = 0, len(line)
    while True:
        while at < length and line[at] in " \t":
            at += 1
        if at == length:
            return arguments
        current: list[str] = []
        quoted = False
        while at < length and (quoted or line[at] not in " \t"):
            slashes = 0
            while at < length and line[at] == "\\":
                slashes, at = slashes + 1, at + 1
            if at < length and line[at] == '"':
                current.append("\\" * (slashes // 2))
                if slashes % 2:
                    current.append('"')
                elif quoted and line[at + 1 : at + 2] == '"':
                    current.append('"')
                    at += 1
                else:
                    quoted = not quoted
                at += 1
                continue
            current.append("\\" * slashes)
            if at < length and (quoted or line[at] not in " \t"):
                current.append(line[at])
                at += 1
        arguments.append("".join(current))
