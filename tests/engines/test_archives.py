"""Office archives whose bytes a stranger made: a part, or one French sentence, within bounds."""

import io
import random
import resource
import zipfile

import pytest

from dla_docs.engines.archives import PARTS, ArchiveFault, packed, unpacked
from dla_docs.tree.fingerprint import signature_in

PART = "docProps/custom.xml"
ENTRY, END = b"PK\x01\x02", b"PK\x05\x06"


def archive(content: bytes = b"<p/>", method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as target:
        target.writestr(PART, content)
    return buffer.getvalue()


def patched(place: int, value: bytes, sign: bytes = ENTRY) -> bytes:
    """An archive whose list says something else at a place of its line."""
    content = archive()
    at = content.rindex(sign) + place
    return content[:at] + value + content[at + len(value) :]


def fault(content: bytes) -> str:
    with pytest.raises(ArchiveFault) as caught:
        signature_in(content)
    return str(caught.value)


def test_the_parts_that_are_asked_for_are_read() -> None:
    assert unpacked(archive(b"<a/>"), {PART, "absente.xml"}) == {PART: b"<a/>"}


def test_a_part_that_swells_is_refused_before_it_is_inflated() -> None:
    swollen = archive(b" " * 80_000_000)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert "démesurée" in fault(swollen)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20_000


def test_a_part_longer_than_its_list_says_is_refused() -> None:
    content = archive(b" " * 5_000_000)
    at = content.rindex(ENTRY) + 24
    assert fault(content[:at] + (10).to_bytes(4, "little") + content[at + 4 :])


def test_a_million_parts_are_refused_before_they_are_listed() -> None:
    assert str(PARTS) in fault(b"PK\x03\x04" + ENTRY * 1_000_000)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (patched(8, b"\x01\x00"), "mot de passe"),
        (patched(10, b"\x63\x00"), "compressée"),
        (archive(method=zipfile.ZIP_LZMA), "compressée"),
        (patched(6, b"\x63\x00"), "abîmée"),
        (patched(16, b"\xff\xff\xff\xff", END), "abîmée"),
        (patched(12, b"\xff\xff\xff\xff", END), "abîmée"),
        (patched(42, b"\xff\xff\xff\x7f"), "abîmée"),
        (archive()[:-30], "abîmée"),
        (b"PK", "abîmée"),
    ],
)
def test_an_archive_that_cannot_be_read_is_told_why(content: bytes, words: str) -> None:
    assert words in fault(content)


def test_two_parts_of_one_name_are_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target, pytest.warns(UserWarning):
        target.writestr(PART, b"a")
        target.writestr(PART, b"b")
    assert "même nom" in fault(buffer.getvalue())


def test_whatever_a_stranger_changes_nothing_else_is_raised() -> None:
    chance, content = random.Random(7), archive(b"<p>" + bytes(range(256)) * 4)
    for _ in range(500):
        changed = bytearray(content)
        for _ in range(chance.randint(1, 6)):
            changed[chance.randrange(4, len(changed))] = chance.randrange(256)
        try:
            assert signature_in(bytes(changed)) is None
        except ArchiveFault as refusal:
            assert str(refusal).startswith("l’archive ")


def test_an_archive_is_the_one_that_the_library_writes() -> None:
    parts = {"mimetype": b"abc", "word/fonts/font1.odttf": bytes(range(256)) * 200, "vide.xml": b""}
    expected = io.BytesIO()
    with zipfile.ZipFile(expected, "w") as target:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system = 3
            stored = name == "mimetype"
            entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            target.writestr(entry, content)
    # Twice: what is deflated once serves again.
    assert [packed(parts, ("mimetype",)) for _ in range(2)] == [expected.getvalue()] * 2
