# make demo   create .venv, install, warm-start a tiny model and train it with GRPO and Expert Iteration
# make test   create .venv with the test extras and run the whole test suite
# make board  rank the baselines and the demo's agents on the suite "smoke" (needs make demo)
# make lint   ruff, mypy --strict and pyright
# make clean  remove .venv and the demo's runs

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
INSTALL := $(PIP) install --quiet --constraint constraints.txt
TORCH := $(shell grep '^torch==' constraints.txt)

.PHONY: demo board test lint clean
.DELETE_ON_ERROR:

demo: $(VENV)/.installed-train
	$(BIN)/python -P -m assay.agents.demo --out runs/demo

board: $(VENV)/.installed-train
	for agent in gold random null; do \
		$(BIN)/assay bench run smoke --agent $$agent --out runs/smoke/$$agent || exit 1; done
	for agent in grpo expert_iteration; do \
		$(BIN)/assay bench run smoke --agent hf:runs/demo/$$agent/checkpoint --name demo-$$agent \
			--setting max_tokens=64 --out runs/smoke/$$agent || exit 1; done
	$(BIN)/assay bench board runs/smoke --out runs/board

test: $(VENV)/.installed-dev
	$(BIN)/pytest -n 2 --dist worksteal

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pyright

clean:
	rm -rf $(VENV) runs/demo

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "assay needs Python 3.11 or newer: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv $(VENV)

# torch first, so that nothing that needs it pulls another build. Where there is no GPU the CPU build is taken: it is a
# tenth of the size. An index or folder that pip is configured with may offer it; else uv knows where it lies.
$(VENV)/.installed-torch: constraints.txt | $(BIN)/python
	@if command -v nvidia-smi >/dev/null && nvidia-smi >/dev/null 2>&1; then \
		$(INSTALL) $(TORCH); \
	elif $(PIP) install --quiet --dry-run --no-deps '$(TORCH)+cpu' >/dev/null 2>&1; then \
		$(INSTALL) '$(TORCH)+cpu'; \
	else \
		$(PIP) install --quiet uv && \
		$(BIN)/uv pip install --quiet --python $(BIN)/python --torch-backend=cpu --constraint constraints.txt $(TORCH) || \
		$(INSTALL) $(TORCH); \
	fi
	@touch $@

$(VENV)/.installed-train: pyproject.toml constraints.txt $(VENV)/.installed-torch
	$(INSTALL) --editable '.[train]'
	@touch $@

$(VENV)/.installed-dev: pyproject.toml constraints.txt $(VENV)/.installed-torch
	$(INSTALL) --editable '.[train,dev]'
	@touch $@
