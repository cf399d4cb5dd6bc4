# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures of a workflow for its evidence report, drawn by pygal: steps on a timeline, states over time.

They are data URIs of SVG images: a browser runs no script inside of an image, and fetches nothing for it.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

from ansible_collections.useries.appliance.plugins.module_utils._net.libraries import optional

if TYPE_CHECKING:
    import pygal
else:
    pygal = optional("pygal")

ROW = 26  # pixels for one step or state
COLOURS = {"ok": "#3b7dd8", "changed": "#2f855a", "failed": "#c0392b"}


def _uri(chart: Any) -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(chart.render(is_unicode=True).encode()).decode("ascii")


def _style(colours: Sequence[str]) -> Any:
    return pygal.style.Style(
        background="transparent",
        plot_background="transparent",
        foreground="#5d6b7a",
        foreground_strong="#5d6b7a",
        foreground_subtle="#8a96a3",
        opacity=".9",
        colors=tuple(colours) or ("#3b7dd8",),
        font_family="sans-serif",
        label_font_size=11,
        major_label_font_size=11,
        legend_font_size=11,
    )


def _clock(seconds: float) -> str:
    return f"{datetime.fromtimestamp(seconds, timezone.utc):%H:%M:%S}"


def _grid(rows: Sequence[str], colours: Sequence[str], legend: bool) -> Any:
    """A chart of horizontal strokes: time to the right, one row for each name."""
    return pygal.XY(
        style=_style(colours),
        js=[],
        disable_xml_declaration=True,
        width=1100,
        height=90 + ROW * max(len(rows), 2) + (30 if legend else 0),
        show_legend=legend,
        legend_at_bottom=legend,
        legend_at_bottom_columns=4,
        show_dots=False,
        show_y_guides=False,
        stroke_style={"width": 10, "linecap": "butt"},
        x_value_formatter=_clock,
        value_formatter=_clock,
        y_labels=[{"value": len(rows) - at, "label": name} for at, name in enumerate(rows)],
        range=(0.5, len(rows) + 0.5),
        truncate_label=-1,
    )


def timeline(steps: Sequence[Mapping[str, Any]]) -> str:
    """One stroke for each step, from ``started`` to ``ended`` (epoch seconds), coloured by how it ended."""
    rows = [f"{number}. {step['task']}"[:60] for number, step in enumerate(steps, 1)]
    chart = _grid(rows, [COLOURS[_kind(step)] for step in steps], legend=False)
    for at, step in enumerate(steps):
        y = len(rows) - at
        chart.add(rows[at], [(step["started"], y), (max(step["ended"], step["started"] + 0.1), y)])
    return _uri(chart)


def _kind(step: Mapping[str, Any]) -> str:
    return "failed" if step["result"] == "failed" else "changed" if step["changed"] else "ok"


def states(seen: Sequence[Mapping[str, Any]], until: float) -> str:
    """Each state as a stroke from when it was first seen (``at``) until another was, or until the end."""
    values = list(dict.fromkeys(f"{one['what']}: {one['value']}" for one in seen))
    nodes = list(dict.fromkeys(one["of"] for one in seen))
    chart = _grid(values, ["#3b7dd8", "#d97706", "#2f855a", "#8a5cc2"], legend=True)
    for node in nodes:
        points: list[Any] = []
        for what in dict.fromkeys(one["what"] for one in seen if one["of"] == node):
            own = [one for one in seen if one["of"] == node and one["what"] == what]
            for one, after in zip(own, [*(other["at"] for other in own[1:]), until], strict=True):
                y = len(values) - values.index(f"{what}: {one['value']}") + 0.18 * (nodes.index(node) - 0.5)
                points += [(one["at"], y), (max(after, one["at"]), y), None]
        chart.add(node, points, allow_interruptions=True)
    return _uri(chart)
