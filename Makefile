# Everything that one does with Weerbaar. `make help` lists it.
# What a newcomer reads here is Dutch; needs nothing but make and Python 3.11 or newer.

SHELL := /bin/sh
.DEFAULT_GOAL := help
VENV := .venv
PYTHON := $(VENV)/bin/python
PACKAGES := node_modules/.installed
APT := apt-get -q -y -o DPkg::Lock::Timeout=300 --no-install-recommends install
# Arguments for the tests: make test ARGS="-k journey"
ARGS ?=
# All of them go over as many processes as there are cores; a part runs in one.
SHARED_OUT := -n logical --dist worksteal

# An interpreter is what the machine has; it is never fetched.
export UV_PYTHON_DOWNLOADS := never
export PORT

# For commands that read the settings and touch no data.
CHECKING := WEERBAAR_ENV=test SECRET_KEY=check RECEIPT_PEPPER=check PYTHONWARNINGS=ignore
# The example of docs/deploy with secrets of the moment.
STRICT = $$(sed -n 's/^\([A-Z_]*\)=\([^ ]*\)$$/\1=\2/p' docs/deploy/weerbaar.env | grep -v _FILE=) \
	$$($(PYTHON) -c 'import secrets; s = secrets.token_urlsafe; print(f"SECRET_KEY={s(64)} RECEIPT_PEPPER={s(64)}")')

.PHONY: help demo demo-reset run test nightly check bench fuzz messages lock screenshots css fix

help:  ## deze lijst
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' Makefile

demo: $(VENV)/.run  ## de demo op http://127.0.0.1:8000 (andere poort: PORT=8001); stoppen met Ctrl-C
	@exec $(PYTHON) -m weerbaar.devstack demo

demo-reset: $(VENV)/.run  ## alle gegevens van de demo wissen
	@exec $(PYTHON) -m weerbaar.devstack reset

run: $(VENV)/.run  ## ontwikkelserver, herlaadt bij een wijziging
	@exec $(PYTHON) -m weerbaar.devstack run

test: $(VENV)/.dev $(PACKAGES)  ## alle tests (een deel: ARGS="-k journey")
	@exec $(PYTHON) -m pytest $(or $(ARGS),$(SHARED_OUT))

nightly: $(VENV)/.dev $(PACKAGES)  ## ook de tests die lang duren
	@exec $(PYTHON) -m pytest $(SHARED_OUT) -m "nightly or not nightly" $(ARGS)

check: $(VENV)/.dev $(PACKAGES)  ## alles wat groen moet zijn: vorm, types, lagen, tests
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m ruff check .
	$(CHECKING) $(PYTHON) -m mypy
	$(CHECKING) $(VENV)/bin/lint-imports
	$(CHECKING) $(PYTHON) manage.py makemigrations --check --dry-run
	env $(STRICT) $(PYTHON) manage.py check --deploy --fail-level WARNING
	$(CHECKING) $(PYTHON) manage.py draw_workflow --check
	$(CHECKING) $(PYTHON) manage.py openapi --check
	$(PYTHON) -m pytest $(or $(ARGS),$(SHARED_OUT))

bench: $(VENV)/.dev  ## snelheid meten (alleen de cijfers: ARGS=figures)
	@exec $(PYTHON) -m tests.bench $(ARGS)

fuzz: $(VENV)/.dev  ## de API bestoken met verzonnen invoer (een half uur; korter: WEERBAAR_FUZZ=50)
	@WEERBAAR_FUZZ=$${WEERBAAR_FUZZ:-400} exec $(PYTHON) -m pytest tests/api/test_contract.py $(ARGS)

messages: $(VENV)/.dev  ## teksten verzamelen en de vertaling omzetten
	@exec $(PYTHON) -m tests.messages

screenshots: $(VENV)/.dev  ## de plaatjes van de README, uit de demo
	@exec $(PYTHON) -m tests.screenshots

css: $(VENV)/.dev $(PACKAGES)  ## de stijl opnieuw maken uit NL Design System
	$(CHECKING) $(PYTHON) manage.py build_css

fix: $(VENV)/.dev  ## vorm herstellen (ruff)
	$(PYTHON) -m ruff format .
	$(PYTHON) -m ruff check --fix .

# What the measurements of the figures compare with; never a part of Weerbaar.
PEERS := tests/bench/figures/peers
COMPILE = $(VENV)/bin/uv pip compile -q --universal --python-version 3.11 \
	--generate-hashes --no-header --no-annotate $(ARGS)

lock: $(VENV)/.dev  ## versies opnieuw vastleggen, met hashes en zonder adressen (nieuwere: ARGS=--upgrade)
	$(COMPILE) pyproject.toml --group embedded -o requirements/run.txt
	$(COMPILE) pyproject.toml --group embedded --group dev -o requirements/dev.txt
	$(COMPILE) pyproject.toml -c requirements/run.txt -o requirements/production.txt
	echo uv | $(COMPILE) - -o requirements/uv.txt
	all=$$(mktemp) && $(COMPILE) $(PEERS)/peers.in -o $$all && for peer in $$(cat $(PEERS)/peers.in); do \
		echo $$peer | $(COMPILE) - -c $$all -o $(PEERS)/$${peer%%==*}.txt; done
	$(PYTHON) -m tests.packages install --package-lock-only

# --- the environment ------------------------------------------------------------------

# uv is faster and reads uv's configuration; pip reads pip's. One of the two gets there.
define install
	@echo "Programma's installeren (eenmalig) ..."
	@begun=$$(date +%s); \
	{ $(VENV)/bin/uv pip install -q --compile-bytecode --python $(PYTHON) \
		--require-hashes -r $(1) 2>$(VENV)/uv.log \
	|| $(PYTHON) -m pip install -q --require-hashes -r $(1); } \
	|| { echo "Installeren is niet gelukt: de reden staat hierboven (en in $(VENV)/uv.log)." >&2; exit 1; }; \
	echo "Programma's geinstalleerd: $$(($$(date +%s) - begun)) s"
	@touch $@
endef

$(VENV)/.base: requirements/uv.txt
	@for p in $(PY) python3 python3.13 python3.12 python3.11; do \
		if $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; \
		then found=$$p; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
		echo "Python 3.11 of nieuwer ontbreekt: installeer dat, of geef het op met PY=/pad/naar/python3." >&2; \
		exit 1; \
	fi; \
	echo "Omgeving maken ..."; \
	$$found -m venv $(VENV) >/dev/null 2>&1 \
	|| { [ "$$(id -u)" = 0 ] && $(APT) python3-venv >/dev/null 2>&1 && $$found -m venv $(VENV); } \
	|| { echo "Een omgeving maken lukt niet: installeer python3-venv (Debian: apt-get install python3-venv), of zie of de schijf vol is." >&2; exit 1; }
	@$(PYTHON) -m pip install -q --require-hashes -r requirements/uv.txt 2>$(VENV)/uv.log || true
	@touch $@

$(VENV)/.run: $(VENV)/.base requirements/run.txt
	$(call install,requirements/run.txt)

$(VENV)/.dev: $(VENV)/.base requirements/dev.txt
	$(call install,requirements/dev.txt)

$(PACKAGES): package-lock.json $(VENV)/.dev
	@echo "Hulpmiddelen voor de tests installeren (eenmalig) ..."
	@$(PYTHON) -m tests.packages
	@touch $@
