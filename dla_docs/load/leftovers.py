"""Signs that a text keeps: those of another Markdown than ours, and those without their half."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_IMAGE = "écrivez ![ce que montre l’image](fichier.png)"
_LINK = "écrivez [les mots](https://…), dans cet ordre et sans espace"
_WEB = r"(?:https?://|mailto:|www\.)"


@dataclass(frozen=True)
class Habit:
    """A way of writing that no document understands: what shows it, the reason, what to do."""

    pattern: re.Pattern[str]
    message: str
    hint: str


HABITS = (
    Habit(
        re.compile(r"==(?=[^\s=])[^=\n]+==|\+\+(?=[^\s+])[^+\n]+\+\+"),
        "aucun document ne surligne ni ne souligne : « {} » sera imprimé avec ses signes",
        "pour faire ressortir des mots : **gras**",
    ),
    Habit(
        re.compile(r"(?<=[^\W_])(?:\^[^\s^\[\]]{1,6}\^|~\d{1,3}~)"),
        "« {} » sera imprimé avec ses signes : un exposant ou un indice ne se tape pas ainsi",
        "écrivez m², CO₂, Mme ; « 1er » a de lui-même ses lettres levées",
    ),
    Habit(
        re.compile(r"(?<=[\])`])\{[=.#a-z][^{}\n]{0,60}\}", re.I),
        "« {} » sera imprimé tel quel",
        "retirez-le : la mise en page règle les tailles et les styles",
    ),
    Habit(
        re.compile(r"^:{3,}+[^\n]*+", re.M),
        "la ligne « {} » sera imprimée telle quelle",
        "retirez-la ; un titre (« ## Titre ») suffit à séparer",
    ),
    Habit(
        re.compile(r"^[ \t]*+\\[a-z]{3,}+(?:\{[^{}\n]*+\})*+[ \t]*+$", re.M),
        "la commande « {} » sera imprimée telle quelle",
        "retirez-la : les pages se composent seules",
    ),
    Habit(
        re.compile(rf"(?<!!)\[[^\[\]\n]{{1,80}}\][ \t]+\({_WEB}|(?<!!)\([^()\n]{{1,80}}\)\[{_WEB}"),
        "ce lien sera imprimé avec ses crochets : « {} »",
        _LINK,
    ),
    Habit(
        re.compile(r"!\([^()\n]{1,80}\)\[[^\[\]\n]+\]|!\[\[[^\[\]\n]+\]\]"),
        "cette image ne serait pas montrée : « {} » serait imprimé",
        _IMAGE,
    ),
    Habit(
        re.compile(r"^(?:-[^\W\d_][^\n]*(?:\n-[^\W\d_][^\n]*)+)", re.M),
        "ces lignes se suivront dans un seul paragraphe : « {} »",
        "pour une liste, laissez une espace après le tiret : « - un élément »",
    ),
    Habit(
        re.compile(r"^(?:\d{1,2}[.)][^\W\d_][^\n]*(?:\n\d{1,2}[.)][^\W\d_][^\n]*)+)", re.M),
        "ces lignes se suivront dans un seul paragraphe : « {} »",
        "pour une liste, laissez une espace après le numéro : « 1. un élément »",
    ),
)
SHOWN = 40
"""Signs of what is quoted: enough to find it."""

_CALL = re.compile(r"\[\^(?P<name>[^\]\s^]{1,40})\](?P<note>(?<=\]):)?")
_BOLD = re.compile(r"(?<![*\\])\*\*(?!\*)")
_PARAGRAPHS = re.compile(r"\n[ \t>]*\n")


def leftovers(text: str) -> Iterator[tuple[int, str, str]]:
    """The place of each sign that will be printed as typed, the reason, and what to do."""
    for habit in HABITS:
        for found in habit.pattern.finditer(text):
            words = " ".join(found[0].split())[:SHOWN]
            yield found.start(), habit.message.format(words), habit.hint
    yield from _notes(text)
    yield from _bold(text)


def _notes(text: str) -> Iterator[tuple[int, str, str]]:
    """Calls without a note, and notes that nothing calls."""
    found = list(_CALL.finditer(text))
    notes = {one["name"] for one in found if _is_note(text, one)}
    calls = {one["name"] for one in found if not _is_note(text, one)}
    for one in found:
        name = one["name"]
        if name not in notes:
            told = f"« [^{name}] » appelle une note qui n’est pas là : ces signes seront imprimés"
            yield one.start(), told, f"écrivez la note sous le texte : « [^{name}]: … »"
        elif name not in calls:
            told = (
                f"rien n’appelle la note « [^{name}] » : aucun document ne la montrera à sa place"
            )
            yield one.start(), told, f"écrivez « [^{name}] » là où le texte l’appelle"


def _is_note(text: str, found: re.Match[str]) -> bool:
    """Whether it begins its line and is followed by « : », as a note does and a call does not."""
    begun = text.rfind("\n", 0, found.start()) + 1
    return bool(found["note"]) and not text[begun : found.start()].strip()


def _bold(text: str) -> Iterator[tuple[int, str, str]]:
    """Asterisks in twos that begin or end no bold words."""
    start = 0
    for part in _PARAGRAPHS.split(text):
        start = text.find(part, start)
        opened: int | None = None
        for found in _BOLD.finditer(part):
            before, after = part[: found.start()][-1:], part[found.end() :][:1]
            if opened is not None and before.strip():
                opened = None
            elif after.strip() and not (before.isdigit() and after.isdigit()):
                opened = found.start() if opened is None else opened
            elif not after.strip():
                yield start + found.start(), *ALONE
        if opened is not None:
            yield start + opened, *ALONE
        start += len(part)


ALONE = (
    "« ** » ne fait rien ressortir ici, et sera imprimé",
    "collez les deux « ** » aux mots : **ces mots-là**, dans un même paragraphe",
)
