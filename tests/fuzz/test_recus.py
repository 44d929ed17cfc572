"""Files received: an empreinte or none, whatever the archive or the page says of itself."""

import io
import zipfile

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from dla_docs.engines.archives import ArchiveFault
from dla_docs.model.file_formats import FILE_FORMATS
from dla_docs.tree.fingerprint import Signature, signature_in
from tests.fuzz.fuzzing import fuzzed
from tests.fuzz.grammars import spoilt

MARK = "dla:" + "0a" * 32 + ":2025-003-calades-jabron/convention"
PARTS = sorted({format.own_part for format in FILE_FORMATS.values() if format.own_part})


def archive(part: str, method: int, content: bytes = MARK.encode()) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", method) as made:
        made.writestr("mimetype", "a")
        made.writestr(part, content)
    return output.getvalue()


METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
ARCHIVES = [archive(part, method) for part in PARTS for method in METHODS]
PAGE = f'<html><meta name="empreinte" content="{MARK}"></html>'.encode()
PDF = b"%PDF-1.7\n1 0 obj\n<</Keywords(" + MARK.encode() + b")>>\nendobj\n%%EOF"


@st.composite
def relabelled(draw: DrawFn) -> bytes:
    """An archive of which one field of the headers says something else."""
    content = bytearray(draw(st.sampled_from(ARCHIVES)))
    head = draw(st.sampled_from((b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06")))
    place = content.rfind(head) + draw(st.integers(4, 44))
    content[place : place + 2] = draw(st.sampled_from((b"\0\0", b"\1\0", b"\x63\0", b"\xff\xff")))
    return bytes(content)


received = spoilt(st.sampled_from((*ARCHIVES, PAGE, PDF))) | relabelled()


@fuzzed(received, 140)
def test_empreinte_d_un_fichier_recu(case: bytes) -> None:
    try:
        assert isinstance(signature_in(case), Signature | None)
    except ArchiveFault as fault:
        assert str(fault)
