# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the stand-in of AWX knows: resources, their fields, what is unique, and what may be linked.

Fields and links are those that awxkit 24.6.1 sends in the payloads of its pages and awx.awx 24.6.1 in its modules;
defaults, uniqueness and the rules in ``rules.py`` are AWX's own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

TEXT, NUMBER, SWITCH = "", 0, False
TREE: Mapping[str, Any] = {}
"""Kinds of field, each its own default: text, number, yes or no, JSON."""


@dataclass(frozen=True)
class To:
    """A field that holds the id of an object of ``endpoint``, or null."""

    endpoint: str
    needed: bool = False


@dataclass(frozen=True)
class Choice:
    """A field that holds one of a few words; the first is the default."""

    words: tuple[str, ...]


@dataclass(frozen=True)
class Resource:
    """One list of AWX's API.

    :param unique: fields that no two objects share, taken together.
    :param links: lists of ids below an object, by the endpoint of what they hold.
    """

    type: str
    fields: Mapping[str, Any]
    unique: tuple[str, ...] = ("organization", "name")
    needed: tuple[str, ...] = ("name",)
    links: Mapping[str, str] = field(default_factory=dict)


NAMED = {"name": TEXT, "description": TEXT}
OWNED = {**NAMED, "organization": To("organizations", needed=True)}
NOTIFIED = {f"notification_templates_{when}": "notification_templates" for when in ("started", "success", "error")}
PROMPTS = {
    **dict.fromkeys(("scm_branch", "job_tags", "skip_tags", "limit"), TEXT),
    "job_type": Choice(("", "run", "check")),
    **dict.fromkeys(("forks", "timeout", "job_slice_count", "verbosity"), NUMBER),
    "diff_mode": SWITCH,
    "extra_data": TREE,
    "inventory": To("inventories"),
    "execution_environment": To("execution_environments"),
}
ASKED = ("variables", "limit", "tags", "skip_tags", "inventory", "labels", "scm_branch")
ASKED_OF_JOBS = (
    *ASKED,
    "job_type",
    "verbosity",
    "diff_mode",
    "credential",
    "execution_environment",
    "forks",
    "instance_groups",
    "job_slice_count",
    "timeout",
)

RESOURCES: Mapping[str, Resource] = {
    "organizations": Resource("organization", {**NAMED, "max_hosts": NUMBER}, unique=("name",)),
    "credential_types": Resource(
        "credential_type",
        {
            **NAMED,
            "kind": Choice(("cloud", "net", "ssh", "vault", "scm", "insights")),
            "inputs": TREE,
            "injectors": TREE,
            "managed": SWITCH,
        },
        unique=("kind", "name"),
    ),
    "credentials": Resource(
        "credential",
        {**OWNED, "credential_type": To("credential_types", needed=True), "inputs": TREE},
        unique=("organization", "name", "credential_type"),
    ),
    "execution_environments": Resource(
        "execution_environment",
        {
            **NAMED,
            "organization": To("organizations"),
            "image": TEXT,
            "credential": To("credentials"),
            "pull": Choice(("", "always", "missing", "never")),
        },
        unique=("name",),
        needed=("name", "image"),
    ),
    "instance_groups": Resource(
        "instance_group",
        {
            "name": TEXT,
            "is_container_group": SWITCH,
            "credential": To("credentials"),
            "pod_spec_override": TEXT,
            **{f"policy_instance_{name}": NUMBER for name in ("percentage", "minimum")},
            **dict.fromkeys(("max_concurrent_jobs", "max_forks"), NUMBER),
        },
        unique=("name",),
        links={"instances": "instances"},
    ),
    "instances": Resource("instance", {"hostname": TEXT}, unique=("hostname",), needed=("hostname",)),
    "notification_templates": Resource(
        "notification_template",
        {
            **OWNED,
            "notification_type": Choice(("email", "webhook", "slack")),
            "notification_configuration": TREE,
            "messages": TREE,
        },
    ),
    "projects": Resource(
        "project",
        {
            **OWNED,
            "scm_type": Choice(("", "git", "svn", "insights", "archive")),
            **dict.fromkeys(("scm_url", "local_path", "scm_branch", "scm_refspec"), TEXT),
            **dict.fromkeys(("scm_clean", "scm_delete_on_update", "scm_track_submodules"), SWITCH),
            "scm_update_on_launch": SWITCH,
            "scm_update_cache_timeout": NUMBER,
            "allow_override": SWITCH,
            "timeout": NUMBER,
            "credential": To("credentials"),
            "default_environment": To("execution_environments"),
            "signature_validation_credential": To("credentials"),
        },
        links=NOTIFIED,
    ),
    "inventories": Resource(
        "inventory",
        {
            **OWNED,
            "kind": Choice(("", "smart", "constructed")),
            "host_filter": None,
            "variables": TEXT,
            "prevent_instance_group_fallback": SWITCH,
        },
        links={"instance_groups": "instance_groups"},
    ),
    "inventory_sources": Resource(
        "inventory_source",
        {
            **NAMED,
            "inventory": To("inventories", needed=True),
            "source": Choice(("", "scm", "ec2", "controller")),
            **dict.fromkeys(("source_path", "source_vars", "scm_branch", "limit"), TEXT),
            **dict.fromkeys(("enabled_var", "enabled_value", "host_filter"), TEXT),
            "source_project": To("projects"),
            "execution_environment": To("execution_environments"),
            "credential": To("credentials"),
            **dict.fromkeys(("overwrite", "overwrite_vars", "update_on_launch"), SWITCH),
            **dict.fromkeys(("timeout", "verbosity", "update_cache_timeout"), NUMBER),
        },
        unique=("inventory", "name"),
        links=NOTIFIED,
    ),
    "job_templates": Resource(
        "job_template",
        {
            **NAMED,
            "organization": To("organizations"),
            "job_type": Choice(("run", "check")),
            "inventory": To("inventories"),
            "project": To("projects", needed=True),
            "execution_environment": To("execution_environments"),
            "webhook_credential": To("credentials"),
            "webhook_service": Choice(("", "github", "gitlab")),
            **dict.fromkeys(("playbook", "scm_branch", "limit", "extra_vars", "job_tags", "skip_tags"), TEXT),
            **dict.fromkeys(("start_at_task", "host_config_key"), TEXT),
            **dict.fromkeys(("forks", "verbosity", "timeout"), NUMBER),
            "job_slice_count": 1,
            **dict.fromkeys(("force_handlers", "use_fact_cache", "survey_enabled", "become_enabled"), SWITCH),
            **dict.fromkeys(("diff_mode", "allow_simultaneous", "prevent_instance_group_fallback"), SWITCH),
            **{f"ask_{name}_on_launch": SWITCH for name in ASKED_OF_JOBS},
        },
        needed=("name", "playbook"),
        links={**NOTIFIED, "credentials": "credentials", "instance_groups": "instance_groups", "labels": "labels"},
    ),
    "labels": Resource("label", OWNED),
    "workflow_job_templates": Resource(
        "workflow_job_template",
        {
            **NAMED,
            "organization": To("organizations"),
            "inventory": To("inventories"),
            "webhook_credential": To("credentials"),
            "webhook_service": Choice(("", "github", "gitlab")),
            **dict.fromkeys(("scm_branch", "limit", "extra_vars", "job_tags", "skip_tags"), TEXT),
            **dict.fromkeys(("survey_enabled", "allow_simultaneous"), SWITCH),
            **{f"ask_{name}_on_launch": SWITCH for name in ASKED},
        },
        links={**NOTIFIED, "notification_templates_approvals": "notification_templates", "labels": "labels"},
    ),
    "workflow_job_template_nodes": Resource(
        "workflow_job_template_node",
        {
            **PROMPTS,
            "workflow_job_template": To("workflow_job_templates", needed=True),
            "unified_job_template": To("unified_job_templates"),
            "identifier": TEXT,
            "all_parents_must_converge": SWITCH,
        },
        unique=("workflow_job_template", "identifier"),
        needed=("identifier",),
        links={
            **{f"{when}_nodes": "workflow_job_template_nodes" for when in ("success", "failure", "always")},
            "credentials": "credentials",
            "instance_groups": "instance_groups",
            "labels": "labels",
        },
    ),
    "workflow_approval_templates": Resource("workflow_approval_template", {**NAMED, "timeout": NUMBER}, unique=("id",)),
    "schedules": Resource(
        "schedule",
        {
            **NAMED,
            **PROMPTS,
            "rrule": TEXT,
            "enabled": True,
            "unified_job_template": To("unified_job_templates", needed=True),
        },
        unique=("unified_job_template", "name"),
        needed=("name", "rrule"),
        links={"credentials": "credentials", "instance_groups": "instance_groups", "labels": "labels"},
    ),
}

UNIFIED = (
    "projects",
    "inventory_sources",
    "job_templates",
    "workflow_job_templates",
    "workflow_approval_templates",
)
"""What /unified_job_templates/ lists."""
