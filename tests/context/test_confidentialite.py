"""What is gathered is not disclosed: every type is asked for what its readers may not see."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from dla_docs.context.context import build_context
from dla_docs.context.views import DEFAULT_AUDIENCE
from dla_docs.documents.documents import Document
from dla_docs.flow import choose, examine, with_tables
from dla_docs.model.errors import TemplateError
from dla_docs.model.schemas import leaves, nearest
from dla_docs.model.workspace import Workspace
from dla_docs.select import Request
from dla_docs.tree.template import Templates
from tests.scenes import JOUR, Lancer, demonstration, demonstration_documents

BY_TYPE = {document.type.name: document for document in demonstration_documents()}
every_type = pytest.mark.parametrize("name", BY_TYPE)


def expression(kind: str, pointer: tuple[str | int, ...]) -> str:
    """A datum as a template names it: `realisation.notes[0].date`."""
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in pointer)
    return kind.replace("-", "_") + "".join(steps)


def fields(document: Document, awaited: bool) -> Iterator[str]:
    """The data in reach that its audience may not see: never, or before an agreement."""
    corpus, hidden = demonstration().corpus, document.type.pour_chaque
    for scope in document.scope.lineage():
        for kind, source in scope.parts.items():
            schema = corpus.kinds[kind].schema
            for pointer, _, _ in leaves(source.data, schema):
                allowed = set(nearest(schema, pointer, "x-diffusion") or DEFAULT_AUDIENCE)
                agreement = bool(nearest(schema, pointer, "x-accord"))
                listed = ".".join([kind, *(str(s) for s in pointer if isinstance(s, str))])
                if hidden and listed.startswith(str(hidden)):
                    continue
                closed = set(document.type.destinataires) - allowed
                if pointer and closed and agreement == awaited:
                    yield expression(kind, pointer)


def asked(document: Document, root: Path, line: str) -> str:
    """What a template gets that asks for something more."""
    workspace = Workspace(root)
    folder = root / "templates" / document.type.name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "document.md.j2").write_text(f"{line}\n", encoding="utf-8")
    examined = examine(workspace, JOUR, (document.scope.path,))
    choices = choose(Request(types=(document.type.name,)), examined)
    same = next(c.document for c in choices if c.document.label == document.label)
    tables = with_tables(examined, choices).gathered
    context = build_context(same, examined.corpus, gathered=tables)
    return Templates(workspace).fill(context).markdown


@every_type
def test_a_template_that_asks_for_a_closed_field_fails(name: str, espace_entier: Path) -> None:
    document = BY_TYPE[name]
    closed = next(fields(document, awaited=False), None)
    if closed is None and document.type.rassemble and document.type.destinataires != ("operateur",):
        # A document about all dossiers reads them through tables: a note is closed to funders.
        closed = "tableaux.enquetes[0].impact"
    if closed is None:
        # The operator gathers everything: nothing is closed to it alone.
        assert set(document.type.destinataires) == {"operateur"}
        return
    with pytest.raises(TemplateError, match="R-CNF-01"):
        asked(document, espace_entier, f"{{{{ {closed} }}}}")


def without_consents(root: Path) -> None:
    for path in root.rglob("dossier.yaml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("\nconsentements:", "\nx-consentements:"), encoding="utf-8")


AWAITING = [name for name, d in BY_TYPE.items() if next(fields(d, awaited=True), None)]


@pytest.mark.parametrize("name", AWAITING)
def test_a_template_gets_nothing_of_what_awaits_a_consent(name: str, espace_entier: Path) -> None:
    document = BY_TYPE[name]
    # A datum inside another that awaits is not even reached: the first one is asked for.
    awaited = min(fields(document, awaited=True), key=len)
    without_consents(espace_entier)
    line = f"{{{{ 'RIEN' if {awaited} is none else 'FUITE' }}}}"
    assert asked(document, espace_entier, line).strip() == "RIEN"


def test_some_types_await_a_consent() -> None:
    assert {"cahier-des-charges"} <= set(AWAITING)


def comite_page(espace: Path, folder: Path, lancer: Lancer) -> str:
    words = ["render", "dossiers/comites/2025-11-27.yaml", "-d", "fiche-comite", "-t", "html"]
    result = lancer(*words, "-o", folder, espace=espace)
    assert result.exit_code == 0, result.stderr
    (page,) = folder.rglob("fiche-comite-1.html")
    return page.read_text(encoding="utf-8")


def test_withdrawing_a_consent_changes_what_renders(
    espace_entier: Path, tmp_path: Path, lancer: Lancer
) -> None:
    assert "Calades du Jabron" in comite_page(espace_entier, tmp_path / "avant", lancer)
    (path,) = (espace_entier / "dossiers").glob("2025-021-*/dossier.yaml")
    text = path.read_text(encoding="utf-8")
    given = "    structure: calades-jabron\n    date: 2025-11-24\n"
    assert given in text
    path.write_text(text.replace(given, f"{given}    retrait: 2026-01-15\n"), encoding="utf-8")
    assert "Calades du Jabron" not in comite_page(espace_entier, tmp_path / "apres", lancer)


def comite_texts(espace: Path, folder: Path, lancer: Lancer) -> tuple[str, str]:
    """The fiche of 2025-003 shown without its name, and the later relevé that names it."""
    first = espace / "dossiers/comites/2025-03-06.yaml"
    text = first.read_text(encoding="utf-8")
    first.write_text(text.replace("presentation: nominative", "presentation: anonyme"), "utf-8")
    for comite, kind in (("2025-03-06", "fiche-comite"), ("2025-11-27", "releve-comite")):
        words = ["render", f"dossiers/comites/{comite}.yaml", "-d", kind, "-t", "html"]
        assert lancer(*words, "-o", folder, espace=espace).exit_code == 0
    (fiche,), (releve,) = folder.rglob("fiche-comite-1.html"), folder.rglob("releve-comite.html")
    return fiche.read_text(encoding="utf-8"), releve.read_text(encoding="utf-8")


YEARS = {"2025"}
"""What both may print: the year of the séances."""


def numbers(page: str) -> set[str]:
    """The numbers that a reader sees; not those of one digit, which are ranks and days."""
    return set(re.findall(r"\d\d+", re.sub(r"<[^>]*>", " ", page)))


def test_no_number_of_a_fiche_without_name_is_beside_the_name_later(
    espace_entier: Path, tmp_path: Path, lancer: Lancer
) -> None:
    fiche, releve = comite_texts(espace_entier, tmp_path, lancer)
    shown = fiche.partition("<body")[2].partition("présentée sans nom")[2]
    _, heading, rest = releve.partition(". Les Calades du Jabron</h")
    beside = rest.partition("<h2")[0]
    assert heading and numbers(beside)
    assert numbers(shown) & numbers(beside) == YEARS & numbers(beside)


def test_a_fiche_without_name_is_a_letter_of_the_agenda(
    espace_entier: Path, tmp_path: Path, lancer: Lancer
) -> None:
    fiche, releve = comite_texts(espace_entier, tmp_path, lancer)
    assert "Situation A, présentée sans nom" in fiche
    assert "Calades" not in fiche
    assert "2025-003" not in fiche + releve


def test_a_partner_s_copy_holds_nothing_without_a_consent(espace_entier: Path) -> None:
    document = BY_TYPE["synthese-partenaires"]
    line = "{{ 'RIEN' if suivi.synthese is none else 'FUITE' }}"
    assert asked(document, espace_entier, line).strip() == "FUITE"
    without_consents(espace_entier)
    assert asked(document, espace_entier, line).strip() == "RIEN"


def test_a_consent_ends_on_its_last_day(espace_entier: Path) -> None:
    copies = (d for d in demonstration_documents() if d.type.name == "synthese-partenaires")
    document = next(d for d in copies if d.scope.reference == "2025-003")
    line = "{{ 'OUVERT' if structures[0].denomination else 'FERMÉ' }}"
    (path,) = (espace_entier / "dossiers").glob("2025-003-*/dossier.yaml")
    given = path.read_text(encoding="utf-8")
    for last, seen in (("2026-04-23", "OUVERT"), ("2026-04-22", "FERMÉ")):
        path.write_text(given.replace("jusqu_au: 2026-12-31", f"jusqu_au: {last}"), "utf-8")
        assert asked(document, espace_entier, line).strip() == seen
