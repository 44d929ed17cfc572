"""The control of a proposition: what it holds, when it came, and one verdict on both."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dla_docs.check.facts import Facts
from dla_docs.context.disclosed import Constat
from dla_docs.context.points import ABSENT, FOUND, TO_READ, Block
from dla_docs.model.paths import at

ABOUT = frozenset(f"R-PRO-0{rank}" for rank in range(1, 6))
"""The rules that are about a proposition alone."""
POINTS = frozenset({"R-PRO-01", "R-PRO-02"})
"""Those of them that say again what the points show."""


@dataclass(frozen=True)
class PropositionControl:
    """What the reading of a proposition has found, and how it was received.

    `limite`: the last day for who wrote it, None where nothing tells one; `admise`: why it is
    ranked though it came late. `constats` are those of the rules, `autres` those that the points
    do not show. `comparee`: whether its text was held against the order, that it may not copy.
    """

    blocs: tuple[Block, ...]
    recue: date
    limite: date | None
    admise: str
    constats: tuple[Constat, ...]
    comparee: bool

    @property
    def presents(self) -> int:
        """How many points are found."""
        return self._count(FOUND)

    @property
    def absents(self) -> int:
        """How many points were looked for in vain."""
        return self._count(ABSENT)

    @property
    def a_verifier(self) -> int:
        """How many points are still to read."""
        return self._count(TO_READ)

    @property
    def facultatifs(self) -> int:
        """How many points nothing obliges to look for, and were not."""
        return self._count(None)

    @property
    def autres(self) -> tuple[Constat, ...]:
        """What the rules say beside the points."""
        return tuple(one for one in self.constats if one.code not in POINTS)

    @property
    def tardive(self) -> bool:
        """Whether it came after its last day."""
        return self.limite is not None and self.recue > self.limite

    @property
    def complete(self) -> bool:
        """Whether all that is expected is in it, and nothing else is to look at again."""
        return self.comparee and not (self.absents or self.a_verifier or self.autres)

    @property
    def verdict(self) -> str:
        """What is to be remembered of it, in one sentence without its full stop."""
        content = (
            "à compléter"
            if self.absents
            else "à lire jusqu’au bout"
            if self.a_verifier or not self.comparee
            else "à revoir"
            if self.autres
            else "complète"
        )
        late = "reçue hors délai et admise" if self.admise else "reçue hors délai et non classée"
        return f"Proposition {content}, {late}" if self.tardive else f"Proposition {content}"

    def _count(self, state: str | None) -> int:
        return sum(point.etat == state for _, points in self.blocs for point in points)


def proposition_control(
    facts: Facts,
    key: str,
    blocs: tuple[Block, ...],
    constats: Sequence[Constat],
    compared: bool,
) -> PropositionControl:
    """The control of the proposition of prestataire `key`, received on the day of `facts`."""
    asked = facts.data("consultation.destinataires[]")
    own = (at(one.value, ("date_limite",)) for one in asked if _names(one.value, key))
    limit = next(own, None) or facts.value("cahier-des-charges.reponse.date_limite")
    admitted = facts.data("choix.hors_delai_admis[]")
    why = (str(at(one.value, ("motif",)) or "") for one in admitted if _names(one.value, key))
    about = tuple(one for one in constats if one.code in ABOUT)
    last = date.fromisoformat(str(limit)) if limit else None
    return PropositionControl(blocs, facts.day, last, next(why, ""), about, compared)


def _names(listed: object, key: str) -> bool:
    return bool(at(listed, ("prestataire",)) == key)
