"""What is there as it would be made is not made again, and never by mistake."""

import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dla_docs import make
from dla_docs.documents.documents import Document
from dla_docs.flow import Outcome, choose, examine, render
from dla_docs.model.workspace import Workspace
from dla_docs.select import Request
from dla_docs.workshop import here
from tests.sampling import EVERYTHING
from tests.scenes import JOUR

SCOPE = "2025-003-calades-jabron/bilan-organisation-finances"
TYPES = ("releve-choix", "grille-analyse")
MISSION = "dossiers/2025-003-calades-jabron/ingenieries/bilan-organisation-finances"


def rendered(espace: Path, output: str = "sortie", fresh: bool = False) -> list[Outcome]:
    request = Request((SCOPE,), TYPES, ("html",))
    examined = examine(Workspace(espace), JOUR, (SCOPE,))
    chosen = choose(request, examined)
    return list(render(chosen, request, examined, espace / output, here, fresh=fresh))


def write(path: Path, before: str, after: str) -> None:
    said = path.read_text(encoding="utf-8")
    assert before in said
    path.write_text(said.replace(before, after), encoding="utf-8")


def made(outcomes: list[Outcome]) -> set[str]:
    """The files written, those that were there already left out."""
    return {path.name for o in outcomes for path in set(o.written) - set(o.same)}


def test_nothing_is_made_twice(espace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = rendered(espace)
    monkeypatch.setattr(make, "_written", None)
    again = rendered(espace)
    assert [o.written for o in again] == [o.written for o in first]
    assert made(again) == set()


def test_whoever_asks_for_it_has_all_made_again(espace: Path) -> None:
    first = made(rendered(espace))
    assert made(rendered(espace, fresh=True)) == first


def test_a_record_that_another_person_wrote_is_not_believed(
    espace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = made(rendered(espace))
    monkeypatch.setattr("dla_docs.flow.own_key", lambda: b"une autre personne")
    assert made(rendered(espace)) == first


def test_without_a_folder_for_a_key_all_is_made_again(
    espace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(Path(__file__)))
    assert made(rendered(espace)) == made(rendered(espace)) != set()


@pytest.mark.parametrize("fate", ["gone", "other", "unknown"])
def test_what_is_no_more_as_it_was_written_is_made_again_or_kept(espace: Path, fate: str) -> None:
    rendered(espace)
    (page,) = (espace / "sortie").rglob("releve-choix.html")
    (record,) = (espace / "sortie").rglob(".dla-produits.json")
    if fate == "other":
        page.write_text("retouché", encoding="utf-8")
    else:
        (page if fate == "gone" else record).unlink()
    again = {o.document.stem: o for o in rendered(espace)}
    assert [k.path.name for o in again.values() for k in o.kept] == (
        ["releve-choix.html"] if fate == "other" else []
    )
    assert (page.read_bytes() == b"retouch\xc3\xa9") == (fate == "other")


def test_a_changed_value_makes_its_documents_and_no_other(espace: Path) -> None:
    rendered(espace)
    write(espace / MISSION / "choix.yaml", "chantiers réels", "chantiers ouverts")
    changed = made(rendered(espace))
    pages = (espace / "sortie").rglob("*.html")
    print_it = {p.stem for p in pages if "chantiers ouverts" in p.read_text(encoding="utf-8")}
    assert {Path(name).stem for name in changed} == print_it != set()


@pytest.fixture
def filled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The documents that are filled, in order."""
    seen: list[str] = []
    fill = make.fill

    def seen_first(document: Document, *rest: Any) -> Any:
        seen.append(document.stem)
        return fill(document, *rest)

    monkeypatch.setattr(make, "fill", seen_first)
    return seen


def test_a_document_whose_data_have_not_changed_is_not_even_filled(
    espace: Path, filled: list[str]
) -> None:
    first = rendered(espace, "documents")
    filled.clear()
    assert [o.written for o in rendered(espace, "documents")] == [o.written for o in first]
    assert filled == []
    write(espace / MISSION / "choix.yaml", "chantiers réels", "chantiers ouverts")
    rendered(espace, "documents")
    assert filled == [o.document.stem for o in first]


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The documents whose text is read, and all that follows, in order."""
    seen: list[str] = []
    work = make.settled

    def seen_first(filled: make.Filled, *rest: Any) -> Any:
        seen.append(filled.context.document.stem)
        return work(filled, *rest)

    monkeypatch.setattr(make, "settled", seen_first)
    return seen


def test_a_document_whose_text_is_the_same_is_read_no_further(
    espace: Path, settled: list[str]
) -> None:
    rendered(espace, "documents")
    settled.clear()
    write(espace / MISSION / "choix.yaml", "chantiers réels", "chantiers ouverts")
    pages = {o.document.stem for o in rendered(espace, "documents") if set(o.written) - set(o.same)}
    assert set(settled) == pages != set()


def test_a_picture_of_the_workspace_that_changes_makes_all_be_read(
    espace: Path, settled: list[str]
) -> None:
    first = rendered(espace, "documents")
    settled.clear()
    (espace / MISSION / "autre.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    rendered(espace, "documents")
    assert settled == [o.document.stem for o in first]


def test_a_document_that_shows_what_is_made_is_filled_each_time(
    espace: Path, filled: list[str]
) -> None:
    note = espace / MISSION / "travail-realise.md"
    up = "../" * len(note.relative_to(espace).parent.parts)
    note.write_text(f"![Un atelier]({up}documents/absente.png)\n", encoding="utf-8")
    for _ in range(2):
        filled.clear()
        rendered(espace, "documents")
    assert filled != []


def test_another_program_makes_all_again(espace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = made(rendered(espace))
    monkeypatch.setattr("dla_docs.formats.recipe.program", lambda: "un autre")
    assert made(rendered(espace)) == first


def edits(espace: Path, chance: random.Random) -> Iterator[None]:
    """A digit or a letter of the data changed, one after the other, and put back."""
    files = sorted((espace / MISSION).rglob("*.yaml"))
    while True:
        file = chance.choice(files)
        said = file.read_text(encoding="utf-8")
        values = list(re.finditer(r"(?<=: )[^\n'\"|>&{[]+", said))
        value = chance.choice(values)
        changed = value[0][:-1] + ("1" if value[0][-1] != "1" else "2")
        file.write_text(said[: value.start()] + changed + said[value.end() :], encoding="utf-8")
        yield
        file.write_text(said, encoding="utf-8")


@pytest.mark.campagne
@pytest.mark.parametrize("seed", range(2))
def test_what_is_left_is_what_would_be_made(espace: Path, seed: int) -> None:
    chance = random.Random(seed)
    rendered(espace, "documents")
    for rank, _ in zip(range(8 if EVERYTHING else 2), edits(espace, chance), strict=False):
        rendered(espace, "documents")
        for outcome in rendered(espace, f"documents/neuf-{rank}"):
            for path in outcome.written:
                left = espace / "documents" / path.relative_to(espace / f"documents/neuf-{rank}")
                assert left.read_bytes() == path.read_bytes(), (seed, rank, path.name)
