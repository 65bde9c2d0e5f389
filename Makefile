# WPIS. Needs Python 3.11 to 3.13, make and a package registry; everything else it brings itself.
.DEFAULT_GOAL := help
.PHONY: help demo test smoke drill check static unit journeys killing walking seed code mail bench messages vendor embedded dev browser compiled \
	release-fixture nightly nightly-interfaces nightly-faults nightly-recall nightly-bench

PYTHON ?= python3
RUN := .venv/bin/python
MANAGE := $(RUN) -m wpis.development.embedded.manage
CODE := wpis permits alerts referral
BENCH_ARGS ?=
APPLICATIONS ?= 600
SEED ?= 2
NIGHTLY_SECONDS ?= 900
# Suites that start whole stacks: two lines side by side, in each one after the other. Most of their time they wait, for
# processes to start, for the next one-time code, for a frozen broker; the two take about as long.
KILLING := tests/development/embedded tests/repo/test_image.py tests/operator tests/faults
WALKING := tests/drill tests/journeys tests/canaries
STACKS := $(KILLING) $(WALKING)
# mypy loads the settings; nothing connects.
NO_SERVERS := WPIS_SECRET_KEY=unused DATABASE_URL=postgresql:///unused REDIS_URL=redis://unused

help: ## This list
	@awk 'BEGIN {FS = ":.*## "} /^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: embedded ## Start everything here with a seeded country; Ctrl-C stops it (APPLICATIONS=0: empty)
	@WPIS_DEMO_APPLICATIONS=$(APPLICATIONS) exec $(RUN) -m wpis.development.embedded.demo.supervisor

test: static unit journeys ## Set up what is needed and run every check and every test

smoke: embedded ## Walk the main job as five people on a stack of its own (COPY=...: on a restored copy)
	@exec $(RUN) -m tests.smoke $(COPY)

drill: embedded ## Back up, lose the server, restore a copy to a marked second, compare it, walk the main job on it
	@exec $(RUN) -m tests.drill

check: static ## Lint, types, walls, templates, migrations, compose file, Dockerfile

static: dev
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	$(NO_SERVERS) $(RUN) -m mypy $(CODE) tests bench
	.venv/bin/lint-imports
	$(RUN) -m djlint templates --lint --quiet
	$(MANAGE) --throwaway makemigrations --check --dry-run
	.venv/bin/check-jsonschema --builtin-schema vendor.compose-spec docker-compose.yml docker/secrets.yml
	.venv/bin/hadolint Dockerfile

unit: dev compiled
	$(RUN) -m pytest -n 2 --cov --cov-report=term $(addprefix --ignore=,$(STACKS))

journeys: dev compiled browser
	@$(MAKE) --keep-going --no-print-directory --jobs=2 $(if $(filter output-sync,$(.FEATURES)),--output-sync=target) killing walking

killing:
	$(RUN) -m pytest $(KILLING)

walking:
	$(RUN) -m pytest $(WALKING)

seed: .venv/bin/python ## Add a simulated country to the demo: make seed APPLICATIONS=600 SEED=2
	@$(MANAGE) simulate --applications $(APPLICATIONS) --seed $(SEED) --more

code: .venv/bin/python ## The current one-time code of a demo account: make code USER=officer@example.am
	@$(if $(filter command line,$(origin USER)),,$(error Say whose: make code USER=officer@example.am))
	@$(MANAGE) code "$(USER)"

mail: ## The newest e-mail that the demo sent
	@$(PYTHON) -I wpis/development/embedded/demo/mailbox.py

bench: dev ## Measure submit, screening and the officer's queue beside their baselines
	@$(RUN) -m bench $(BENCH_ARGS)

nightly: dev compiled ## The proofs that take hours: interfaces, faults, recall over many seeds, bench; each bounded in time
	@$(MAKE) --keep-going --no-print-directory nightly-faults nightly-recall nightly-bench nightly-interfaces

nightly-interfaces:
	timeout 60m $(RUN) -m tests.nightly --seconds $(NIGHTLY_SECONDS)

nightly-faults:
	WPIS_FAULT_SUBMISSIONS=2000 WPIS_FAULTS=24 WPIS_FAULT_LETTERS=200 WPIS_FAULT_KILLS=20 timeout 60m $(RUN) -m pytest tests/faults

nightly-recall:
	WPIS_RECALL_SEEDS=1,2,3,4,5,6,7,8 timeout 60m $(RUN) -m pytest -s tests/development/simulation/test_recall.py

nightly-bench:
	timeout 90m $(RUN) -m bench $(BENCH_ARGS)

release-fixture: compiled # When a release is cut: what it stores, kept for every later release to read (VERSION=0.2.0)
	@$(if $(VERSION),,$(error Say which: make release-fixture VERSION=0.2.0))
	@$(RUN) -m tests.upgrade.build "$(VERSION)"

messages: dev ## Collect strings to translate into the catalogues and compile them
	@$(MANAGE) --throwaway messages

vendor: ## Fetch the front-end files of other projects anew (needs npm); git diff shows what changed
	@sh wpis/ui/vendor.sh

.venv/bin/python:
	@$(PYTHON) -I wpis/development/embedded/environment/bootstrap.py embedded

embedded:
	@$(PYTHON) -I wpis/development/embedded/environment/bootstrap.py embedded

dev:
	@$(PYTHON) -I wpis/development/embedded/environment/bootstrap.py dev

browser: dev
	@$(RUN) -m wpis.development.embedded.environment.browser

compiled: dev
	@$(MANAGE) --throwaway messages --compile
