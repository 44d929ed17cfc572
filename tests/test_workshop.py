"""A document whose template is a stranger's fails alone, in time, and the others are written."""

from functools import partial
from pathlib import Path

import pytest

from dla_docs.confined import process
from dla_docs.flow import Outcome, choose, examine, render
from dla_docs.model.workspace import Workspace
from dla_docs.select import Request
from dla_docs.workshop import apart
from tests.scenes import JOUR, ROOT

SCOPE = "2025-003-calades-jabron/bilan-organisation-finances"
TYPES = ("convention", "releve-choix")


def outcomes(
    espace: Path, *formats: str, types: tuple[str, ...] = TYPES, jobs: int = 1
) -> dict[str, Outcome]:
    request = Request((SCOPE,), types, formats)
    examined = examine(Workspace(espace), JOUR, (SCOPE,))
    making = partial(apart, jobs=jobs)
    made = render(choose(request, examined), request, examined, espace / "sortie", making)
    return {outcome.document.type.name: outcome for outcome in made}


def spoil(espace: Path, name: str, more: str) -> None:
    """The template of the package, with something more at its end."""
    place = espace / "templates" / name
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text((ROOT / "templates" / name).read_text(encoding="utf-8") + more, "utf-8")


@pytest.mark.parametrize("jobs", [1, 2])
def test_documents_made_apart_are_those_made_here(
    jobs: int, espace: Path, documents_demo: Path
) -> None:
    for outcome in outcomes(espace, "html", "docx", jobs=jobs).values():
        for path in outcome.written:
            same = documents_demo / path.relative_to(espace / "sortie")
            assert path.read_bytes() == same.read_bytes()


def test_a_page_without_end_is_abandoned_alone(
    espace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "ONE", 8.0)
    many = "range(90000)"
    loop = f"#let tout = {{ let n = 0; for a in {many} {{ for b in {many} {{ n = n + b }} }}; n }}"
    spoil(espace, "_mise-en-page/page.typ", f"\n{loop}\n#tout\n")
    made = outcomes(espace, "html", "pdf", types=("convention",))["convention"]
    assert str(made.failure).startswith("PDF : document abandonné")
    assert [path.name for path in made.written] == ["convention.html"]


def test_a_page_that_ends_its_engine_costs_its_format_alone(
    espace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Two gigabytes take their time on a busy machine.
    monkeypatch.setattr(process, "ONE", 200.0)
    monkeypatch.setattr(process, "ALL", 200.0)
    swell = '\n#let tout = { let t = "aaaaaaaa"; for _ in range(60) { t = t + t }; t }\n#tout\n'
    spoil(espace, "_mise-en-page/page.typ", swell)
    made = outcomes(espace, "pdf", "html", types=("convention",))["convention"]
    assert str(made.failure).startswith("PDF : document abandonné")
    assert [path.name for path in made.written] == ["convention.html"]


def test_a_page_that_asks_for_a_package_is_refused_without_the_network(espace: Path) -> None:
    spoil(espace, "_mise-en-page/page.typ", '\n#import "@preview/cetz:0.3.0": *\n')
    made = outcomes(espace, "pdf", types=("convention",))["convention"]
    assert "un paquet de Typst" in str(made.failure) and made.written == ()
