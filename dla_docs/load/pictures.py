"""The images that the data names, for a logo or in a text: where they are, whether they show.

A text is read as the documents will read it, by pandoc: an image quoted as code is none, one named
by reference is one, and a name may hold parentheses.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path
from typing import Any
from weakref import finalize

from dla_docs.disk.listing import names
from dla_docs.disk.reading import ELSEWHERE, Unreadable, exists, is_file, place_of
from dla_docs.engines.images import ImageFault, ratio_of
from dla_docs.engines.pandoc import Overwhelmed, Pandoc
from dla_docs.load.readable import readable
from dla_docs.load.text_remarks import remarks
from dla_docs.load.texts import TextFault, markdown_text
from dla_docs.load.yaml_reader import Source
from dla_docs.model.errors import EngineError
from dla_docs.model.findings import Finding, Pointer, Severity
from dla_docs.model.likeness import did_you_mean, nearest_word, same_among

_SIGN = "!["
"""What every image of a text begins with: pandoc is not asked of a text without it."""
SECONDS = 5.0
"""What pandoc may take to read one text for its images: twice as long as the longest it accepts."""


@dataclass(frozen=True)
class Shown:
    """An image that a text shows: what it names, and the words for those who do not see it.

    Without `target`, it is an image that leads nowhere, whose sign would be printed.
    """

    target: str
    alternative: str


def image_path(root: Path, folder: Path, target: str) -> Path:
    """The file of an image that the data names. Raises ImageFault when it cannot be used."""
    # Two letters at least before the colon: `C:` is a disk, which the second test judges.
    if re.match(r"[a-z][a-z0-9+.-]+:", target, re.I):
        raise ImageFault(ELSEWHERE)
    paths = [folder / name for name in _spellings(target)]
    try:
        return place_of(next((p for p in paths if exists(p, (root,))), paths[0]), (root,))
    except Unreadable as error:
        raise ImageFault(str(error)) from None


def _spellings(target: str) -> tuple[str, ...]:
    """What a file may be called: `mon%20image.svg` is what pandoc makes of a space.

    An accent is one character or two, by who named the file (macOS) and who wrote the text.
    """
    decoded = re.sub(
        rb"%([0-9A-Fa-f]{2})", lambda m: bytes([int(m[1], 16)]), target.encode(errors="replace")
    )
    plain = decoded.decode("utf-8", "replace")
    forms = (unicodedata.normalize(form, plain) for form in ("NFC", "NFD"))
    return tuple(dict.fromkeys((plain, *forms, target)))


NARROWEST = 100
"""Times as long as it is wide past which an image would be a line on the page."""


class Images:
    """The images that a workspace names, each looked at once: the life of this object is a run.

    Every document owes the same few logos, and finding where a path leads costs ten system calls.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._look = lru_cache(maxsize=256)(partial(_looked_at, root))
        pandoc = Pandoc()
        # No one ends a run: the worker goes with what asked for it.
        finalize(self, pandoc.close)
        self._shown = lru_cache(maxsize=256)(partial(_images_of, pandoc))
        # The text that pandoc could not read. After one, it is asked of no other: a workspace may
        # hold a thousand, and what is told of the first is enough to mend it.
        self._beyond: str | None = None

    def __reduce__(self) -> tuple[type["Images"], tuple[Path]]:
        """What another process looks at the same images with."""
        return Images, (self._root,)

    @property
    def is_beyond(self) -> bool:
        """Whether a text could not be read, after which none is."""
        return self._beyond is not None

    def look(self, folder: Path, target: str, narrowest: float = NARROWEST) -> None:
        """Raise ImageFault when an image cannot be shown.

        `narrowest`: how many times as long as it is wide it may be, or the other way round.
        """
        ratio, reason = self._look(folder, target)
        if reason:
            raise ImageFault(reason)
        if not 1 / narrowest <= ratio <= narrowest:
            raise ImageFault("est une image démesurément étroite")

    def faults(self, source: Source, pointer: Pointer, data: Any) -> Iterator[Finding]:
        """A finding for each image that cannot be shown (S-REF), or for the text (S-TEXTE)."""
        text, folder = self._text(source, data)
        for shown in self._shown_in(text):
            if not shown.target:
                continue
            place = _Place(source, pointer, data, text, shown)
            try:
                self.look(folder, shown.target)
            except ImageFault as fault:
                told = f"l’image « {_readable(shown.target)} » {fault}"
                hint = _advice(self._root, folder, shown.target, str(fault))
                yield place.finding("S-REF", told, hint=hint)
        if text and text == self._beyond:
            yield source.finding(
                "S-TEXTE",
                "ce texte demande trop de temps : aucun document ne le montrerait",
                (*pointer, "fichier") if isinstance(data, dict) else pointer,
                hint="partagez-le par des lignes vides, et retirez les signes « [ », « * » et "
                "« _ » qui s’y répètent",
            )

    def alerts(self, source: Source, pointer: Pointer, data: Any) -> Iterator[Finding]:
        """An alerte for each image of a text that says nothing, or whose sign leads nowhere."""
        text, _ = self._text(source, data)
        for shown in self._shown_in(text):
            place = _Place(source, pointer, data, text, shown)
            if not shown.target:
                yield place.finding(
                    "S-REF",
                    f"« {shown.alternative} » n’est suivi d’aucun fichier : "
                    "ces signes seraient imprimés tels quels",
                    Severity.ALERTE,
                    "écrivez ![ce que montre l’image](fichier.png)",
                )
            elif not shown.alternative:
                yield place.finding(
                    "S-REQUIS",
                    f"l’image « {_readable(shown.target)} » n’a pas de texte de remplacement : "
                    "elle ne dira rien à qui ne la voit pas",
                    Severity.ALERTE,
                    f"écrivez ce qu’elle montre : ![…]({_readable(shown.target)})",
                )

    def _text(self, source: Source, data: Any) -> tuple[str, Path]:
        """A text and the folder of its images; empty for one of which something else is told."""
        try:
            text, folder = markdown_text(self._root, source, data)
        except TextFault:
            return "", self._root
        # What is nested beyond reason is told of the text itself, and read by nobody.
        beyond = any(remark.severity is Severity.ERREUR for remark in remarks(text))
        return ("" if beyond else text), folder

    def _shown_in(self, text: str) -> tuple[Shown, ...]:
        """The images of a text; none once pandoc could not read one in time."""
        if _SIGN not in text or self._beyond is not None:
            return ()
        try:
            return self._shown(text)
        except Overwhelmed:
            self._beyond = text
        except EngineError:
            # Told by the document that prints it.
            pass
        return ()


@dataclass(frozen=True)
class _Place:
    """Where a text names an image: the line of the YAML, or of the file that the text is in."""

    source: Source
    pointer: Pointer
    data: Any
    text: str
    image: Shown

    def finding(
        self, code: str, message: str, severity: Severity = Severity.ERREUR, hint: str = ""
    ) -> Finding:
        if isinstance(self.data, dict):
            line = self._line(tuple(self.text.splitlines()), 0)
            where = f" ({self.data['fichier']}, ligne {line})" if line else ""
            place = (*self.pointer, "fichier")
            return self.source.finding(code, message + where, place, severity, hint)
        told = self.source.finding(code, message, self.pointer, severity, hint)
        span = self.source.place(self.pointer)
        line = self._line(self.source.lines[span.line - 1 : span.end_line], span.line - 1)
        return replace(told, line=line, column=1) if line > told.line else told

    def _line(self, lines: tuple[str, ...], before: int) -> int:
        """The number of the line that names the image; 0 where none does."""
        words = _spellings(self.image.target) if self.image.target else (self.image.alternative,)
        found = (rank for rank, line in enumerate(lines, 1) if any(w in line for w in words))
        return before + next(found, -before)


def _looked_at(root: Path, folder: Path, target: str) -> tuple[float, str]:
    """The ratio of an image, or why it cannot be used: not its bytes, which would be kept."""
    try:
        return ratio_of(image_path(root, folder, target)), ""
    except ImageFault as fault:
        return 0.0, str(fault)


def _images_of(pandoc: Pandoc, text: str) -> tuple[Shown, ...]:
    """The images of a text, in order. Raises EngineError when pandoc cannot read it in time."""
    repaired = readable(text)
    # A sign that nothing closes is disarmed there: such a text has no image to look for.
    if _SIGN not in repaired:
        return ()
    _started(pandoc)
    try:
        _, blocks = pandoc.read("", [repaired], SECONDS)
        found = dict.fromkeys(_found(blocks))
    except RecursionError:
        raise Overwhelmed("ce texte s’emboîte sans fin") from None
    # A sign that a backslash disarms is meant to be read.
    return tuple(s for s in found if s.target or re.search(_unarmed(s.alternative), text))


def _started(pandoc: Pandoc) -> None:
    """A start is not the fault of a text, and may be long on a busy machine."""
    if not pandoc.version:
        pandoc.read("", [])


def _unarmed(sign: str) -> str:
    return r"(?<!\\)" + re.escape(sign)


def _found(value: Any) -> Iterator[Shown]:
    if isinstance(value, list):
        yield from _signs(value)
        for item in value:
            yield from _found(item)
    elif isinstance(value, dict):
        if value.get("t") == "Image":
            _, alternative, (target, _) = value["c"]
            yield Shown(target, _plain_words(alternative).strip())
        elif value.get("t") not in {"Code", "CodeBlock"}:
            yield from _found(value.get("c"))


_LOST = re.compile(r"!\[[^\[\]]*\](?:\[[^\[\]]*\])?")


def _signs(siblings: list[Any]) -> Iterator[Shown]:
    """The signs of an image that names no file: pandoc leaves them as words."""
    words = [n for n in siblings if isinstance(n, dict) and n.get("t") in {"Str", "Space"}]
    if words:
        for sign in _LOST.findall(_plain_words(words)):
            yield Shown("", sign)


def _plain_words(inlines: Any) -> str:
    if isinstance(inlines, list):
        return "".join(_plain_words(item) for item in inlines)
    if not isinstance(inlines, dict):
        return ""
    match inlines["t"]:
        case "Str":
            return str(inlines["c"])
        case "Space" | "SoftBreak" | "LineBreak":
            return " "
        case "Code":
            return str(inlines["c"][1])
        case _:
            return _plain_words(inlines.get("c"))


def _readable(target: str) -> str:
    return _spellings(target)[0]


ABSENT = frozenset({"n’existe pas", ELSEWHERE})
"""What is said of an image that is not where it is due: to be put there, not mended."""
_BESIDE = "mettez l’image à côté du texte, dans l’espace de travail"
_CURES = {
    "de l’espace de travail": _BESIDE,
    "nom caché": "donnez à l’image et à ses dossiers des noms sans point devant",
    " Mo": "réduisez-la à la largeur d’une page : 2000 points suffisent",
    "est vide": "redemandez le fichier à qui l’a fait : celui-ci n’a rien reçu",
    "abîmée": "redemandez le fichier à qui l’a fait, ou enregistrez-le de nouveau en PNG",
    "enregistrez-la": "ouvrez-la, « Enregistrer sous » PNG ou JPEG, et nommez ce nouveau fichier",
    "n’est pas un fichier": "nommez l’image, non le dossier qui la contient",
    "droits d’accès": "rendez le fichier lisible, ou remplacez-le par une copie qui l’est",
    "étroite": "recadrez-la, ou remplacez-la par une image moins longue",
    "millions de points": "réduisez-la à la largeur d’une page : 2000 points suffisent",
    "SVG": "enregistrez le dessin de nouveau, en SVG simple ou en PNG",
    "": "remplacez le fichier par une image PNG ou JPEG que vous pouvez ouvrir",
}
"""What cures an image that is there, by words of what is wrong with it; the first that is found."""


def cure_of(fault: str) -> str:
    """What to do of an image that is there and cannot be shown, by what is wrong with it."""
    return next(cure for words, cure in _CURES.items() if words in fault)


def _advice(root: Path, folder: Path, target: str, fault: str) -> str:
    """What to do: the name that was meant, where a file beside has one near it."""
    # As Windows writes paths.
    slashed = _readable(target).replace("\\", "/").removeprefix("./")
    if "\\" in _readable(target) and is_file(folder / slashed, (root,)):
        return (
            f"écrivez « {slashed} » : « / » sépare les dossiers, « \\ » ne le fait que sous Windows"
        )
    if fault != "n’existe pas":
        return cure_of(fault)
    wanted = folder / _readable(target)
    beside = names(wanted.parent, (root,))
    pictures = [n for n in beside if n.lower().endswith((".png", ".jpg", ".jpeg", ".svg"))]
    # `photo.jpg` of `PHOTO.JPG`: another file on some disks, the same one for who wrote it.
    near = same_among(wanted.name, pictures) or nearest_word(wanted.name, pictures)
    return did_you_mean(near) or _BESIDE
