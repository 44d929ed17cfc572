"""The words of the proposition that was retained, as its file says them: a report may repeat it."""

from collections.abc import Callable
from pathlib import Path

from dla_docs.check.facts import Facts
from dla_docs.disk.reading import Unreadable, read_named
from dla_docs.load.received import received_path
from dla_docs.model.errors import EngineError
from dla_docs.reading.blocks import Read
from dla_docs.reading.read import Unread


def retained_text(facts: Facts, root: Path, reader: Callable[[bytes], Read]) -> str:
    """The text of the file of the proposition that was retained; empty where none can be read."""
    source = facts.series("proposition").get(str(facts.value("choix.retenu")))
    name = source.data.get("fichier") if source and isinstance(source.data, dict) else None
    path = received_path(root, source, str(name)) if source and name else None
    if path is None:
        return ""
    try:
        return "\n".join(words.text for words in reader(read_named(path)).words())
    # What is wrong with it is told where it is checked: it says nothing of the report.
    except (Unreadable, Unread, EngineError):
        return ""
