"""Document types: what each declares that it is and owes (see `manifests.py`)."""

from dataclasses import dataclass

from dla_docs.documents.returned import Returned
from dla_docs.load.places import SERIES
from dla_docs.model.paths import Every, Path

TEMPLATE = "document.md.j2"
ITEM = "element"
"""What paths of a manifest call the item of `pour_chaque`."""
LETTER = "lettre"
"""The `forme` of what is sent to someone: its owed sections have no printed heading."""


@dataclass(frozen=True)
class Section:
    """An owed section: its printed title, the source of the duty, the data it is made of.

    `consigne` is the line of guidance of the blank form. Where there is a datum at `unless`, the
    section is owed only if its data are there.
    """

    id: str
    titre: str
    source: str
    regle: str
    champs: tuple[Path, ...]
    consigne: str = ""
    unless: Path | None = None


@dataclass(frozen=True)
class Mention:
    """A sentence owed to the letter on the cover."""

    texte: str
    regle: str
    source: str


@dataclass(frozen=True)
class InKit:
    """How a type is in the kit of a prestataire: as a blank form or as it is, when, to whom.

    No `formats`: all of the type's. No `envoi`: it is not to be sent back. `seul`: it tells of the
    kit, and is of no use elsewhere. `appel`: it goes with the call to whom may answer it.
    """

    quand: str
    envoi: str = ""
    variante: str = ""
    formats: tuple[str, ...] = ()
    seul: bool = False
    appel: bool = False


@dataclass(frozen=True)
class DocumentType:
    """What a manifest declares; see `schemas/document.schema.json` for each field's meaning.

    Every path is one that the schemas of the data know. `owner` is the key by which each item of
    `pour_chaque` names the scope it is about, where the list lies in a wider one: the reviews of
    the ingénieries are those of their dossier's `suivi.yaml`.
    """

    name: str
    identifiant: str
    titre: str
    sujet: Path
    etape: str
    auteur: str
    destinataires: tuple[str, ...]
    formats: tuple[str, ...]
    portee: str
    donnees: tuple[str, ...]
    dates: tuple[Path, ...]
    sections: tuple[Section, ...]
    mentions: tuple[Mention, ...] = ()
    pour_chaque: Path | None = None
    cle: Path | None = None
    numerotation: str = "sections"
    logos: tuple[str, ...] = ()
    logos_regle: str = ""
    logos_source: str = ""
    signatures: Path | None = None
    sommaire: bool = False
    condition: Path | None = None
    value: str = ""
    unless: Path | None = None
    vierge: bool = False
    facultatif: tuple[str, ...] = ()
    sans: tuple[Path, ...] = ()
    owner: str = ""
    public: Path | None = None
    publie: Path | None = None
    recu: Path | None = None
    rassemble: bool = False
    centimes: bool = False
    forme: str = ""
    famille: str = "diagnostic"
    tete: str = "court"
    kit: InKit | None = None
    retour: Returned | None = None
    gabarit: str = TEMPLATE

    @property
    def shown(self) -> bool:
        """Whether it is a presentation, which is shown, and has no format of pages to write in."""
        return "pptx" in self.formats and not {"docx", "odt"} & set(self.formats)

    @property
    def series(self) -> str:
        """The kind whose every file gives a document, such as `proposition`; empty if none does."""
        each = self.pour_chaque
        return SERIES.get(each.part, "") if each and not each.steps else ""


def each_of(listed: Path) -> Path:
    """The path of each element that `pour_chaque` means: of a list, or the files of a folder.

    A folder gives its files one by one already.
    """
    if listed.part in SERIES and not listed.steps:
        return listed
    return listed.down(Every())
