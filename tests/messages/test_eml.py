"""The file of a message: what a mail program makes of it, and the same bytes twice."""

from dataclasses import replace
from datetime import date
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser

import pytest

from dla_docs.messages.eml import Attached, Mail, Mailbox, can_be_written_to, eml

MAIL = Mail(
    Mailbox("Lise Carrouge", "lise@dla.exemple.fr"),
    Mailbox("Zoé Aït-Ça « L’Étoile »", "zoe@exemple.fr"),
    "Objet : « réponse » à l’appel, avant le 1er mars",
    "Madame,\n\nUne ligne longue " + "é" * 200 + ".\n.\nFrom la fin\n",
    date(2026, 3, 12),
    (Attached("lettre.pdf", bytes(range(256)) * 9), Attached("fiche é.docx", b"PK\x03\x04")),
)


def read(content: bytes) -> EmailMessage:
    message = BytesParser(policy=policy.default).parsebytes(content)
    assert isinstance(message, EmailMessage) and not message.defects
    return message


def test_all_that_was_written_is_read_back() -> None:
    message = read(eml(MAIL))
    text = message.get_body()
    assert (message["Subject"], message["To"].addresses[0].display_name) == (
        MAIL.subject,
        MAIL.to.name,
    )
    assert text is not None and text.get_content().replace("\r\n", "\n") == MAIL.text
    files = [(part.get_filename(), part.get_content()) for part in message.iter_attachments()]
    assert files == [(one.name, one.content) for one in MAIL.attached]


WORDS = "Appel à « proposition » : l’été, 4\u00a0décembre\u202f2026, très-longue-dénomination"


def test_words_come_back_whatever_their_folds() -> None:
    words = WORDS.split(" ")
    for size in range(1, 60):
        subject = " ".join(words[(size * rank) % len(words)] for rank in range(size))
        message = read(eml(replace(MAIL, subject=subject, to=Mailbox(subject, "z@exemple.fr"))))
        assert message["Subject"] == subject
        # Of a name of several pieces, the reader of the library keeps a space that counts for none.
        told = message["To"].addresses[0].display_name
        assert "".join(told.split()) == "".join(subject.split())


def test_a_draft_is_one_that_outlook_lets_send() -> None:
    message = read(eml(MAIL))
    assert message["X-Unsent"] == "1"
    assert message["Reply-To"] == message["From"]
    assert message["Date"].datetime.date() == MAIL.day
    assert not message["Cc"] and not message["Bcc"]


def test_lines_are_short_and_of_seven_bits() -> None:
    lines = eml(MAIL).split(b"\r\n")
    heads = (b"Content-Type: ", b" filename")
    assert max(len(line) for line in lines if not line.startswith(heads)) <= 78
    assert max(len(line) for line in lines if b"=?utf-8?" in line) <= 76
    assert all(line.isascii() and b"\n" not in line for line in lines)


def test_the_same_message_gives_the_same_bytes() -> None:
    assert eml(MAIL) == eml(replace(MAIL))


@pytest.mark.parametrize(
    "other",
    [
        replace(MAIL, subject="Autre"),
        replace(MAIL, text="Autre"),
        replace(MAIL, day=date(2026, 3, 13)),
        replace(MAIL, attached=MAIL.attached[:1]),
        replace(MAIL, attached=(Attached("lettre.pdf", b"x"), MAIL.attached[1])),
    ],
)
def test_another_message_has_another_identifier(other: Mail) -> None:
    assert read(eml(MAIL))["Message-ID"] != read(eml(other))["Message-ID"]


def test_what_parts_the_pieces_is_in_none_of_them() -> None:
    content = eml(replace(MAIL, text="=_" * 40 + "--=_"))
    mark = read(content).get_boundary()
    assert mark is not None
    # Once where it is declared, then before each of the three pieces, and at the end.
    assert content.count(mark.encode()) == 5


@pytest.mark.parametrize(
    ("address", "fits"),
    [
        ("contact@exemple.fr", True),
        ("contact@éole.fr", True),
        ("zoé@exemple.fr", False),
        ("contact", False),
        ("a@b\r\nBcc: c@d.fr", False),
        ("", False),
        ("@exemple.fr", False),
    ],
)
def test_an_address_is_one_that_every_server_takes(address: str, fits: bool) -> None:
    assert can_be_written_to(address) is fits


def test_a_name_adds_no_header() -> None:
    told = replace(MAIL, to=Mailbox("Zoé\r\nBcc: x@y.fr", "zoe@exemple.fr"))
    message = read(eml(told))
    assert message["Bcc"] is None
    assert len(message["To"].addresses) == 1
