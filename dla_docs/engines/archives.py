"""Office archives (DOCX, ODT, PPTX), read within bounds and written. Alone opens a zip to read it.

A received file may be made to fill the memory: a megabyte of zip can hold a thousand of zeros, or
a million names. Sizes are known before anything is inflated, and inflating stops there.
"""

import struct
import zipfile
import zlib
from collections.abc import Collection, Mapping
from functools import lru_cache
from io import BytesIO

PARTS = 10_000
"""Parts of an archive at most: fifty photographs make a hundred."""
PART = 64_000_000
"""Bytes of one part at most, inflated: more than any image that `dla check` accepts."""
WHOLE = 512_000_000
"""Bytes of all the parts that are read, inflated."""

_ENTRY = b"PK\x01\x02"
"""How each line of the list of an archive begins."""
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""All that office programs write; the others cannot be inflated by pieces everywhere."""
_ENCRYPTED = 0x1

_VERSION, _UNIX, _DAY = 20, 3, 33
"""PKZIP 2.0, which all read; the system that wrote; 1 January 1980, the first day a zip can say."""
_NOTHING = (0, 0, 0, 0, 0o600 << 16)
"""No comment, one disk; the rights of who wrote it alone."""
_LOCAL = struct.Struct("<4s2B4H3L2H")
_LISTED = struct.Struct("<4s4B4H3L5H2L")
_END = struct.Struct("<4s4H2LH")
"""What stands before a part, a line of the list, and the end (APPNOTE.TXT, 4.3)."""


class ArchiveFault(Exception):
    """An archive that is not read; the message is the French reason, about « l’archive »."""


def unpacked(
    content: bytes, names: Collection[str] | None = None, most: int = PART
) -> dict[str, bytes]:
    """The parts of an archive by name, in its order: all, or those of `names` that it has.

    `most`: bytes of each, inflated. Raises ArchiveFault, and nothing else, whatever the bytes are.
    """
    # Counted before Python makes an object of each, and only ever too many.
    if content.count(_ENTRY) > PARTS:
        raise ArchiveFault(f"l’archive a plus de {PARTS} parties")
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = [e for e in archive.infolist() if names is None or e.filename in names]
            _check(entries, most)
            return {entry.filename: _inflated(archive, entry) for entry in entries}
    except ArchiveFault:
        raise
    # Nine kinds at least come of damaged bytes: struct.error, zlib.error, EOFError, RuntimeError…
    except Exception as error:
        raise ArchiveFault("l’archive est abîmée") from error


def _check(entries: list[zipfile.ZipInfo], most: int) -> None:
    """Refuse, by what its list says, what would not be inflated within bounds."""
    if len({entry.filename for entry in entries}) < len(entries):
        # Programs do not agree on which of the two is meant.
        raise ArchiveFault("l’archive a deux parties du même nom")
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise ArchiveFault("l’archive est protégée par un mot de passe")
    if any(entry.compress_type not in _METHODS for entry in entries):
        raise ArchiveFault("l’archive est compressée d’une façon que dla ne lit pas")
    sizes = [entry.file_size for entry in entries]
    if max(sizes, default=0) > most or sum(sizes) > WHOLE:
        raise ArchiveFault("l’archive contient une partie démesurée")


def _inflated(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """One part. Raises ArchiveFault for one that is not of the size it says."""
    with archive.open(entry) as part:
        # Python stops at the size that the list gives; one byte more would be a lie of it.
        inflated = part.read(entry.file_size + 1)
    if len(inflated) != entry.file_size:
        raise ArchiveFault("l’archive est abîmée")
    return inflated


def packed(parts: Mapping[str, bytes], stored: Collection[str] = ()) -> bytes:
    """An archive of some parts, in their order: the same bytes whatever the clock and the machine.

    What many archives share, such as fonts, is deflated once: `zipfile` would do it each time, a
    fifth of the time of a document (measured). `stored`: parts left as they are.
    """
    body, listed = bytearray(), bytearray()
    for name, content in parts.items():
        method = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
        data = content if name in stored else _deflated(content)
        written = name.encode("ascii")
        common = (0, method, 0, _DAY, zlib.crc32(content), len(data), len(content), len(written))
        place = len(body)
        body += _LOCAL.pack(b"PK\x03\x04", _VERSION, 0, *common, 0) + written + data
        listed += _LISTED.pack(_ENTRY, _VERSION, _UNIX, _VERSION, 0, *common, *_NOTHING, place)
        listed += written
    end = _END.pack(b"PK\x05\x06", 0, 0, len(parts), len(parts), len(listed), len(body), 0)
    return bytes(body + listed + end)


# Those of a family of documents: six fonts, styles, a theme, logos.
@lru_cache(maxsize=128)
def _deflated(content: bytes) -> bytes:
    press = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return press.compress(content) + press.flush()
