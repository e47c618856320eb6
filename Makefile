# Everything a newcomer types. Needs a POSIX shell, make and Python 3.11 or newer; the rest is installed into .venv.

PYTHON ?= python3
PORT ?= 8501
VENV ?= .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt

# The question travels literally: $(value Q) is the text before make expands any $, and the shell reads it from the environment.
override Q := $(value Q)
export Q

.DEFAULT_GOAL := help
.PHONY: help run ask test bench eval samples constraints clean

help: ## list the commands
	@echo "Usage: make COMMAND"
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{printf "%-20s%s\n", $$1, $$2}'

run: $(VENV)/.run ## serve the chat page on 127.0.0.1:8501 (PORT=… for another port)
	@$(BIN)/python scripts/first_library.py
	@exec $(BIN)/zhengwen serve --port $(PORT)

ask: $(VENV)/.run ## answer one question in the terminal: make ask Q="什么是专利银行"
	@if [ -z "$$Q" ]; then echo 'Usage: make ask Q="什么是专利银行"' >&2; exit 2; fi
	@$(BIN)/python scripts/first_library.py
	@exec $(BIN)/zhengwen ask -- "$$Q"

test: $(VENV)/.test ## format, lint, types, imports, tests, and the code of the READMEs
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n 2 --dist loadfile --ignore=tests/ui/browser
	$(BIN)/pytest tests/ui/browser

bench: $(VENV)/.test ## measure speed and memory, and write docs/benchmarks.md
	$(BIN)/python -m scripts.bench --out docs/benchmarks.md

eval: $(VENV)/.test ## measure search and answers on the question sets at hand, and write docs/quality.md
	$(BIN)/python -m scripts.quality --out docs/quality.md

samples: $(VENV)/.test ## write the .docx and .pdf briefs of samples/ again from their sources
	$(BIN)/python scripts/make_samples.py

constraints: $(VENV)/.test ## pin what .venv holds now
	@{ sed '/^[^#]/,$$d' constraints.txt; $(BIN)/python -m pip freeze --exclude-editable | sed 's/+cpu$$//'; } > constraints.new
	@mv constraints.new constraints.txt

clean: ## remove .venv and caches; libraries stay
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
		{ echo "Python 3.11 or newer is needed; '$(PYTHON)' is missing or older. Name another: make PYTHON=python3.12 …" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "Python's venv module is missing; install it first (Debian, Ubuntu: apt-get install python3-venv)." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.run: $(VENV)/.python pyproject.toml constraints.txt
	@echo "Installing into $(VENV); the first time takes a few minutes." >&2
	$(INSTALL) -e .
	@touch $@

$(VENV)/.test: $(VENV)/.python pyproject.toml constraints.txt
	@echo "Installing into $(VENV) with the tools of development; the first time takes some minutes." >&2
	$(INSTALL) -e '.[feishu,llm,mcp,models,train,dev]'
	@touch $(VENV)/.run $@
