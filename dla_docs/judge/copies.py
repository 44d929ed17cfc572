"""How much of the cahier des charges a proposition copies, with the same measure as R-PRO-03."""

from collections.abc import Iterator, Sequence

from dla_docs.judge.amounts import where
from dla_docs.judge.expected import Expected
from dla_docs.judge.passages import Passage
from dla_docs.model.likeness import likeness

_LOOKED_AT = 300
"""Passages that are compared one by one, to say which copies most: a recall has twenty."""
_QUOTED = 8
"""Words of a copied passage that are quoted."""


def copies_of(found: Sequence[Passage], blocks: Sequence[str], expected: Expected) -> Iterator[str]:
    """What is said of a proposition that copies the order, and where it copies most.

    The recall alone has a share of copied words: in the whole, it would be drowned in the rest.
    """
    if not expected.order:
        return
    recall = [one for one, block in zip(found, blocks, strict=True) if block == "rappel"]
    texts, order = (recall, expected.order) if recall else (list(found), expected.asked)
    alike = likeness("\n".join(one.text for one in texts), order)
    share = alike.share if recall else 0
    if alike.longest < expected.run and share < expected.share:
        return
    most = max(texts[:_LOOKED_AT], key=lambda one: likeness(one.text, order).longest)
    shared = f", {share} % de suites de cinq mots communes" if recall else ""
    quoted = " ".join(most.text.split()[:_QUOTED])
    yield (
        f"le cahier des charges est recopié : {alike.longest} mots d’affilée{shared} "
        f"({where(most)} : « {quoted}… ») ; demandez une reformulation"
    )
