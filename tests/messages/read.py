"""Messages as their reader has them: headers, text, attachments, and every word of all."""

import io
import zipfile
from collections.abc import Iterator
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path

import pypdfium2


def parsed(path: Path) -> EmailMessage:
    """A message, as a mail program reads it; a fault of form is a failure."""
    message = BytesParser(policy=policy.default).parsebytes(path.read_bytes())
    assert isinstance(message, EmailMessage)
    assert [part.defects for part in message.walk() if part.defects] == []
    return message


def body(message: EmailMessage) -> str:
    text = message.get_body()
    assert text is not None
    return " ".join(str(text.get_content()).split())


def attached(message: EmailMessage) -> dict[str, bytes]:
    found = {}
    for part in message.iter_attachments():
        name = part.get_filename()
        assert name is not None and name not in found
        found[name] = part.get_content()
    return found


def everything(path: Path) -> Iterator[str]:
    """All that can be read in a message: as it is, decoded, and inside what is attached."""
    message = parsed(path)
    yield path.read_bytes().decode("latin-1")
    yield from (f"{name}: {value}" for name, value in message.items())
    yield body(message)
    for name, content in attached(message).items():
        yield name
        yield content.decode("latin-1")
        if name.endswith(".pdf"):
            document = pypdfium2.PdfDocument(content)
            yield from (page.get_textpage().get_text_bounded() for page in document)
            document.close()
        else:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                parts = [archive.read(one) for one in archive.namelist()]
            yield from (part.decode("utf-8", "replace") for part in parts)
