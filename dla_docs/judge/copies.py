"""How much of the cahier des charges a proposition copies, with the same measure as R-PRO-03."""

from collections.abc import Iterator, Sequence

from dla_docs.judge.amounts import where
from dla_docs.judge.expected import Expected
from dla_docs.judge.passages import Passage
from dla_docs.model.likeness import WORDS, likeness

_LOOKED_AT = 300
"""Passages that are compared one by one, to say which are copied: a recall has twenty."""
_QUOTED = 8
"""Words of a copied passage that are quoted."""
_REPEATED = 30
"""Per cent of a report that the proposition said before it: a recall takes a tenth."""
_TOLD = 5
"""Copied passages that are told one by one."""


def copies_of(found: Sequence[Passage], blocks: Sequence[str], expected: Expected) -> Iterator[str]:
    """What is said of a proposition that copies the order, and each passage that does.

    The recall alone has a share of copied words: in the whole, it would be drowned in the rest.
    """
    if not expected.order:
        return
    recall = [one for one, block in zip(found, blocks, strict=True) if block == "rappel"]
    order = expected.order if recall else expected.asked
    alike = likeness("\n".join(one.text for one in recall or found), order)
    share = alike.share if recall else 0
    copied = list(_copied(found, order, expected.run))
    if not copied and alike.longest < expected.run and share < expected.share:
        return
    shared = f", {share} % de suites de cinq mots communes dans le rappel" if recall else ""
    most = max([alike.longest, *(length for _, length in copied)])
    yield (
        f"le cahier des charges est recopié : {most} mots d’affilée{shared} "
        f"({_places(copied, recall or found, order)}) ; demandez une reformulation"
    )


def repeated(found: Sequence[Passage], expected: Expected) -> Iterator[str]:
    """What is said of a report that is made of the words of the proposition."""
    if not expected.offer or not expected.run:
        return
    copied = list(_copied(found, expected.offer, expected.run))
    words = sum(len(WORDS.findall(one.text)) for one in found)
    share = 100 * sum(length for _, length in copied) // max(words, 1)
    if share >= _REPEATED:
        yield (
            f"{share} % du rapport est repris mot pour mot de la proposition "
            f"({_places(copied, found, expected.offer)}) ; demandez ce qui a été fait"
        )


def _copied(found: Sequence[Passage], order: str, run: int) -> Iterator[tuple[Passage, int]]:
    """The passages that copy more words in a row than is let through, with how many."""
    for one in found[:_LOOKED_AT]:
        if not one.title and len(one.plain.split()) >= run:
            length = likeness(one.text, order).longest
            if length >= run:
                yield one, length


def _places(copied: Sequence[tuple[Passage, int]], texts: Sequence[Passage], order: str) -> str:
    """Where it is copied: each passage, else the one that copies most."""
    if not copied:
        return _quoted(max(texts[:_LOOKED_AT], key=lambda one: likeness(one.text, order).longest))
    told = [f"{_quoted(one)}, {length} mots" for one, length in copied[:_TOLD]]
    more = f" ; et {len(copied) - _TOLD} autres passages" if len(copied) > _TOLD else ""
    return " ; ".join(told) + more


def _quoted(one: Passage) -> str:
    words = one.text.split()
    more = "…" if len(words) > _QUOTED else ""
    # A line of a PDF is named by its own words: once is enough.
    place = where(one) if one.rank or one.table or not one.page else f"page {one.page}"
    return f"{place} : « {' '.join(words[:_QUOTED])}{more} »"
