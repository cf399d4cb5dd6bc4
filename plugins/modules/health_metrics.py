#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: health_metrics
short_description: Write the health of appliances as metrics
version_added: 0.1.0
description:
  - Writes what M(useries.appliance.health_check_info) found as a text file of metrics on the controller, for Prometheus
    and what understands it. Nothing is asked of an appliance.
  - The file is replaced in one step, so that a reader never sees a part of it. Its directory has to exist.
  - The role C(health_report) writes it for all appliances of a play. It needs the Python library C(prometheus_client).
author:
  - The useries.appliance authors (@useries)
options:
  hosts:
    description:
      - Name of each appliance and what RV(useries.appliance.health_check_info#module:health) held of it; C(name) and
        C(pair_name) besides become the labels C(name) and C(pair).
      - One that did not answer has C(verdict) V(bad) and C(reachable) V(false).
    type: dict
    required: true
  path:
    description:
      - The file to write. The textfile collector of node_exporter reads files that end in C(.prom).
    type: path
    required: true
  mode:
    description:
      - Mode of the file, in octal. A collector that is another user has to be able to read it.
    type: str
    default: "0600"
  format:
    description:
      - V(prometheus) is the text format that the textfile collector of node_exporter and C(promtool) read.
      - V(openmetrics) is OpenMetrics 1.0 with state sets and units, for what asks for that. The textfile collector
        refuses it.
    type: str
    choices: [prometheus, openmetrics]
    default: prometheus
  at:
    description:
      - When the appliances were looked at, in ISO 8601 with an offset from UTC. The default is now.
    type: str
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.attributes.action
seealso:
  - module: useries.appliance.health_check_info
"""

EXAMPLES = r"""
- name: How is this appliance?
  useries.appliance.health_check_info:
  register: seen

- name: Its metrics
  useries.appliance.health_metrics:
    hosts:
      useries-1a: "{{ seen.health }}"
    path: useries.prom
    mode: "0644"
"""

RETURN = r"""
metrics:
  description: What was written.
  returned: success
  type: dict
  contains:
    path:
      description: The file.
      type: str
    hosts:
      description: Number of appliances in it.
      type: int
"""

from typing import ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.health_metrics import WriteMetrics
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run


class HealthMetrics(WriteMetrics):
    """OpenMetrics 1.0; Prometheus text format 0.0.4."""

    returns = "metrics"
    surface = "local"
    options: ClassVar = {
        "hosts": {"type": "dict", "required": True},
        "path": {"type": "path", "required": True},
        "mode": {"type": "str", "default": "0600"},
        "format": {"type": "str", "choices": ["prometheus", "openmetrics"], "default": "prometheus"},
        "at": {"type": "str"},
    }


DECLARATION = HealthMetrics


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
