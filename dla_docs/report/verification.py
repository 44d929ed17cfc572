"""What `dla verify` found, in sentences: whether a file is whole, then what it is."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from dla_docs.follow.repository import Gap
from dla_docs.follow.verify import Looked, Verdict, Verification
from dla_docs.model.values import NO_BREAK, long_date
from dla_docs.model.words import number_of

_CHANGED = "mais ce n’est plus le fichier que dla a écrit : ne vous y fiez pas"
_GAPS = {
    Gap.NO_REPOSITORY: "il n’est pas sous git : aucun état ancien n’a pu être regardé",
    Gap.NO_GIT: "git n’est pas installé sur cette machine, et aucun état ancien n’a pu être "
    "regardé : installez git, puis recommencez",
    Gap.BAD_GIT: "git ne répond pas comme il devrait sur cette machine, et aucun état ancien n’a "
    "pu être regardé : mettez-le à jour ou réinstallez-le, puis recommencez",
    Gap.NO_COMMIT: "git n’y a encore aucun commit : aucun état ancien n’a pu être regardé",
    Gap.ELSEWHERE: "son historique n’a pas pu être lu : « .git » y renvoie à un autre endroit du "
    "disque, où dla ne lit pas. Recommencez dans un nouveau clone du dépôt (git clone)",
    Gap.BORROWED: "son historique n’a pas pu être lu : il emprunte des fichiers à un autre dépôt, "
    "où dla ne lit pas. Recommencez dans un nouveau clone (git clone --no-local --dissociate)",
    Gap.UNKNOWN: "son historique n’a pas pu être lu : ses branches sont rangées d’une façon que "
    "dla ne connaît pas. Recommencez après : git refs migrate --ref-format=files",
    Gap.SHALLOW: "les anciens commits manquent ici (clone superficiel) : l’un d’eux l’a peut-être "
    "produit. Complétez l’historique, puis recommencez : git fetch --unshallow",
    Gap.PARTIAL: "l’historique est incomplet ici (clone partiel) : un ancien commit l’a peut-être "
    "produit. Complétez l’historique, puis recommencez : git fetch --refetch --no-filter",
    Gap.DAMAGED: "son historique n’a pas pu être lu en entier : il est abîmé, ou il y manque des "
    "fichiers. « git fsck » dit lesquels ; recommencez dans un nouveau clone du dépôt (git clone)",
    Gap.TOO_BIG: "d’anciens commits sont trop volumineux pour être regardés",
    Gap.LINKS: "d’anciens commits ont des liens vers d’autres endroits du disque ou des "
    "sous-modules, que dla ne suit pas : un document fait avec eux ne se retrouve pas",
    Gap.NAMES: "d’anciens commits ont des noms de fichiers que ce disque refuse, ou qu’il ne "
    "distingue pas d’un autre : un document fait avec eux ne se retrouve pas",
    Gap.OTHER_PLACE: "dans d’anciens commits, l’espace de travail n’est pas dans ce dossier : il "
    "n’y était pas encore, ou il était dans un autre, où il n’a pas été cherché",
    Gap.FAILED: "d’anciens commits ont des données, des schémas ou des gabarits que cette version "
    "de dla ne sait pas lire",
    Gap.TOO_LONG: "dans d’anciens commits, refaire le document a demandé trop de temps ou de "
    "mémoire : il y a été abandonné",
}
"""What is said of what was not looked at, and what to do."""


def verification_lines(path: Path, verification: Verification) -> Iterator[str]:
    """Whether a file is whole, then what it is, in a few lines."""
    first, *others = _sentences(verification)
    yield f"{path}{NO_BREAK}: {first}"
    yield from others


def _sentences(verification: Verification) -> Iterator[str]:
    label, altered = verification.label, verification.altered
    if verification.verdict is Verdict.UNKNOWN:
        yield from _unknown(verification)
    elif verification.verdict is Verdict.CURRENT and not altered:
        yield f"intact. C’est le document {label}, que l’espace de travail produit aujourd’hui."
    elif verification.verdict is Verdict.CURRENT:
        yield (
            f"modifié depuis. Il porte l’empreinte du document {label} que produit l’espace de "
            f"travail, {_CHANGED}."
        )
        folder = label.rpartition("/")[0]
        # A file may bear the name of a format that its document does not have.
        wanted = verification.format in verification.formats
        only = f" -t {verification.format}" if wanted else ""
        yield f"Pour retrouver l’original : dla render {folder}{only} -o un-autre-dossier"
    elif not altered:
        yield (
            f"intact, mais ancien. C’est le document {label}, que produisait l’espace de travail "
            f"au {_commit(verification.commit, verification.day)}."
        )
    else:
        yield (
            f"modifié depuis. Il porte l’empreinte du document {label} que produisait l’espace de "
            f"travail au {_commit(verification.commit, verification.day)}, {_CHANGED}."
        )


def _unknown(verification: Verification) -> Iterator[str]:
    """What is said of a file that nothing made again: why, as far as it is known."""
    looked = verification.looked
    yield f"rien ne dit s’il est intact. Il se donne pour le document {verification.label}."
    if verification.fault:
        yield f"L’espace de travail n’a pas pu le refaire aujourd’hui : {verification.fault}."
    if not looked.gaps and not verification.fault:
        yield (
            "Or ni l’espace de travail ni son historique git ne produisent ce document : celui de "
            "la branche courante a été regardé en entier. Une autre branche, une autre version de "
            "dla, des données jamais enregistrées dans git ou un autre espace de travail ont pu le "
            "faire."
        )
    elif not verification.fault:
        yield "Or l’espace de travail ne le produit pas aujourd’hui. Quant à ce qu’il a été :"
    yield from (f"- {_GAPS[gap]}." for gap in _GAPS if gap in looked.gaps)
    if Gap.STOPPED in looked.gaps:
        yield _stopped(looked)


def _stopped(looked: Looked) -> str:
    """Where the search stopped, and how to go further."""
    where = f", au {_commit(looked.last, looked.day)}" if looked.last else ""
    states = number_of(looked.states, "état ancien", "états anciens")
    minutes = max(10, round(looked.seconds / 60) * 3)
    return (
        f"- la recherche s’est arrêtée au bout de {looked.seconds:.0f} secondes et de "
        f"{states}{where}. Pour chercher plus longtemps : dla verify --minutes {minutes} FICHIER."
    )


def _commit(name: str, day: date | None) -> str:
    # Twelve letters name a commit in any repository.
    return f"commit {name[:12]}" + (f" du {long_date(day)}" if day else "")
