"""Of the data that should agree, the one to blame."""

import time

from dla_docs.check.ledger import Blame, Datum, Entry, Relation, weighed
from dla_docs.load.yaml_reader import Source

SOURCE = Source("convention.yaml", {})


def datum(name: str) -> Datum:
    return Datum(SOURCE, (name,), 1)


def entry(code: str, holds: bool, *names: str, rests: str = "") -> Entry:
    data = tuple(map(datum, names))
    return Entry(code, Relation(data, holds, code, "", tuple(map(datum, rests.split()))))


def blamed(*entries: Entry, faulty: str = "") -> list[tuple[object, list[str]]]:
    refused = {datum(name).place for name in faulty.split()}
    blames = weighed(entries, lambda one: one.place in refused)
    return [(b.datum.pointer[0], codes(b)) for b in blames]


def codes(blame: Blame) -> list[str]:
    return [one.code for one in blame.explained]


def test_the_datum_in_most_broken_relations_is_told_once() -> None:
    sums = entry("R-A", False, "total", "ht"), entry("R-B", False, "total", "jours")
    assert blamed(*sums) == [("total", ["R-A", "R-B"])]


def test_between_equals_the_one_in_fewest_that_hold_is_told() -> None:
    relations = entry("R-A", False, "envoi", "choix"), entry("R-A", True, "choix", "signature")
    assert blamed(*relations) == [("envoi", ["R-A"])]


def test_between_equals_in_all_the_last_one_named_is_told() -> None:
    assert blamed(entry("R-A", False, "envoi", "choix")) == [("choix", ["R-A"])]


def test_two_causes_are_two() -> None:
    relations = entry("R-A", False, "envoi"), entry("R-B", False, "total")
    assert blamed(*relations) == [("envoi", ["R-A"]), ("total", ["R-B"])]


def test_what_the_schema_refuses_breaks_no_relation() -> None:
    relations = entry("R-A", False, "total", "ht"), entry("R-B", False, "total", "jours")
    assert blamed(*relations, faulty="jours") == [("ht", ["R-A"])]


def test_what_a_relation_was_read_from_is_never_to_blame() -> None:
    assert blamed(entry("R-A", False, "motif", rests="offre")) == [("motif", ["R-A"])]


def test_a_relation_read_from_what_the_schema_refuses_says_nothing() -> None:
    assert blamed(entry("R-A", False, "motif", rests="offre"), faulty="offre") == []


def test_one_relation_seen_from_two_scopes_counts_once() -> None:
    twice = [entry("R-A", False, "debut", "fin")] * 2
    assert blamed(*twice, entry("R-B", False, "fin")) == [("fin", ["R-A", "R-B"])]


def test_a_delay_counted_from_a_wrong_day_is_not_late() -> None:
    awaited = Datum(SOURCE, ("fin",), 1, "restitution.yaml", ("date",))
    late = Entry("R-L", Relation((awaited,), False, "R-L", late=True))
    assert blamed(late) == [("fin", ["R-L"])]
    assert blamed(late, entry("R-A", False, "debut", "fin")) == [("fin", ["R-A"])]


def test_thousands_of_faults_are_weighed_in_the_time_of_as_many() -> None:
    # Two hundred lists of a hundred: each of twenty thousand relations has a datum of its own.
    relations = [entry("R-A", False, f"a{n % 200}", f"b{n}") for n in range(20_000)]
    begun = time.process_time()
    told = blamed(*relations, *(entry("R-B", False, f"b{n}") for n in range(0, 20_000, 2)))
    assert len(told) == 10_200
    # A second or less; minutes when each blame looked at all that is broken.
    assert time.process_time() - begun < 20


def test_a_datum_loses_the_weight_of_what_another_explains() -> None:
    shared = [entry("R-A", False, "a", name) for name in ("b", "c", "d")]
    left = entry("R-B", False, "e", "b")
    assert blamed(*shared, left) == [("a", ["R-A"] * 3), ("b", ["R-B"])]
