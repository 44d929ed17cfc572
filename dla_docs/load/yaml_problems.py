"""What stops the reading of a YAML file, in French: what is wrong, and what to do."""

import re
from collections.abc import Iterator, Sequence

# A comment has a space after its sign, unless it is the end of a value: « bâtiment B #12 ».
CUT = re.compile(r"(?<![ \t])[ \t]+(#(?=\w).*|#[ \t]?\d+[ \t]*$)", re.M)
"""What follows a value and reads as a comment, but is most likely the end of the value."""
QUOTE = "mettez la valeur entre guillemets"
_TAB = ("une tabulation sert de retrait", "remplacez-la par des espaces")

NO_START = "found character that cannot start any token"
STARTS = {
    "\t": _TAB,
    **{sign: (f"une valeur ne peut pas commencer par « {sign} »", QUOTE) for sign in "@`%"},
}
"""By the character that begins nothing, what is wrong and what to do."""

# By the sentence of libyaml, word for word: it has no code.
PROBLEMS = {
    "mapping values are not allowed in this context": (
        "un « : » inattendu",
        "mettez la valeur entre guillemets si elle contient « : », et vérifiez le retrait",
    ),
    "could not find expected ':'": (
        "il manque « : » après une clé",
        "écrivez « clé: valeur », ou mettez le retrait qui rattache la ligne à la précédente",
    ),
    "did not find expected key": (
        "une clé était attendue",
        "vérifiez le retrait de cette ligne et les guillemets de la précédente",
    ),
    "did not find expected '-' indicator": (
        "un élément de liste « - » était attendu",
        "vérifiez le retrait : une liste et des clés ne se mélangent pas",
    ),
    "did not find expected <document start>": (
        "le retrait de cette ligne ne correspond à aucun niveau ouvert",
        "alignez la ligne sur ses voisines",
    ),
    "did not find expected ',' or ']'": (
        "cette liste entre crochets n’est pas fermée, ou un de ses éléments est mal écrit",
        "ajoutez « ] », ou écrivez un élément par ligne, précédé de « - »",
    ),
    "did not find expected ',' or '}'": (
        "cette accolade n’est pas fermée, ou ce qu’elle contient est mal écrit",
        "ajoutez « } », ou écrivez une clé par ligne",
    ),
    NO_START: (
        "un caractère ne peut pas commencer une valeur",
        QUOTE,
    ),
    "found a tab character that violates indentation": _TAB,
    "found a tab character where an indentation space is expected": _TAB,
    "found unexpected end of stream": (
        "des guillemets ouverts ne sont jamais fermés",
        "fermez les guillemets",
    ),
    "did not find expected alphabetic or numeric character": (
        "« * » ou « & » en tête d’une valeur est un renvoi ou une ancre, mal écrits ici",
        QUOTE,
    ),
    "found unknown escape character": (
        "une barre oblique inverse précède un caractère inattendu",
        "employez des apostrophes simples, ou doublez la barre : \\\\",
    ),
}


_STUCK = re.compile(r"[ ]*(?:- )?[a-z_][\w-]*[ \u00a0\u202f]*:(?![ \t/]|$)")
STUCK = (
    "il manque une espace ordinaire après « : »",
    "écrivez « clé: valeur », avec une espace de la barre d’espace après « : »",
)

SHOWN_AT_START = frozenset(
    {
        "found unexpected end of stream",
        "could not find expected ':'",
        "did not find expected ',' or ']'",
        "did not find expected ',' or '}'",
    }
)
"""Problems shown where what lacks its end begins, not where the reader gave up."""

MAX_DEPTH, MAX_NODES = 100, 50_000
"""Aliases that multiply stop there. The demonstration has 6 levels, 199 values a file."""
MANY = 100
"""Faults of reading told of one file: beyond, the first ones say enough."""

ENDLESS = (
    "le fichier s’emboîte ou se répète sans fin raisonnable "
    f"(plus de {MAX_DEPTH} niveaux ou de {MAX_NODES} valeurs)",
    "écrivez les valeurs sans ancres (&) ni renvois (*)",
)
SEVERAL = (
    "le fichier contient plusieurs documents séparés par « --- »",
    "gardez un seul document par fichier",
)
MERGE = (
    "la fusion de clés « << » n’est pas lue",
    "recopiez ces clés à leur place, ou employez un renvoi (*) pour une valeur entière",
)
CONFLICT = (
    "une marque de conflit de git est restée ici : deux versions du fichier n’y sont pas réunies",
    "gardez la bonne version de chaque passage, retirez les lignes « <<<<<<< », « ======= » et "
    "« >>>>>>> », puis : git add",
)

CONSTANT = frozenset(
    message for message, _ in (*PROBLEMS.values(), *STARTS.values(), STUCK, CONFLICT, SEVERAL)
)
"""What is wrong, where the sentence holds nothing of the file."""


def stuck(lines: Sequence[str], line: int) -> int:
    """The line, from 1, whose « : » has no ordinary space after it: that one or the one before it.

    libyaml takes such a line for a text, and stops at the next one. 0 where there is none.
    """
    around = ((n, lines[n - 1]) for n in (line - 1, line) if 0 < n <= len(lines))
    return next((n for n, text in around if _STUCK.match(text)), 0)


def tagged(tag: str) -> tuple[str, str]:
    """What is wrong with a tag, and what to do."""
    shown = tag.replace("tag:yaml.org,2002:", "!!")
    if shown.startswith("!!"):
        return f"l’étiquette « {shown} » n’est pas lue", "écrivez la valeur sans étiquette"
    return (
        f"« {shown} » est lu comme une étiquette, non comme le début de la valeur",
        f"{QUOTE}, « {shown} » compris ; si c’est une étiquette, retirez-la",
    )


def anchored(name: str) -> tuple[str, str]:
    """What is wrong with an anchor that nothing uses, and what to do: it was meant as a text."""
    return (
        f"« &{name} » est lu comme une ancre, non comme le début de la valeur",
        f"{QUOTE}, « &{name} » compris ; si c’est une ancre, retirez-la : rien n’y renvoie",
    )


def control(what: str, sign: str) -> tuple[str, str]:
    """What is wrong with a control character, in a file or in a value, and what to do."""
    return (
        f"{what} contient un caractère de commande (U+{ord(sign):04X}) "
        "qu’aucun document ne peut contenir",
        "retirez ce caractère",
    )


_WHOLE = r'"(?:[^"\\]|\\.)*+"|\'[^\']*\'|\[[^\[\]]*\]|\{[^{}]*\}'
_SIGN = r"[-?][ ]|[>|][+-]?[ ]*[^\s#+\-0-9]|[,\]}]"
_BEGUN = re.compile(
    r"[ ]*(?:- +){0,20}[^\s\"'#:][^:#]*:[ ]+"
    rf"(?:(?P<whole>{_WHOLE})[ ]*[^\s#,\]}}]|(?P<sign>{_SIGN}))"
)


def begun(text: str) -> tuple[str, str] | None:
    """What is wrong with a line whose value begins with a sign of YAML, and goes on as a text."""
    if not (found := _BEGUN.match(text)):
        return None
    if whole := found["whole"]:
        message = f"la valeur continue après « {whole[:40]} », que YAML prend pour toute la valeur"
        quoted = whole[0] in "\"'"
        hint = "mettez toute la valeur entre guillemets, ceux du dedans en « »"
        return message, hint if quoted else QUOTE
    return f"une valeur ne peut pas commencer par « {found['sign'][0]} »", QUOTE


def cut(line: str, column: int) -> Iterator[tuple[str, str]]:
    """What to say when a « # » takes the end of a value, printed nowhere.

    `line` is the one where the value ends, at `column`, from 0.
    """
    if lost := CUT.match(line, column):
        yield (
            f"la valeur s’arrête avant « {lost[1].strip()[:40]} », lu comme un commentaire",
            "mettez toute la valeur entre guillemets ; si c’est un commentaire, laissez une espace "
            "après « # »",
        )
