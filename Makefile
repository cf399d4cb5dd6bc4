# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := ready

PYTHON ?= python3
CORE ?= 2.19
JOBS ?= 2
SPEED ?= 60
SEED ?=
RENDERING ?= html
STRICT ?=
export STRICT

VENV := .venv
BIN := $(CURDIR)/$(VENV)/bin
TREE := collections/ansible_collections/useries/appliance
SIMULATED := inventories/simulator/inventory.yml
REQUIREMENTS := requirements-demo.txt requirements-simulator.txt meta/ee-requirements.txt
EXECUTED := .cache/executed-tests.txt
PYTEST := $(BIN)/python -m pytest

export PATH := $(BIN):$(PATH)
export ANSIBLE_COLLECTIONS_PATH := $(CURDIR)/collections
export ANSIBLE_HOME ?= $(CURDIR)/.ansible
export PYTHONPATH := $(CURDIR)/collections:$(CURDIR)

.PHONY: $(SIMULATED) help ready venv dev tree system demo demo-browser simulator stop generate check lint types unit test docs changelog sanity wires \
	scenarios ways molecule artifact release release-check judges events campaign bench clean

help: ## What there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 14

ready: venv tree ## (default) The Python environment and the collection tree

venv: $(VENV)/.ready ## The Python environment .venv; quick when unchanged

$(VENV)/.ready: $(REQUIREMENTS)
	@[ -x $(VENV)/bin/python ] || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-demo.txt
	@touch $@

dev: ready $(VENV)/.dev ## What the tests need besides; quick when unchanged

$(VENV)/.dev: requirements-dev.txt $(VENV)/.ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

tree: $(TREE) $(SIMULATED) ## The place where Ansible looks for the collection: a link to this folder

$(TREE):
	@mkdir -p $(dir $@)
	@ln -sfn ../../.. $@

# where the simulator writes its inventory at every start
$(SIMULATED): | $(TREE)
	@ln -sfn ../../.simulator/inventory.yml $@

system: ## System packages of the tests, where they may be installed
	@tools/system-packages.sh

demo: ready ## Start a simulated pair and let playbooks/site.yml configure it
	@tools/demo.sh

demo-browser: ready ## The demo on a console that is drawn by scripts, operated in a browser (needs Chromium: make system)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check playwright
	@RENDERING=script tools/demo.sh

simulator: ready ## Run a simulated pair until Ctrl-C (SPEED=60 SEED=... RENDERING=html|script)
	@echo "In another terminal: .venv/bin/ansible-playbook -i inventories/simulator playbooks/site.yml"
	$(BIN)/python -m simulator --speed $(SPEED) --rendering $(RENDERING) $(if $(SEED),--seed $(SEED))

stop: ready ## Stop a simulator that runs in the background
	$(BIN)/python -m simulator --stop

generate: ready ## Write meta/runtime.yml and the action plugins from the list of modules
	$(BIN)/python tools/generate.py

check: lint types unit ## Before every commit: lint, types, unit tests (under 2 minutes)

lint: dev
	ruff check .
	yamllint .
	reuse lint --quiet || reuse lint --lines
	python tools/generate.py --check

types: dev
	mypy -p simulator -p ansible_collections.useries.appliance.plugins.module_utils \
		-p benchmarks -p tests.support
	mypy tools tests/conftest.py extensions/eda/plugins/event_source

unit: dev
	$(PYTEST) tests/unit -n $(JOBS) -m "not slow"

test: dev ## Everything a change must pass (about fifty minutes; LONG=1/3: a third of the long workflows)
	@tools/test.sh

docs: dev ## Lint the documentation and build its site, build/docs/html (offline)
	@tools/docs.sh

changelog: dev ## Lint the changelog fragments
	antsibull-changelog lint

sanity: dev ## ansible-test sanity (CORE=2.19)
	tests/sanity.sh $(CORE)

wires: dev ## The simulator against real clients
	$(PYTEST) tests/protocol

scenarios: dev ## Whole workflows
	$(PYTEST) tests/scenario

ways: dev ## Whole workflows in a browser, on both renderings of the simulated console (over an hour)
	tests/ways.sh --whole

molecule: dev ## The molecule scenarios
	molecule test --all

artifact: dev ## Build the artifact for Galaxy and try it by itself
	tests/artifact.sh

release: dev ## What is published, into dist/: collection, simulator, bills of materials, sums (FINAL=1: refuses a mere candidate)
	@tools/release.sh

release-check: dev ## Build a release of the working tree, install it into empty environments and run it there
	tests/release/environment.sh
	$(PYTEST) tests/release -n $(JOBS) --dist loadfile

judges: dev ## The environment of the judges from outside, and their verdict
	tests/judges/environment.sh
	tools/system-packages.sh --with-strangers
	$(PYTEST) tests/protocol tests/awx -m judges

events: dev ## Event sources and rulebooks in the real ansible-rulebook, in an environment of its own
	tests/eda/environment.sh
	tools/system-packages.sh --with-java
	$(PYTEST) tests/scenario/test_events.py -m eda

campaign: dev ## Everything against everything (hours, resumable; SHARD=K/N ONLY="kills drill" JOBS=2 REST=1)
	$(BIN)/python tools/campaign.py $(if $(SHARD),--shard $(SHARD)) $(if $(ONLY),--only $(ONLY)) $(if $(JOBS),--jobs $(JOBS)) $(if $(REST),--rest)

bench: dev ## Times per task, logins per run, a fleet
	$(BIN)/python -m benchmarks
	$(BIN)/python -m benchmarks.roles
	$(BIN)/python -m benchmarks.browser
	$(BIN)/python -m benchmarks.drill
	$(BIN)/python -m benchmarks.idrac
	$(BIN)/python -m benchmarks.inventory

clean: ## Remove environments and caches
	rm -rf .venv .venvs .cache .ansible .simulator .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist tests/output \
		collections/ansible_collections
