# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What AWX refuses beyond the kind of a field: injectors, surveys, recurrence rules, documents in a text."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

import yaml
from jinja2 import meta
from jinja2.sandbox import SandboxedEnvironment

QUESTIONS = ("text", "textarea", "password", "multiplechoice", "multiselect", "integer", "float")
BLOCKED = re.compile(r"^(ANSIBLE_|PATH$|HOME$|LD_|PYTHON|VIRTUAL_ENV$)")


class Refused(Exception):
    """A field or a whole document that AWX answers with 400."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.body = {name: [reason]}


def credential_type(item: Mapping[str, Any]) -> None:
    """Inputs with ids, injectors that name nothing but these and the files of this type."""
    inputs, injectors = item["inputs"], item["injectors"]
    for name in inputs:
        if name not in ("fields", "required"):
            raise Refused("inputs", f"additional properties are not allowed: {name}")
    ids: set[str] = set()
    for one in inputs.get("fields", []):
        unknown = set(one) - {"id", "type", "label", "secret", "multiline", "help_text", "default", "choices", "format"}
        if unknown or not {"id", "label"} <= set(one):
            raise Refused("inputs", f"a field with {sorted(one)}")
        if not re.fullmatch(r"[a-zA-Z_]+[a-zA-Z0-9_]*", one["id"]) or one["id"] in ids | {"tower"}:
            raise Refused("inputs", f"{one['id']} is an invalid or double id")
        ids.add(one["id"])
    if set(inputs.get("required", [])) - ids:
        raise Refused("inputs", "required names a field that is not there")
    files = injectors.get("file", {})
    for name in injectors:
        if name not in ("file", "env", "extra_vars"):
            raise Refused("injectors", f"additional properties are not allowed: {name}")
    for name in files:
        if not re.fullmatch(r"template(\.[a-zA-Z_]+[a-zA-Z0-9_]*)?", name):
            raise Refused("injectors", f"a file is called template or template.<name>, not {name}")
    for kind in ("file", "env", "extra_vars"):
        for name, text in injectors.get(kind, {}).items():
            if kind == "env" and BLOCKED.match(name):
                raise Refused("injectors", f"Environment variable {name} is not allowed to be used in credentials.")
            used = meta.find_undeclared_variables(SandboxedEnvironment().parse(text))
            if used - ids - ({"tower"} if files else set()):
                raise Refused("injectors", f"{name} uses a field that is not there: {sorted(used - ids)}")
            for file in re.findall(r"tower\.filename\.(\w+)", text):
                if f"template.{file}" not in files:
                    raise Refused("injectors", f"{name} uses a file that is not there: {file}")


def survey(given: Any) -> None:
    """The document of /survey_spec/."""
    if not isinstance(given, dict) or set(given) != {"name", "description", "spec"}:
        raise Refused("error", "a survey has name, description and spec")
    if not isinstance(given["spec"], list) or not given["spec"]:
        raise Refused("error", "'spec' must be a list of items, at least one")
    seen = set()
    for number, one in enumerate(given["spec"]):
        for name in ("type", "question_name", "variable", "required"):
            if name not in one:
                raise Refused("error", f"'{name}' missing from survey question {number}.")
        if one["type"] not in QUESTIONS:
            raise Refused("error", f"'{one['type']}' in survey question {number} is not one of {QUESTIONS}")
        if one["variable"] in seen:
            raise Refused("error", f"'variable' '{one['variable']}' duplicated in survey question {number}.")
        seen.add(one["variable"])
        if not isinstance(one["required"], bool):
            raise Refused("error", "'required' is a boolean")
        if one["type"] in ("multiplechoice", "multiselect"):
            choices = one.get("choices")
            choices = choices.splitlines() if isinstance(choices, str) else choices
            if not choices or not all(isinstance(word, str) for word in choices):
                raise Refused("error", f"question {number} has no list of words to choose from")


def rule(text: str) -> None:
    """A recurrence rule, as AWX's serializer reads it."""
    starts = re.findall(r"DTSTART(;TZID=[^:]+)?:(\d{8}T\d{6}Z?)", text)
    rules = re.findall(r"RRULE:([^\s]*)", text)
    if len(starts) != 1:
        raise Refused("rrule", "Valid DTSTART required in rrule, once: DTSTART:YYYYMMDDTHHMMSSZ")
    if bool(starts[0][0]) == starts[0][1].endswith("Z"):
        raise Refused("rrule", "DTSTART cannot be a naive datetime. Require ;TZINFO= or YYYYMMDDTHHMMSSZZ.")
    if len(rules) != 1:
        raise Refused("rrule", "RRULE required in rrule, once.")
    parts = dict(part.split("=", 1) for part in rules[0].split(";"))
    if "INTERVAL" not in parts:
        raise Refused("rrule", "INTERVAL required in rrule.")
    if parts.get("FREQ") not in ("YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY", "MINUTELY"):
        raise Refused("rrule", f"FREQ={parts.get('FREQ')} is not supported.")
    if re.match(r"\d", parts.get("BYDAY", "")):
        raise Refused("rrule", "BYDAY with numeric prefix not supported.")


def document(name: str, text: str) -> None:
    """Variables are JSON or YAML, a mapping."""
    try:
        found = json.loads(text)
    except ValueError:
        try:
            found = yaml.safe_load(text)
        except yaml.YAMLError as error:
            raise Refused(name, f"Cannot parse as JSON or YAML: {error}") from error
    if not isinstance(found, (dict, type(None))):
        raise Refused(name, "Input type is not a dictionary.")
