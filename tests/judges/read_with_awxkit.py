# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads an AWX with awxkit, AWX's own client. usage: read_with_awxkit.py URL, with TOKEN in the environment."""

import json
import os
import sys

from awxkit import api, config
from awxkit.api.client import Connection

config.base_url = sys.argv[1]
connection = Connection(config.base_url)
connection.login(None, None, token=os.environ["TOKEN"], auth_type="Bearer")
v2 = api.Api(connection).get().available_versions.v2.get()
templates, flows = v2.job_templates.get().results, v2.workflow_job_templates.get().results
print(
    json.dumps(
        {
            "classes": sorted({type(one).__name__ for one in [*templates, *flows]}),
            "templates": {one.name: [one.allow_simultaneous, one.job_slice_count] for one in templates},
            "questions": {
                one.name: [question["variable"] for question in one.related.survey_spec.get().spec]
                for one in [*templates, *flows]
                if one.survey_enabled
            },
            "nodes": {
                flow.name: {
                    node.identifier: [other.identifier for other in node.related.success_nodes.get().results]
                    for node in flow.related.workflow_nodes.get().results
                }
                for flow in flows
            },
            "rules": sorted(one.rrule for one in v2.schedules.get().results),
            "injectors": {one.name: sorted(one.injectors) for one in v2.credential_types.get(kind="cloud").results},
        }
    )
)
