"""The words of the layout vocabulary: one table of what each format makes of each division.

To add one: a row here; its function in `page.typ`, its class in `style.css`, its paragraph style in
`reference/docx` and `reference/odt`; a line of `docs/guides/vocabulaire.md`. A test holds them
together. One whose form is more than a name is built by a function of each format's module, which
the row then only names.
"""

from dataclasses import dataclass
from enum import StrEnum


class OnSlide(StrEnum):
    """What a slide makes of a division."""

    TEXT = "text"
    """Its paragraphs, as if it were not there."""
    COVER = "cover"
    """A line of the title slide, which places it itself."""
    IMAGES = "images"
    """A row of images."""
    LINES = "lines"
    """A label and lines to write on."""
    CELLS = "cells"
    """A paragraph a cell."""
    FIGURES = "figures"
    """A column each: a figure, large, and what it says."""
    PEOPLE = "people"
    """A column each: a name, and how to reach them; at the foot of a slide that has room."""
    QUESTION = "question"
    """A label and a sentence, large."""
    CHART = "chart"
    """A drawing under its caption; its table is in the notes."""
    CLOSING = "closing"
    """A line at the foot of what is shown."""
    NOTES = "notes"
    """What the speaker says, under the slide; no other format prints it."""
    CAPTION = "caption"
    """Its paragraphs, on the slide of what follows them."""


@dataclass(frozen=True)
class Division:
    """A division: its name in templates, and what the five formats call it; "" for nothing.

    `style` is a paragraph style of Word and of Writer, `function` one of `page.typ`, `html` a class
    of `style.css`: the division's own name, unless another is given.
    """

    name: str
    style: str = ""
    function: str = ""
    slide: OnSlide = OnSlide.TEXT
    html: str | None = None

    @property
    def html_class(self) -> str:
        """The class of `style.css`."""
        return self.name if self.html is None else self.html


HEAD, CONTENTS = "tete", "sommaire"
BAND, KIND, STEPS, CARTOUCHE = "bande", "genre", "etapes", "cartouche"
VERDICT, BRIEF, FIGURES, QUESTION = "verdict", "en-bref", "chiffres", "question"
NOTE = "encadre"
FUNDERS_FOOT = "pied-financeurs"
LOGOS, TITLE, SUBTITLE, OVER = "bandeau-logos", "titre-principal", "sous-titre", "surtitre"
FUNDERS, MENTION = "mention-financeurs", "mention"
LEGEND, DRAFT, NOTES = "legende-logo", "projet", "notes"
IN_ORDER = "en-ordre"
RECORD, SIGNATURES, BOXES, ANSWER = "fiche", "signatures", "cases", "reponse"
TABLE, CHART, CHART_TITLE, DRAWING = "tableau", "graphique", "titre-graphique", "dessin"
ONLY_HTML, ONLY_BOOK, DISCREET = "en-html", "en-classeur", "discret"
NOT_BOOK = "hors-classeur"
WINDOW, OBJECT, OWN_PAGE = "destinataire", "objet", "page-a-part"
LANDSCAPE, LANDSCAPE_START, LANDSCAPE_END = "page-paysage", "debut-paysage", "fin-paysage"

DIVISIONS = {
    division.name: division
    for division in (
        # The head of a document; its `modele` says which (`head.py`).
        Division(HEAD),
        Division(BAND, "", "bande"),
        Division(KIND, "Genre", "genre", OnSlide.COVER),
        Division(STEPS, "", "etapes"),
        Division(CARTOUCHE, "", "cartouche", OnSlide.PEOPLE),
        Division(VERDICT, "Verdict", "verdict"),
        Division(BRIEF, "", "en-bref"),
        Division(FIGURES, "", "chiffres", OnSlide.FIGURES),
        Division(QUESTION, "Question", "question", OnSlide.QUESTION),
        Division(FUNDERS_FOOT, "", "pied-financeurs"),
        Division(LOGOS, "Logos", "bandeau-logos", OnSlide.IMAGES),
        Division(OVER, "Genre", "surtitre", OnSlide.COVER),
        Division(TITLE, "Title", "titre-principal", OnSlide.COVER),
        Division(SUBTITLE, "Subtitle", "sous-titre", OnSlide.COVER),
        Division(FUNDERS, "MentionFinanceurs", "mention-financeurs", OnSlide.COVER),
        Division(LEGEND, "LegendeLogo", "legende-logo", OnSlide.COVER),
        Division(DRAFT, "Projet", "projet", OnSlide.COVER),
        # Each format has its own table of contents; on slides it is a slide.
        Division(CONTENTS, "", "sommaire"),
        Division(MENTION, "Mention", "mention"),
        Division(RECORD, "Fiche", "fiche"),
        Division(NOTE, "Encadre", "encadre"),
        # What a control has found right: a list, on two columns where there is room.
        Division(IN_ORDER, "", IN_ORDER),
        Division(DISCREET, "Discret", "discret", OnSlide.CLOSING),
        # Of a presentation alone: no page shows what the speaker says.
        Division(NOTES, slide=OnSlide.NOTES, html=""),
        # Made a real table before any format sees it (`tables.py`).
        Division(TABLE),
        Division(CHART, "", "graphique", OnSlide.CHART),
        Division(CHART_TITLE, "TitreGraphique", "titre-graphique", OnSlide.CAPTION),
        Division(DRAWING, "Dessin", "dessin"),
        Division(BOXES, "Case", "cases"),
        # What to write, on the page of the place to write it.
        Division("consigne", "Consigne", "consigne"),
        Division(ANSWER, "Reponse", "reponse", OnSlide.LINES),
        Division("fait-a", "FaitA", "fait-a"),
        Division(SIGNATURES, "Signature", "signatures", OnSlide.CELLS),
        # A letter; the addressee stands where the window of an envelope is.
        Division("expediteur", "Expediteur", "expediteur"),
        Division(WINDOW, "Destinataire", "destinataire"),
        Division("lieu-date", "LieuDate", "lieu-date"),
        Division(OBJECT, "Objet", "objet"),
        Division("signataire", "Signataire", "signataire"),
        # Empty: what follows begins a page.
        Division(OWN_PAGE, "", "page-a-part"),
        # What is for a page that is read on a screen: the other formats do without (`shared.py`).
        Division(ONLY_HTML),
        # What a workbook keeps as lines, where a page says it in a sentence.
        Division(ONLY_BOOK, html=""),
        # What has no sense in a workbook, that has no pages; elsewhere, plain text (`shared.py`).
        Division(NOT_BOOK, html=""),
        # Opened into two marks around its blocks, so that its headings stay headings (`passes.py`).
        Division(LANDSCAPE),
        Division(LANDSCAPE_START, "", "paysage", html=LANDSCAPE),
        Division(LANDSCAPE_END, html=""),
    )
}

MISSING = "a-completer"
"""The class of words that stand for what a draft lacks."""
BADGES = {"pastille": "Pastille", "pastille-pleine": "PastillePleine"}
"""The classes of a word in a box, outlined or full, and their styles of Word and of Writer."""
PROMPT = "invite"
"""The class of words that say what to write in their place."""
NUMBER = "numero"
"""The class of the number of a heading."""
DECORATIVE = "decoratif"
"""The class of an image that says nothing."""


def on_slide(classes: list[str]) -> OnSlide:
    """What a slide makes of a division of some classes."""
    return next((DIVISIONS[name].slide for name in classes if name in DIVISIONS), OnSlide.TEXT)
