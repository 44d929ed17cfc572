"""The manifests of messages: what each declares leads somewhere, or is told at its line."""

from pathlib import Path

import pytest

from dla_docs.messages.types import load_messages, message_names
from dla_docs.model.errors import TemplateError
from dla_docs.model.workspace import Workspace
from tests.scenes import ROOT, demonstration

NAMES = {"appel", "convention", "enquete", "refus", "relance", "restitution", "retenue"}


def own(folder: Path, text: str) -> Workspace:
    place = folder / "templates/_messages/essai"
    place.mkdir(parents=True)
    (place / "message.yaml").write_text(text, encoding="utf-8")
    return Workspace(folder)


def load(workspace: Workspace) -> set[str]:
    examined = demonstration()
    return set(load_messages(workspace, examined.corpus.kinds, examined.types))


def test_the_messages_of_the_package_are_read() -> None:
    assert load(Workspace(ROOT)) == NAMES == set(message_names(Workspace(ROOT)))


def test_a_workspace_adds_its_own(tmp_path: Path) -> None:
    text = "titre: Essai\ndonnees: [dossier]\nvide: Rien.\nenvois:\n"
    text += (
        "  - a: structures\n    chaque: 'dossier.structures[]'\n    destinataires: [operateur]\n"
    )
    assert load(own(tmp_path, text)) == NAMES | {"essai"}


HEAD = "titre: Essai\ndonnees: [dossier]\nvide: Rien.\nenvois:\n  - a: structures\n"
EACH = HEAD + "    destinataires: [operateur]\n    chaque: 'dossier.structures[]'\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (HEAD + "    destinataires: [operateur]\n", ":5:5: un envoi dit « chaque » ou « manques »"),
        (EACH.replace("structures[]", "structure[]"), "« dossier.structure[] » n’est pas un champ"),
        (EACH.replace("donnees: [dossier]", "donnees: [dosier]"), "« dosier » n’est pas une part"),
        (EACH + "    pieces: [{type: conventions}]\n", "« conventions » n’est pas un type"),
        (EACH + "    note: [{champ: dossier.date}]\n", "« dossier.date » n’est pas un champ"),
        (EACH + "    sauf: 'element.date'\n", "« element.date » n’est pas un champ"),
        (EACH + "    avant: 'a b'\n", "n’est pas un chemin"),
        (EACH + "    jamais: 1\n", "message.yaml:"),
    ],
)
def test_a_faulty_manifest_is_told_at_its_line(text: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(TemplateError) as fault:
        load(own(tmp_path, text))
    assert told in str(fault.value.message)
    assert "message.yaml:" in fault.value.message
