"""The ends of the pages of every document, as a PDF has them: nothing alone, nothing cut short."""

from pathlib import Path

import pytest

from dla_docs.documents.documents import Document
from tests.formats.pages import Page, pages
from tests.scenes import looked_at, on_pages

pytestmark = pytest.mark.campagne

LEAST = 0.25
"""Part of a last page that is used, at least (charte des pages, §7)."""
DOCUMENTS = looked_at(on_pages)
LABELS = [document.label for document in DOCUMENTS]


def pages_of(documents_demo: Path, document: Document) -> list[Page]:
    return pages(documents_demo / document.folder / f"{document.stem}.pdf")


@pytest.mark.parametrize("document", DOCUMENTS, ids=LABELS)
def test_every_page_says_its_rank_at_its_foot(document: Document, documents_demo: Path) -> None:
    found = pages_of(documents_demo, document)
    said = [f"Page {rank} sur {len(found)}" for rank in range(1, len(found) + 1)]
    feet = [page.foot.replace("\u00a0", " ") for page in found]
    assert [rank for rank, foot in zip(said, feet, strict=True) if rank not in foot] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=LABELS)
def test_a_last_page_is_not_nearly_empty(document: Document, documents_demo: Path) -> None:
    found = pages_of(documents_demo, document)
    assert len(found) == 1 or found[-1].fill >= LEAST


@pytest.mark.parametrize("document", DOCUMENTS, ids=LABELS)
def test_no_page_ends_on_what_announces(document: Document, documents_demo: Path) -> None:
    """Neither a heading, nor the head of a table, nor a sentence that ends with a colon."""
    last = [page.lines[-1] for page in pages_of(documents_demo, document) if page.lines]
    alone = [line.words for line in last if line.titles or line.words.endswith(":")]
    assert alone == []
