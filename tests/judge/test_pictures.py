"""Logos are recognised by how they look, whatever was done to their files."""

from io import BytesIO

import PIL.Image
import pytest

from dla_docs.judge.cues import Cue
from dla_docs.judge.expected import Expected, Owed
from dla_docs.judge.pictures import Looks, Seen, logo_verdict, looks_of, recognised, seen_in
from dla_docs.judge.verdict import State
from tests.judge.written import logo
from tests.scenes import ROOT

DRAWINGS = sorted((ROOT / "dossiers" / "logos").glob("*.svg"))
OWED = tuple(path.read_bytes() for path in DRAWINGS)
CUE = Cue("garde.logos", "", pictures=("financeurs",))


def seen(*received: bytes) -> tuple[Looks, Looks]:
    return looks_of(received, OWED, ())


def small(content: bytes, height: int) -> bytes:
    """A logo as it comes out of a word processor: small, in JPEG, with margins."""
    with PIL.Image.open(BytesIO(content)) as image:
        width = round(height * image.width / image.height)
        sheet = PIL.Image.new("RGB", (width + 20, height + 20), "white")
        sheet.paste(image.resize((width, height)), (10, 10))
    made = BytesIO()
    sheet.save(made, "JPEG", quality=70)
    return made.getvalue()


@pytest.mark.parametrize("rank", range(len(DRAWINGS)), ids=[path.stem for path in DRAWINGS])
def test_a_logo_is_itself_and_no_other(rank: int) -> None:
    assert recognised(*seen(small(logo(DRAWINGS[rank].stem), 40))) == {rank}


def test_another_picture_is_no_logo() -> None:
    made = BytesIO()
    PIL.Image.linear_gradient("L").resize((300, 100)).save(made, "PNG")
    assert recognised(*seen(made.getvalue())) == frozenset()


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\nabc", b"\xff\xd8\xff", b"EMF", b""])
def test_a_picture_that_nobody_can_open_is_not_looked_at(content: bytes) -> None:
    assert seen(content)[0] == (None,)


def test_a_white_picture_hides_no_logo() -> None:
    made = BytesIO()
    PIL.Image.new("RGB", (50, 50), "white").save(made, "PNG")
    assert seen(made.getvalue())[0] == (None,)


def test_a_logo_that_lacks_is_named() -> None:
    owed = Expected(logos=(Owed("État", "financeurs", b""), Owed("Région", "financeurs", b"")))
    verdict = logo_verdict(CUE, Seen(3, frozenset({0})), owed, False)
    assert verdict.state is State.DOUBTFUL
    assert verdict.reason == "3 images, 1 logo reconnu ; à chercher : Région"


def test_a_document_without_picture_has_no_logo_but_a_pdf_may_draw_it() -> None:
    owed = Expected(logos=(Owed("État", "financeurs", b""),))
    assert logo_verdict(CUE, Seen(0), owed, False).state is State.ABSENT
    assert logo_verdict(CUE, Seen(0), owed, True).state is State.DOUBTFUL


def test_a_grey_frame_is_told_to_wait_for_a_logo() -> None:
    made = BytesIO()
    frame = PIL.Image.new("RGB", (240, 100), (190, 190, 190))
    frame.paste((110, 110, 110), (80, 40, 160, 60))
    frame.save(made, "PNG")
    seen = seen_in((made.getvalue(), small(logo("operateur-melezin"), 40)), (), ())
    assert (seen.count, seen.empty) == (2, 1)
    owed = Expected(logos=(Owed("État", "financeurs", b""),))
    assert "1 cadre gris sans logo" in logo_verdict(CUE, seen, owed, False).reason
