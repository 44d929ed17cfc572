"""How tight a document is set: the least that fills its last page, few layouts tried."""

from typing import Any

from dla_docs.engines.page_ends import AS_SET, End, Notch, best_notch, end_of


def mark(what: str, page: int, filled: float) -> dict[str, Any]:
    return {"what": what, "page": page, "filled": filled}


class Layouts:
    """The ends of a document by notch, `usual` for the others; what was laid out."""

    def __init__(self, usual: End, ends: dict[Notch, End]) -> None:
        self.usual, self.ends, self.tried = usual, ends, list[Notch]()

    def __call__(self, notch: Notch) -> End:
        self.tried.append(notch)
        return self.ends.get(notch, self.usual)


def test_a_document_ends_where_its_text_does_above_its_funders() -> None:
    marks = [mark("text", 2, 0.4), mark("funders", 2, 1.0), mark("document", 2, 1.0)]
    assert end_of(marks) == End(2, 0.4, funders_last=True)


def test_funders_alone_on_a_page_leave_it_empty() -> None:
    marks = [mark("text", 1, 0.9), mark("funders", 2, 0.2), mark("document", 2, 0.2)]
    assert end_of(marks).shown == 0.0


def test_a_slip_after_the_funders_is_the_end() -> None:
    marks = [mark("text", 1, 0.2), mark("funders", 1, 0.9), mark("document", 2, 0.7)]
    assert end_of(marks) == End(2, 0.7)


def test_what_ends_well_is_laid_out_once() -> None:
    layouts = Layouts(End(2, 0.7), {})
    assert (best_notch(layouts), layouts.tried) == (AS_SET, [AS_SET])


def test_a_short_second_page_begins_with_whole_parts_that_fill_its_half() -> None:
    parts = Notch(0, funders_first=True, parts=3)
    layouts = Layouts(End(2, 0.42, True), {parts: End(2, 0.55, cut=0.8)})
    assert best_notch(layouts) == parts


def test_signatures_that_nearly_had_room_on_the_page_before_go_to_it() -> None:
    layouts = Layouts(End(6, 0.54), {Notch(n): End(5, 0.9) for n in (2, 3)})
    assert best_notch(layouts) == Notch(2)


def test_a_page_that_no_easy_notch_spares_is_tried_once() -> None:
    layouts = Layouts(End(6, 0.54), {Notch(4): End(5, 0.9)})
    assert (best_notch(layouts), layouts.tried) == (AS_SET, [AS_SET, Notch(3)])


def test_parts_leave_no_hole_on_the_first_page() -> None:
    layouts = Layouts(End(2, 0.42, cut=0.6), {})
    assert best_notch(layouts) == AS_SET


def test_one_page_is_full_whatever_it_holds() -> None:
    assert best_notch(Layouts(End(1, 0.1), {})) == AS_SET


def test_the_least_tight_notch_that_gains_the_page_is_kept() -> None:
    short = End(1, 0.9)
    layouts = Layouts(End(2, 0.1), {Notch(n): short for n in (3, 4)})
    assert best_notch(layouts) == Notch(3)


def test_what_a_tight_page_leaves_goes_back_to_its_headings() -> None:
    short, airier = End(1, 0.9), Notch(4, aired=1)
    layouts = Layouts(End(2, 0.1), {Notch(4): short, airier: short})
    assert best_notch(layouts) == airier


def test_tightness_that_gains_nothing_is_tried_at_its_ends_alone() -> None:
    layouts = Layouts(End(3, 0.1), {Notch(-1): End(3, 0.3)})
    assert best_notch(layouts) == Notch(-1)
    parts = [Notch(parts=n) for n in (1, 2, 3)]
    assert layouts.tried == [AS_SET, Notch(1), Notch(4), *parts, Notch(-1)]


def test_funders_leave_a_last_page_that_they_fill_alone() -> None:
    first = Notch(0, funders_first=True)
    layouts = Layouts(End(2, 0.0, True), {first: End(1, 0.9)})
    assert best_notch(layouts) == first


def test_a_page_is_never_filled_by_making_another() -> None:
    layouts = Layouts(End(6, 0.25), {Notch(-2): End(8, 0.4)})
    assert best_notch(layouts) == AS_SET


def test_where_nothing_ends_well_the_fullest_is_kept() -> None:
    layouts = Layouts(End(2, 0.1), {Notch(-3): End(2, 0.2)})
    assert best_notch(layouts) == Notch(-3)


def test_a_very_long_document_is_laid_out_few_times() -> None:
    layouts = Layouts(End(40, 0.1), {})
    best_notch(layouts)
    assert len(layouts.tried) == 2


def test_funders_on_the_first_page_may_loosen_the_last() -> None:
    loose = Notch(-3, funders_first=True)
    layouts = Layouts(End(2, 0.0, True), {loose: End(2, 0.3)})
    assert best_notch(layouts) == loose


def test_parts_are_brought_together_before_lines_are_loose() -> None:
    layouts = Layouts(End(2, 0.1), {Notch(parts=2): End(2, 0.4), Notch(-1): End(2, 0.4)})
    assert best_notch(layouts) == Notch(parts=2)


def test_parts_too_short_for_half_a_page_go_above_the_funders_of_the_second() -> None:
    above = Notch(parts=3)
    ends = {above: End(2, 0.34, True, 0.8), Notch(funders_first=True): End(2, 0.34)}
    assert best_notch(Layouts(End(2, 0.1, True), ends)) == above
