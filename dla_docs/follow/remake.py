"""A document made again from a workspace, for its bytes to be held against a file.

The workspace may be a former one, whose templates, schemas and texts are a stranger's: this is done
in a process of its own (see `confined/`), which may be ended at any line of it.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from dla_docs.charter.charter import Charter
from dla_docs.documents.documents import BLANK, DRAFT
from dla_docs.engines.pandoc import Pandoc
from dla_docs.flow import choose, examine, with_tables
from dla_docs.formats import Engines, written
from dla_docs.make import settle
from dla_docs.model.errors import Defect, DlaError, RequestError
from dla_docs.model.findings import Refused
from dla_docs.model.workspace import Workspace
from dla_docs.select import Request, State
from dla_docs.tree.fingerprint import Signature
from dla_docs.tree.template import Templates


def bench() -> Pandoc:
    """What all that is made again shares: pandoc, which lasts as long as the process."""
    return Pandoc()


def make_again(
    pandoc: Pandoc, signature: Signature, format: str, workspace: Workspace, day: date
) -> Iterator[tuple[bytes, tuple[str, ...]] | str]:
    """One answer: the file as a workspace makes it and the formats it has there, or why not.

    No reason is given where the document or its empreinte is another. Nothing that a workspace
    holds stops the search: whatever it is, another may have made the file.
    """
    try:
        yield _bytes(pandoc, signature, format, workspace, day) or ""
    except (RequestError, Refused):
        # A workspace without the document, or that lacks what the document owes.
        yield ""
    except MemoryError:
        raise
    except Exception as error:
        told = isinstance(error, DlaError) and not isinstance(error, Defect)
        yield str(error) if told else "« dla check » ou « dla render » disent pourquoi"


def _bytes(
    pandoc: Pandoc, signature: Signature, format: str, workspace: Workspace, day: date
) -> tuple[bytes, tuple[str, ...]] | None:
    """The file as a workspace makes it, and the formats of its document.

    None where the document or its empreinte is another.
    """
    folder = signature.label.rpartition("/")[0]
    examined = examine(workspace, day, (folder,))
    variant = next((v for v in (BLANK, DRAFT) if signature.label.endswith(f"-{v}")), "")
    # Every type by its name: a document of a kit is none of those that are made without asking.
    types = () if variant else tuple(examined.types)
    choices = choose(Request((folder,), types, variant=variant), examined)
    engines, templates = Engines(Charter(workspace), pandoc), Templates(workspace)
    for choice in choices:
        document = choice.document
        names = (document.signed, document.label)
        if signature.label in names and choice.state is State.READY:
            known = with_tables(examined, (choice,))
            tree, properties = settle(document, known, templates, engines)
            if properties.empreinte == signature.empreinte:
                # A file made when the label held the folder of the dossier is made as it was.
                properties = replace(properties, mark=signature.mark())
                formats = document.type.formats
                return written(format, tree, properties, engines), tuple(formats)
    return None
