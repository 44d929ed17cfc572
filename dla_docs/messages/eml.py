"""A message as a file that mail programs open as a draft (`.eml`). Alone knows `email`.

The same message gives the same bytes: its date is given, its identifier and what parts its pieces
are made from what it holds, where the library would take the clock and chance.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from email.errors import MessageError
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from dla_docs.model.words import plain

NOON = time(12, tzinfo=UTC)
"""The hour of a draft, which the mail program replaces when it leaves: noon in London is the same
day in every French territory, from Papeete to Nouméa."""
WIDTH = 75
"""Letters of a line of the head: an encoded one has 76 at most (RFC 2047, 2), and the library
counts one less for the first."""
MIME = {
    "pdf": ("application", "pdf"),
    "docx": ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "pptx": ("application", "vnd.openxmlformats-officedocument.presentationml.presentation"),
    "xlsx": ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "odt": ("application", "vnd.oasis.opendocument.text"),
    "html": ("text", "html"),
}
_OTHER = ("application", "octet-stream")


@dataclass(frozen=True)
class Mailbox:
    """Who writes, or is written to: a name as mail boxes show it, and an address."""

    name: str
    address: str


@dataclass(frozen=True)
class Attached:
    """A file that goes with a message, by the name its reader sees."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Mail:
    """A message to one person: nobody else is named in any of its lines."""

    sender: Mailbox
    to: Mailbox
    subject: str
    text: str
    day: date
    attached: tuple[Attached, ...] = ()


def can_be_written_to(address: str) -> bool:
    """Whether an address is one that every server takes: letters without accents before the @."""
    try:
        return bool(_address(Mailbox("", address)))
    except (ValueError, MessageError, IndexError):
        return False


def eml(mail: Mail) -> bytes:
    """The file of a message. Its addresses are those that `can_be_written_to` takes."""
    mark = _mark(mail)
    message = EmailMessage(policy=SMTP)
    message["Date"] = format_datetime(datetime.combine(mail.day, NOON))
    message["Message-ID"] = f"<{mark}@{_address(mail.sender).domain}>"
    # Outlook opens what is marked so as a draft, with a button to send it.
    message["X-Unsent"] = "1"
    message.set_content(mail.text, charset="utf-8", cte="quoted-printable")
    for one in mail.attached:
        maintype, subtype = MIME.get(one.name.rpartition(".")[2].lower(), _OTHER)
        message.add_attachment(
            one.content, maintype=maintype, subtype=subtype, filename=one.name, cte="base64"
        )
    if mail.attached:
        # Base64 has no « _ », and quoted-printable writes « = » as « =3D »: it is in no piece.
        message.set_boundary(f"=_{mark}")
    return b"".join(_named(mail)) + message.as_bytes()


def _named(mail: Mail) -> Iterator[bytes]:
    """The lines that hold words: the library loses spaces where it folds words with accents.

    Measured on Python 3.11: one subject in fourteen comes back with a space more or less.
    """
    for name, box in (("From", mail.sender), ("Reply-To", mail.sender), ("To", mail.to)):
        where = _address(box)
        shown = str(where)
        if not shown.isascii():
            shown = f"{_words(name, where.display_name)}\r\n <{where.addr_spec}>"
        yield f"{name}: {shown}\r\n".encode("ascii")
    yield f"Subject: {_words('Subject', mail.subject)}\r\n".encode("ascii")


def _words(name: str, text: str) -> str:
    """Words in a line of the head, encoded and folded (RFC 2047), whatever their signs."""
    return Header(text, "utf-8", WIDTH, header_name=name).encode(linesep="\r\n")


def _address(box: Mailbox) -> Address:
    """Raises ValueError, IndexError or MessageError for an address that cannot be written."""
    local, _, domain = box.address.rpartition("@")
    if not local.isascii() or not domain:
        raise ValueError(box.address)
    return Address(plain(box.name), addr_spec=f"{local}@{domain.encode('idna').decode()}")


def _mark(mail: Mail) -> str:
    """What names a message among all: another content is another message."""
    digest = hashlib.sha256()
    for part in _parts(mail):
        digest.update(len(part).to_bytes(8))
        digest.update(part)
    return digest.hexdigest()[:32]


def _parts(mail: Mail) -> Iterator[bytes]:
    words = (mail.sender.address, mail.to.address, mail.to.name, mail.subject, mail.text)
    yield from (word.encode() for word in (*words, mail.day.isoformat()))
    for one in mail.attached:
        yield from (one.name.encode(), one.content)
