"""What a text will not say as it was typed, told at its line before anything is sent.

Without pandoc, and in one reading of the text: a comment or a tag of HTML, which is printed; cells
beyond the header of a table; ranks that will change; links that a document cannot keep; signs of
another Markdown (see `leftovers`); and what is nested beyond what any program can lay out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from dla_docs.load.leftovers import leftovers
from dla_docs.load.markdown import cells, code_lines, indent_of, tables_of, without_code
from dla_docs.load.nesting import MAX_NESTING, too_deep
from dla_docs.model.findings import Severity

MAX_LENGTH = 200_000
"""Signs of a text: a hundred pages, which pandoc reads in two seconds (measured)."""
MAX_SEARCH = 20_000_000
"""Signs that pandoc may read again for the signs that open something: it looks for the end of each
to that of its paragraph, two seconds for as many (measured). A list of two hundred links has 4."""

MANY_COLUMNS = 8
"""Columns of the widest table of a text: 20 mm each on a page, the width of « accompagnement »."""
MANY = 20
"""Faults of one kind told of one text: beyond, the first ones say enough."""

_TAGS = (
    "a abbr b big blockquote body br button center code col dd del div dl dt em embed figure font "
    "footer form h[1-6] head header hr html i iframe img input ins li link meta nav object ol "
    "option p pre s script section select small span strike strong style sub sup svg table tbody "
    "td textarea tfoot th thead title tr tt u ul video"
).replace(" ", "|")
# `w:p`, of an office program; an address between angle brackets is a link, not a tag.
_XML = "(?!(?:mailto|https?|tel|sip|ftp|urn):)[a-z]++:[a-z]++"
_COMMENT = re.compile(r"<!--[^<>]{0,60}")
_TAG = re.compile(rf"</?(?:(?:{_TAGS})(?=[\s/>])|{_XML})[^<>]{{0,300}}>", re.I)
_RANK = re.compile(r"(?P<indent>[ \t]*)(?P<rank>\d{1,3})(?P<end>[.)])[ \t]+\S")
_STUCK = re.compile(r"#{2,6}[^\W\d_]")
_LOSS = re.compile(r"[ \t]*-[ \t]+\d[\d\s.,]*+(?:%|€|euros?)[ \t]*+(?:[.;][ \t]*+)?$")
_LINK = re.compile(r"(?<!!)\[(?P<words>[^\[\]\n]{1,300})\]\((?P<target>[^\s()]*+)[^()\n]*+\)")
_CROSSED = re.compile(r"~~(?=[^\s~])[^~]*+~~")
_BOLD = re.compile(r"(?<!\*)\*\*(?=[^\s*])[^*\n]{1,300}(?<=\S)\*\*(?!\*)")
_SENTENCE = re.compile(r"\s*[«\"(]?\s?[^\W\d_]{2,}[ \u00a0,.;:'’]")
_LEADS = re.compile(r"(?:https?://|mailto:|<)", re.I)


_NOBODY = "aucun document ne le montrerait"


@dataclass(frozen=True)
class Remark:
    """One thing to tell of a text: the line it is on, from 0, the reason, and what to do."""

    line: int
    message: str
    hint: str
    severity: Severity = Severity.ALERTE


# Texts are asked for once a unit and again for each document of a run.
@lru_cache(maxsize=256)
def remarks(text: str) -> tuple[Remark, ...]:
    """What is to be told of a Markdown text, in the order of its lines."""
    if len(text) > MAX_LENGTH:
        return (_too_long(len(text)),)
    lines = text.split("\n")
    if deep := too_deep(lines, text):
        told = f"plus de {MAX_NESTING} niveaux de {deep[1]} s’emboîtent : {_NOBODY}"
        return (Remark(deep[0], told, "écrivez-le plus à plat", Severity.ERREUR),)
    if beyond := _too_many(text):
        return (beyond,)
    shown = without_code(text)
    left = (Remark(_line(shown, at), told, hint) for at, told, hint in leftovers(shown))
    kinds = (
        markup(shown),
        _tables(lines),
        _lines(shown.split("\n")),
        _code(lines),
        _links(shown),
        left,
    )
    found = [remark for kind in kinds for remark in islice(kind, MANY)]
    return tuple(sorted(found, key=lambda remark: remark.line))


def markup(text: str) -> Iterator[Remark]:
    """Comments and tags of HTML, in a text of any kind: they are printed as they are typed."""
    for found in islice(_COMMENT.finditer(text), MANY):
        words = " ".join(found[0][4:].split())[:40]
        yield Remark(
            _line(text, found.start()),
            f"le commentaire « <!-- {words}… » sera imprimé dans les documents",
            "retirez-le, ou gardez la remarque hors du texte, sur une ligne du YAML après « # »",
        )
    for found in islice(_TAG.finditer(text), MANY):
        yield Remark(
            _line(text, found.start()),
            f"la balise « {found[0][:40]} » sera imprimée telle quelle",
            "retirez-la ; dans un texte mis en forme, **gras**, *italique*, « - » pour une liste",
        )


def unformatted(text: str) -> Iterator[Remark]:
    """What a text that is printed as it is typed has of Markdown, besides its tags."""
    yield from markup(text)
    for found in islice(_BOLD.finditer(text), MANY):
        yield Remark(
            _line(text, found.start()),
            f"ce texte s’imprime sans mise en forme : « {found[0][:40]} » gardera ses « ** »",
            "retirez-les",
        )


def _tables(lines: list[str]) -> Iterator[Remark]:
    tables = list(tables_of(lines))
    within = {rank for table in tables for rank in table}
    code = {rank for first, last in code_lines(lines) for rank in range(first, last)}
    for table in tables:
        head = cells(lines[table[0]])
        if head > MANY_COLUMNS:
            yield Remark(
                table[0],
                f"ce tableau a {head} colonnes : ses mots seront coupés ou se toucheront",
                f"partagez-le en tableaux de {MANY_COLUMNS} colonnes au plus",
            )
        for rank in table[2:]:
            if cells(lines[rank]) > head:
                yield Remark(
                    rank,
                    f"cette ligne du tableau a {cells(lines[rank])} cases, et son en-tête {head}",
                    "donnez un titre à chaque colonne ; un « | » dans une case s’écrit « \\| »",
                )
    for rank in range(1, len(lines)):
        rows = [r for r in (rank - 1, rank) if r not in within and r not in code]
        begun = len(rows) == 2 and (rank < 2 or not _row(lines[rank - 2]))
        if begun and _row(lines[rank - 1]) and _row(lines[rank]):
            yield Remark(
                rank - 1,
                "ces lignes ne font pas un tableau : la ligne de tirets manque",
                "sous la première, ajoutez « |---|---| », avec autant de cases",
            )


def _row(line: str) -> bool:
    """Whether a line is meant as a row: a bar at each end, another between."""
    bare = line.strip()
    return len(bare) > 2 and bare[0] == bare[-1] == "|" and "|" in bare[1:-1]


def _lines(lines: list[str]) -> Iterator[Remark]:
    first = before = 0
    for rank, line in enumerate(lines):
        found = _RANK.match(line)
        if found and not found["indent"]:
            number = int(found["rank"])
            if before and number not in {before + 1, first}:
                yield Remark(
                    rank,
                    f"la liste sera numérotée de suite : « {number}{found['end']} » "
                    f"deviendra « {before + 1}{found['end']} »",
                    f"numérotez de suite, ou écrivez le numéro dans le texte : « n° {number} »",
                )
            first, before = (first, before + 1) if before else (number, number)
        elif line.strip() and not indent_of(line) and (not rank or not lines[rank - 1].strip()):
            first = before = 0
        if _STUCK.match(line):
            yield Remark(
                rank,
                "ce titre sera imprimé avec ses « # »",
                "laissez une espace après : « ## Titre »",
            )
        if _CROSSED.search(line):
            yield Remark(
                rank,
                "aucun document ne barre de mots : les « ~~ » seront imprimés",
                "retirez-les, et ce qu’ils barrent s’il n’est plus à lire",
            )
        if _LOSS.match(line):
            yield Remark(
                rank,
                "ce tiret fait un élément de liste, non un nombre négatif",
                "pour un nombre négatif, collez-le au nombre : « -3 % »",
            )


def _code(lines: list[str]) -> Iterator[Remark]:
    """Lines set in by four spaces, which Markdown shows as they are, in typewriter letters."""
    for first, _ in code_lines(lines):
        # A command or a sign of Markdown is shown so on purpose; a sentence is not.
        if indent_of(lines[first]) >= 4 and _SENTENCE.match(lines[first]):
            yield Remark(
                first,
                "cette ligne commence par quatre espaces : elle sortira en caractères de machine",
                "ôtez-les ; ce qui est à montrer tel quel se met entre deux lignes de ```",
            )


def _links(text: str) -> Iterator[Remark]:
    for found in _LINK.finditer(text):
        if found["target"] and not _LEADS.match(found["target"]):
            yield Remark(
                _line(text, found.start()),
                f"le lien « {found['words'][:40]} » mène à « {found['target'][:60]} » : "
                "un document n’en garde que les mots",
                "donnez une adresse en https://, ou dites où trouver ce fichier",
            )


_OPENERS = re.compile(r"[\[<&`^]")
_PARAGRAPH = re.compile(r"\n[ \t>]*\n")


def _too_many(text: str) -> Remark | None:
    """Where a text has more signs that open something than can be looked into, if it does."""
    place = again = 0
    for part in _PARAGRAPH.split(text):
        again += len(part) * len(_OPENERS.findall(part))
        if again > MAX_SEARCH:
            return Remark(
                _line(text, place),
                "ce paragraphe a trop de signes « [ », « < », « & », « ^ » ou « ` » : aucun "
                "document ne le montrerait",
                "partagez-le par des lignes vides, ou retirez ces signes",
                Severity.ERREUR,
            )
        place = text.find(part, place) + len(part)
    return None


def _too_long(size: int) -> Remark:
    return Remark(
        0,
        f"ce texte compte {size} signes, plus que les {MAX_LENGTH} d’un document",
        "partagez-le, ou joignez-le au document comme une annexe à part",
        Severity.ERREUR,
    )


def _line(text: str, place: int) -> int:
    return text.count("\n", 0, place)
