"""What documents print that no file holds: ranks, changes, the 23 points, likeness.

Pure functions of the data in reach; each says who may read what it gives.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from dla_docs.agenda.addressees import Addressee, addressee
from dla_docs.agenda.lacking import lacking
from dla_docs.check.copied import copied
from dla_docs.check.facts import Facts
from dla_docs.context.amendments import Change, Signatory, changes, signatories
from dla_docs.context.disclosed import constats_of
from dla_docs.context.lacks import Owed, owed_of
from dla_docs.context.offers import Offer, offer, unpayable
from dla_docs.context.payment import Payment, payments
from dla_docs.context.personal import Personal, personal_data
from dla_docs.context.pictured import Comparison, compared
from dla_docs.context.points import Block, blocks
from dla_docs.context.proposition_control import PropositionControl, proposition_control
from dla_docs.context.ranking import Rank, as_printed, mean_notes
from dla_docs.context.report_control import ReportControl, report_control
from dla_docs.context.surveys import Answers, Form, answers, form
from dla_docs.context.verdict import Judged, Verdict, verdict
from dla_docs.context.views import (
    CHOOSERS,
    DEFAULT_AUDIENCE,
    DISCLOSURE,
    PARTIES,
    SEATED,
    Lens,
    TemplateFault,
    part_view,
)
from dla_docs.documents.convened import COMITE, COPIL, Convened, convened, printed
from dla_docs.documents.documents import Document
from dla_docs.documents.kit import Kit, kit_of
from dla_docs.load.references import parameter
from dla_docs.load.yaml_reader import Source
from dla_docs.model.amended import amended, amended_on
from dla_docs.model.paths import at
from dla_docs.model.schemas import Schema, field_at
from dla_docs.model.values import Missing
from dla_docs.model.words import enumeration


@dataclass(frozen=True)
class Copy:
    """How much of the order a proposition copies, and whether it is too much.

    `fichier`: the received file that was compared, empty for the recall that is retyped; `entier`,
    the whole of it, which has no share.
    """

    mots: int
    pourcentage: int
    seuil_mots: int
    seuil_pourcentage: int
    excessive: bool
    fichier: str = ""
    entier: bool = False


class Computed:
    """The computed views of a document, read by name: `calculs.classement`."""

    def __init__(self, lens: Lens, document: Document, judged: Judged) -> None:
        self._lens, self._document, self._judged = lens, document, judged

    @property
    def solde(self) -> Verdict:
        """Whether the balance may be paid, condition by condition.

        Raises TemplateFault where a reader is not of the operator.
        """
        self._open_to(frozenset({"operateur"}))
        return verdict(self._document, self._facts, self._judged)

    @property
    def versements(self) -> tuple[Payment, ...]:
        """What is due and paid, payment by payment; for the operator alone."""
        self._open_to(frozenset({"operateur"}))
        return tuple(payments(self._facts))

    @property
    def classement(self) -> tuple[Rank, ...]:
        """The propositions noted, best first; equal totals share a rank.

        Raises TemplateFault where a reader is neither operator nor structure.
        """
        self._open_to(CHOOSERS)
        noted = self._data("choix").get("evaluations") or []
        usual = parameter(self._lens.corpus, "note_maximale")
        weights = {
            # What a note of 1 counts for, each criterion having its own scale.
            c["critere"]: Fraction(c.get("poids", 0), c.get("note_maximale", usual))
            for c in self._data("cahier-des-charges").get("criteres") or []
            if "critere" in c
        }
        names = list(dict.fromkeys(str(n["prestataire"]) for n in noted if "prestataire" in n))
        ranked = [self._rank(name, noted, weights) for name in names]
        totals = sorted((rank.total for rank in ranked), reverse=True)
        placed = [replace(rank, rang=totals.index(rank.total) + 1) for rank in ranked]
        return tuple(sorted(placed, key=lambda rank: rank.rang))

    def _rank(self, name: str, noted: list[Any], weights: Mapping[str, Fraction]) -> Rank:
        own = [n for n in noted if n.get("prestataire") == name and n.get("notes")]
        by_evaluator: dict[str, list[Any]] = {}
        for one in own:
            by_evaluator.setdefault(str(one.get("evaluateur")), []).append(one["notes"])
        notes = {who: mean_notes(listed) for who, listed in by_evaluator.items()}
        totals = {
            who: as_printed(sum(w * Fraction(n.get(k, 0)) for k, w in weights.items()))
            for who, n in notes.items()
        }
        total = as_printed(sum(map(Fraction, totals.values()), Fraction(0)) / max(1, len(totals)))
        file = self._document.scope.series.get("proposition", {}).get(name)
        record = self._lens.corpus.record("prestataires", name)
        return Rank(
            part_view(self._lens, record, "prestataire") if record else None,
            0,
            total,
            totals,
            notes,
            self._budget(file) if file else None,
            self._offer(name),
        )

    @property
    def comparaison(self) -> Comparison:
        """The mean notes of each criterion, and where the first proposition parts from the second.

        Raises TemplateFault where a reader is neither operator nor structure.
        """
        schema = self._lens.corpus.kinds["cahier-des-charges"].schema
        weighed = self._data("cahier-des-charges").get("criteres") or []
        noted = [rank.notes for rank in self.classement]
        return compared(field_at(schema, ("criteres", 0)), weighed, noted)

    @property
    def offre(self) -> Offer | None:
        """The offer of whom a letter is to, else of who is retained; None without a proposition.

        Raises TemplateFault where one who was consulted would read the offer of another.
        """
        own = self._document.item
        if not own:
            self._open_to(CHOOSERS | {"prestataire"})
        name = self._document.key if own else self._data("choix").get("retenu")
        return self._offer(str(name))

    @property
    def fiche_incomplete(self) -> bool:
        """Whether the record of whom a letter is to lacks what a payment needs; never a value."""
        return unpayable(self._lens.corpus.record("prestataires", str(self._document.key)))

    def _offer(self, name: str) -> Offer | None:
        file = self._document.scope.series.get("proposition", {}).get(name)
        schema = self._lens.corpus.kinds["proposition"].schema
        return offer(file.data if file else None, schema, self._lens.day)

    def _budget(self, file: Source) -> Any:
        """The view of the price that stands on the day of the document."""
        proposition = part_view(self._lens, file, "proposition")
        # What is later than the document is not in the view.
        return next((v["budget"] for v in reversed(proposition["versions"])), proposition["budget"])

    @property
    def points(self) -> tuple[Block, ...]:
        """The 23 points by block; with their state where the document is about a proposition."""
        schema = field_at(self._lens.corpus.kinds["proposition"].schema, ("points",))
        file = self._document.file
        if file:
            self._open_to(CHOOSERS)
        return blocks(schema, (at(file.data, ("points",)) or {}) if file else None)

    @property
    def controle(self) -> PropositionControl:
        """The control of the proposition that the document is about, and its one verdict."""
        judged = self._judged
        told = constats_of(self._document, self._lens.corpus, judged.findings, judged.rules)
        key, compared = self._document.key, self.copie is not None
        return proposition_control(self._facts, key, self.points, tuple(told), compared)

    @property
    def rapport(self) -> ReportControl:
        """What the final report holds of what it owes, and how it was handed in."""
        self._open_to(CHOOSERS)
        return report_control(self._document, self._facts, self._judged)

    @property
    def kit(self) -> Kit:
        """The kit of the mission, or of the territory, that the document is about."""
        types = self._judged.types
        return kit_of(self._document.scope, self._lens.corpus, types, self._lens.day)

    @property
    def donnees_personnelles(self) -> tuple[Personal, ...]:
        """The data about people that the schemas let keep, and why; for the operator alone."""
        self._open_to(frozenset({"operateur"}))
        return tuple(personal_data(self._lens.corpus.kinds, DEFAULT_AUDIENCE))

    @property
    def copie(self) -> Copy | None:
        """What a proposition copies of the order ([seed 002]); None where no text of it is known.

        Of what is retyped and what is in the file, the most copied.
        """
        self._open_to(CHOOSERS)
        file = self._document.file
        found = list(copied(self._facts, file)) if file else []
        if not found:
            return None
        words = parameter(self._lens.corpus, "copie_mots_suivis")
        share = parameter(self._lens.corpus, "copie_pourcentage")
        most = max(found, key=lambda one: (one.excessive(words, share), one.longest, one.share))
        where = str(most.place.value) if most.place.pointer == ("fichier",) else ""
        too_much = most.excessive(words, share)
        return Copy(most.longest, most.share, words, share, too_much, where, most.entier)

    @property
    def convenu(self) -> Any:
        """The convention as its avenants leave it on the day of the document; None without one.

        An avenant is one of them whatever its day.
        """
        source = self._document.scope.part("convention")
        if source is None or not isinstance(source.data, dict):
            title = self._lens.corpus.kinds["convention"].title
            return Missing(title) if self._lens.draft else None
        rank = self._avenant
        state = (
            amended_on(source.data, self._lens.day.isoformat())
            if rank is None
            else amended(source.data, source.data["avenants"][: rank + 1])
        )
        return part_view(self._lens, replace(source, data=state), "convention")

    @property
    def changements(self) -> tuple[Change, ...]:
        """What the avenant at hand changes in the convention and the avenants before it."""
        convention, rank = self._data("convention"), self._avenant or 0
        listed = convention.get("avenants") or []
        before, after = (amended(convention, listed[: rank + more]) for more in (0, 1))
        return tuple(changes(before, after))

    @property
    def signataires(self) -> tuple[Signatory, ...]:
        """Who signs the avenant at hand, on its day; open to the parties alone."""
        self._open_to(PARTIES)
        facts = Facts(self._document.scope, self._lens.corpus, self._lens.day)
        avenant = self._data("convention")["avenants"][self._avenant or 0]
        return tuple(signatories(facts, avenant, self._lens.day.isoformat()))

    @property
    def _avenant(self) -> int | None:
        """The rank of the avenant that the document is; None for any other."""
        item = self._document.item
        return item[-1] if item and item[0] == "avenants" and isinstance(item[-1], int) else None

    @property
    def enquete(self) -> Form:
        """The survey that a form asks: of the structure it is about, else of the prestataire."""
        evaluation, name = self._data("evaluation"), self._document.key
        asked = evaluation.get("beneficiaires") or []
        own: Mapping[str, Any] = next((one for one in asked if one.get("structure") == name), {})
        one = own if self._document.item else evaluation.get("prestataire") or {}
        side = "beneficiaires" if self._document.type.pour_chaque else "prestataire"
        schema, delay = self._surveys
        # Not sent yet, its letter is of its own day, where one is known.
        drawn = self._document.date
        sent = one.get("date_envoi") or (str(drawn) if drawn else None)
        return form(schema, side, sent, delay)

    @property
    def reponses(self) -> Answers:
        """What the surveys of the mission say, who noted what, and who has not answered.

        Raises TemplateFault where a reader is not of the operator, to whom they are written.
        """
        self._open_to(frozenset({"operateur"}))
        corpus, convention = self._lens.corpus, self._data("convention")
        owed = {}
        for name in self._data("ingenierie").get("structures") or []:
            record = corpus.record("structures", name)
            owed[name] = str(at(record.data, ("denomination",)) or name) if record else name
        makers = at(convention, ("parties", "prestataire")) or []
        maker = enumeration(str(one["denomination"]) for one in makers if "denomination" in one)
        schema, delay = self._surveys
        return answers(schema, self._data("evaluation"), owed, maker or "Prestataire", delay)

    @property
    def convoques(self) -> tuple[Convened, ...]:
        """Who is convened to the séance of a comité, or to the copil that a period prepares.

        Raises TemplateFault where a reader sits in neither.
        """
        self._open_to(SEATED)
        corpus, item = self._lens.corpus, self._document.item
        if item:
            period = at(corpus.territory.data, item)
            meeting, instance = period.get("copil") or {}, COPIL
            places = [period["departement"]] if "departement" in period else []
        else:
            meeting, instance = self._data("comite"), COMITE
            places = meeting.get("departements") or []
        named = (meeting.get("convocation") or {}).get("membres") or []
        directory = at(corpus.territory.data, ("annuaire",)) or []
        chosen = convened(directory, named, instance, str(meeting.get("date")), places)
        schema = field_at(corpus.kinds["territoire"].schema, ("annuaire", 0))
        return tuple(printed(member, schema) for member in chosen)

    @property
    def destinataire(self) -> Addressee:
        """Whom a message is to: its document bears the name of their record, and of no other."""
        return addressee(self._lens.corpus, self._shelf, self._document.key, self._lens.day)

    @property
    def manques(self) -> tuple[Owed, ...]:
        """What whom a message is to was asked for, and has not given."""
        return tuple(owed_of(lacking(self._facts), self._shelf, self._document.key))

    @property
    def _shelf(self) -> str:
        return "structures" if "structure" in self._lens.audience else "prestataires"

    @property
    def _facts(self) -> Facts:
        return Facts(self._document.scope, self._lens.corpus, self._lens.day)

    @property
    def _surveys(self) -> tuple[Schema, int]:
        corpus = self._lens.corpus
        return corpus.kinds["evaluation"].schema, parameter(corpus, "enquete_reponse_jours")

    def _open_to(self, allowed: frozenset[str]) -> None:
        closed = self._lens.audience - allowed
        if closed:
            raise TemplateFault(
                f"ce calcul n’est pas destiné à ce public : {', '.join(sorted(closed))} "
                f"({DISCLOSURE})"
            )

    def _data(self, kind: str) -> Mapping[str, Any]:
        source = self._document.scope.part(kind)
        return source.data if source and isinstance(source.data, dict) else {}
