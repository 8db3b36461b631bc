# Two commands do everything on a bare machine (Python 3.11 or later, make, git, g++):
#   make check              read and judge the sample course, or NOTES=path
#   make test               lint, types, and the whole suite
# And a third writes the documentation as a site that needs no network, beside those of other versions:
#   make docs               build/docs/VERSION/index.html
PYTHON ?= python3
VENV   ?= .venv
NOTES  ?= docs/sample
BIN    := $(VENV)/bin

.PHONY: check test lint types suite bench docs clean

# Findings (exit status 1) are what check is for, so make doesn't call them an Error; 2 and 3 stop it as ever.
check: $(VENV)/.core
	@status=0; $(BIN)/errata check $(NOTES) || status=$$?; \
	case $$status in \
	0) ;; \
	1) echo; echo "errata check $(NOTES): exit status 1, which means that it found errors in the notes; see above." ;; \
	*) exit $$status ;; \
	esac; \
	$(BIN)/errata check $(NOTES) --format html --output errata-report --fail-on never -q || true

test: lint types suite

lint: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.test
	$(BIN)/mypy

suite: $(VENV)/.test
	OMP_NUM_THREADS=1 $(BIN)/pytest -n 2

bench: $(VENV)/.test
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[bench]'
	$(BIN)/python -m benchmarks
	OMP_NUM_THREADS=1 $(BIN)/python -m benchmarks.monte_carlo
	OMP_NUM_THREADS=1 $(BIN)/python -m benchmarks.coverage
	OMP_NUM_THREADS=1 $(BIN)/python -m benchmarks.quadrature

# Every link must lead somewhere (-W); to keep the sites of other versions, keep build/docs.
docs: $(VENV)/.docs
	@version=$$($(BIN)/python -c 'import errata; print(errata.__version__)'); \
	$(BIN)/python -m sphinx -b html -W --keep-going -q docs build/docs/$$version && \
	echo "build/docs/$$version/index.html"

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.core: $(VENV)/bin/python pyproject.toml constraints.txt
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	touch $@

$(VENV)/.test: $(VENV)/bin/python pyproject.toml constraints.txt
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[models,test]'
	touch $@ $(VENV)/.core

# Only for the tests of the HTML report in a browser.
$(VENV)/.browser: $(VENV)/.test
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[browser]'
	touch $@

$(VENV)/.docs: $(VENV)/.core
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[docs]'
	touch $@

clean:
	rm -rf $(VENV)
