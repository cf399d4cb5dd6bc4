# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Templates and responses."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader
from werkzeug.wrappers import Response


@cache
def environment() -> Environment:
    """The templates, with escaping always on."""
    return Environment(
        loader=PackageLoader("simulator.console"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


def html(template: str, status: int = 200, **values: Any) -> Response:
    """A page from a template."""
    text = environment().get_template(template).render(**values)
    response = Response(text, status=status, content_type="text/html; charset=utf-8")
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response


@cache
def stylesheet() -> str:
    """The one style sheet."""
    return files("simulator.console").joinpath("templates/console.css").read_text(encoding="utf-8")
