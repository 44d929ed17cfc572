# Rien à installer à la main : Python 3.11 ou plus, make et git suffisent.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
READY := $(VENV)/.installe

# Les tests lancent dla mille fois : compilé une fois, il n’est pas compilé à chacune.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help install demo bench test test-all test-pythons test-clients fuzz mutations lint format traductions golden docs images clean

help: ## Afficher cette aide
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: $(READY) ## Installer dla et ses outils de développement dans .venv/

$(READY): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable . --group dev
	@touch $@

demo: install ## Produire tous les documents de démonstration dans documents/
	$(BIN)/dla check
	$(BIN)/dla render
	@echo "Les documents sont dans $(CURDIR)/documents"

bench: install ## Mesurer dla face à d’autres programmes (moins de dix minutes, PARTIE=docx)
	$(BIN)/python -m pip install --quiet --group bench
	$(BIN)/python -m benchmarks $(PARTIE)

test: install ## Lancer les tests (sans réseau ni programme du système)
	$(BIN)/python -m pytest -n auto -m "not clients $(SAUF)"

test-all: export DLA_TOUT = 1
test-all: install ## Jouer en entier les campagnes dont « make test » ne joue qu’une part
	$(BIN)/python -m pytest -n auto -m campagne

fuzz: export DUREE ?= 600
fuzz: install ## Essayer au hasard ce que lisent les cibles, DUREE secondes (DUREE=3600)
	$(BIN)/python -m tests.fuzz

mutations: install ## Chercher ce que les tests des règles ne voient pas (MODULE=paiement)
	$(BIN)/python -m tests.mutations $(MODULE)

test-pythons: install ## Produire un dossier avec la roue sous chaque Python de la machine
	$(BIN)/python -m tests.pythons

test-clients: install ## Ouvrir les documents dans de vrais logiciels (installés au besoin)
	$(BIN)/python -m tests.clients.installation
	$(BIN)/python -m pytest -n auto --dist=loadfile -m clients tests/clients

lint: install ## Vérifier la forme du code et les types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

format: install ## Mettre le code en forme
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

traductions: install ## Compiler les phrases françaises de Click
	$(BIN)/pybabel compile --locale fr --input-file dla_docs/cli/locale/fr/LC_MESSAGES/dla.po \
	  --output-file dla_docs/cli/locale/fr/LC_MESSAGES/dla.mo

golden: install ## Mettre à jour les textes de référence des tests
	$(BIN)/python -m pytest tests/test_golden.py tests/formats/test_planche.py tests/report/test_explain.py --maj

images: install ## Refaire les images du guide du vocabulaire et de README.md
	$(BIN)/python -m tests.planche.images
	$(BIN)/python -m tests.vitrine.images

docs: install ## Refaire docs/reference/ d’après le code, les schémas et les règles
	$(BIN)/python -m tools.reference_pages

clean: ## Retirer ce que make a fabriqué
	rm -rf $(VENV) documents dist .pytest_cache .hypothesis .mypy_cache .ruff_cache
