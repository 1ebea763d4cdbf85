# Two commands are all a newcomer needs: make demo, make test. Python's venv and pip do the rest.
PYTHON ?= python3
PY := .venv/bin/python
PIP := $(PY) -m pip install --quiet --disable-pip-version-check --require-hashes

.PHONY: demo test check eval bench docs pictures words study lock clean

demo: .make/run
	.venv/bin/testimonia demo --out demo

test: .make/dev
	$(PY) -m pytest -q -m "not slow" -n auto --dist loadfile

check: .make/dev
	$(PY) -m ruff check .
	$(PY) -m mypy
	sh scripts/types.sh

eval: .make/dev
	sh scripts/evals.sh

bench: .make/bench
	sh scripts/benches.sh

docs: .make/docs
	$(PY) -m sphinx -q -W -b html docs docs/_build/html

# Screenshots of every page of the workbench, from the sample; and the catalogues of its sentences.
pictures: .make/dev
	$(PY) scripts/make_pictures.py

words: .make/dev
	$(PY) scripts/make_locale.py

study: .make/dev
	$(PY) -m pytest -q -m slow
	$(PY) -m evals.hidden

lock: .make/dev
	sh scripts/lock.sh

.make/venv: packages.txt scripts/debian.sh
	@sh scripts/debian.sh
	$(PYTHON) -m venv .venv
	@mkdir -p .make && touch $@

.make/%: .make/venv requirements/%.txt pyproject.toml
	$(PIP) -r requirements/$*.txt
	$(PY) -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	@touch $@

clean:
	rm -rf .venv .make demo docs/_build node_modules
