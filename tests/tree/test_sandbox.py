"""What a template reaches: plain data, whoever wrote it and whatever it tries."""

import datetime
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from decimal import Decimal
from functools import partial
from pathlib import Path
from types import NoneType
from typing import Any

import jinja2
import pytest
from jinja2 import runtime
from jinja2.environment import TemplateModule
from jinja2.utils import Namespace
from markupsafe import Markup

from dla_docs.agenda.addressees import Addressee
from dla_docs.context.amendments import Change
from dla_docs.context.completeness import Asked, Completeness, Datum, Held, Holder, Lack
from dla_docs.context.computed import Computed, Copy
from dla_docs.context.context import Cover, build_context
from dla_docs.context.disclosed import Constat
from dla_docs.context.lacks import Owed
from dla_docs.context.offers import Offer
from dla_docs.context.payment import Payment
from dla_docs.context.personal import Personal
from dla_docs.context.pictured import Comparison, Mean
from dla_docs.context.points import Point
from dla_docs.context.proposition_control import PropositionControl
from dla_docs.context.ranking import Rank
from dla_docs.context.report_control import ReportControl
from dla_docs.context.surveys import Answers, Awaited, Form, Side, Theme
from dla_docs.context.tallied import Row
from dla_docs.context.verdict import Condition, State, Verdict
from dla_docs.context.views import Bundle, Function, TemplateFault, View
from dla_docs.documents.convened import Convened
from dla_docs.documents.documents import documents
from dla_docs.documents.kit import Kit, KitLogo, Piece
from dla_docs.documents.logos import Logo
from dla_docs.flow import Examined
from dla_docs.gather.figures import Figure
from dla_docs.gather.parts import Part
from dla_docs.model.values import Code, Euros, Missing, Moyenne, Pourcent, Riche
from dla_docs.tree import allowed
from dla_docs.tree.filters import Heading, Model, Printer
from dla_docs.tree.sandbox import Forbidden, Sandbox
from dla_docs.tree.template import handed

PLAIN = {str, Markup, Code, Riche, Missing, State, int, bool, float, Decimal, Euros, Pourcent}
PLAIN |= {Moyenne, NoneType, datetime.date, datetime.timedelta}
LISTS = {list, tuple, dict, range, type({}.keys()), type({}.values()), type({}.items())}
RECORDS = {Change, Computed, Condition, Constat, Copy, Cover, Heading, Logo, Point, Rank, Verdict}
RECORDS |= {Answers, Awaited, Convened, Form, Side, Theme}
RECORDS |= {Comparison, Mean}
RECORDS |= {
    Addressee,
    Kit,
    KitLogo,
    Model,
    Offer,
    Owed,
    Payment,
    Piece,
    PropositionControl,
    ReportControl,
}
GATHERED = {Figure, Part, Asked, Completeness, Datum, Held, Holder, Lack, Personal}
OURS = {View, Bundle, Function, Row}
JINJA = {Namespace, TemplateModule, runtime.BlockReference, runtime.LoopContext, runtime.Macro}
JINJA |= {runtime.TemplateReference}
ALLOWED = PLAIN | LISTS | RECORDS | GATHERED | OURS | JINJA
"""The only types a template may meet; a value of another one has no business in a document."""
TRIED = (
    "path parent read_text write_text open name stem absolute resolve cwd home __class__ __init__ "
    "__globals__ __dict__ __mro__ __subclasses__ __getattribute__ __reduce__ __func__ __self__ "
    "_lens _data _source _schema corpus workspace root gi_frame f_globals func_globals mro format "
    "format_map translate environment _environment _func func call _context blocks render module"
).split()
"""Names that an attacker asks of any value, besides those it has."""
ARGUMENTS: tuple[tuple[Any, ...], ...] = ((), ("x",), (0,), ([],), ("dossier.titre",), (None,))

Essayer = Callable[..., str]


def sandbox(**templates: str) -> Sandbox:
    return Sandbox(loader=jinja2.DictLoader(templates), finalize=Printer())


@pytest.fixture
def essayer() -> Essayer:
    """`essayer("{{ x }}", x=1)`: what a template makes of some values."""

    def fill(template: str, **names: Any) -> str:
        return sandbox(essai=template).get_template("essai").render(names)

    return fill


def steps(env: Sandbox, value: Any, first: bool) -> Iterator[Any]:
    """All that one step from a value gives: by name, by item, by call, from one to the next.

    What no value of its type should give is asked of the `first` alone.
    """
    names = {*dir(value), *TRIED} if first else {n for n in dir(value) if n[0] != "_"}
    if isinstance(value, View):
        names |= set(value._schema.get("properties", {}))
    keys = list(value) if type(value) in LISTS else []
    for name in (*names, *keys, 0):
        yield from attempt(env.getitem, value, name)
        yield from attempt(env.getattr, value, name)
    if type(value) in LISTS:
        yield from (*value, *(value.values() if type(value) is dict else ()))
    for given in ARGUMENTS:
        yield from attempt(env.call, None, value, *given)


def attempt(reach: Callable[..., Any], *given: Any) -> Iterator[Any]:
    with suppress(TemplateFault, TypeError, ValueError, LookupError, AttributeError):
        yield reach(*given)


def mark(value: Any) -> object:
    """What makes walking a value again useless."""
    if isinstance(value, View):
        return (str(value._path), id(value._data), value._lens.audience)
    if type(value) is Function:
        what = value.call.args if isinstance(value.call, partial) else value.call
        return str(what) if isinstance(what, tuple) else getattr(what, "__qualname__", what)
    if type(value) is Row:
        return value._table.name
    if type(value) in GATHERED:
        # Hundreds of figures, of few shapes.
        return (type(value), *map(mark, vars(value).values()))
    if type(value) in LISTS:
        return (type(value), *dict.fromkeys(map(mark, value)))
    return type(value) if type(value) in PLAIN else id(value)


def reachable(env: Sandbox, roots: list[Any], met: set[object]) -> Iterator[Any]:
    kept = list(roots)
    for value in kept:
        yield value
        if type(value) in ALLOWED - JINJA and mark(value) not in met:
            met.add(mark(value))
            kept.extend(steps(env, value, type(value) not in met))
            met.add(type(value))


def test_a_template_reaches_plain_data_only(examen: Examined) -> None:
    wrong: dict[type, str] = {}
    met: set[object] = set()
    for kind in examen.types:
        found = documents(examen.corpus, {kind: examen.types[kind]})
        document = next(d for d in found if d.date)
        given = (examen.findings, examen.rules, examen.day, examen.types)
        context = build_context(document, examen.corpus, *given)
        env = sandbox()
        roots = [*handed(context).values(), *env.globals.values()]
        wrong |= {type(v): kind for v in reachable(env, roots, met) if type(v) not in ALLOWED}
    assert wrong == {}


ESCAPES = [
    "''.__class__.__mro__[1].__subclasses__()",
    "''['__class__']",
    "''|attr('__class__')",
    "document.__init__.__globals__",
    "document['__class__']",
    "dossier._data",
    "dossier['_lens']",
    "logos[0].path",
    "logos[0].pointer.__class__",
    "[document]|map(attribute='__class__')|list",
    "[dossier]|map(attribute='_source.path')|list",
    "[document]|sort(attribute='__class__')",
    "[document]|groupby('__class__')",
    "[document]|unique(attribute='__init__.__globals__')|list",
    "[document]|min(attribute='__class__')",
    "[document]|selectattr('__class__')|list",
    "document|pprint",
    "document|tojson",
    "document|string",
    "document|upper",
    "document|xmlattr",
    "[dossier]|string",
    "[dossier]|join",
    "[dossier]|first|string",
    "'x'|replace('x', dossier)",
    "['a', 'b']|join(calculs)",
    "2|compte(calculs)",
    "['a', 'b']|enumere(calculs)",
    "'x'|format(dossier)",
    "'%r'|format(dossier)",
    "'%r' % dossier",
    "'%s' % [dossier]",
    "'{0.__class__}'.format(dossier)",
    "'{x.__class__}'.format_map({'x': dossier})",
    "section('rappel').format(dossier)",
    "section('rappel').join([calculs])",
    "section('rappel') % calculs",
    "section('rappel').replace('R', calculs)",
    "section.call",
    "section.__globals__",
    "section(calculs)",
    "accord.call.args",
    "accord(calculs)",
    "calculs._lens",
    "dossier ~ ''",
    "calculs ~ ''",
    "[calculs] ~ ''",
    "{'a': calculs} ~ ''",
    "'' ~ section",
    "'' ~ range(3)",
    "dict.fromkeys('ab')",
    "dict.call",
    "namespace(a=1).__class__",
    "namespace(a=1)._Namespace__attrs",
    "namespace(a=1)",
    "cycler('a')",
    "joiner('a')",
    "lipsum()",
    "[1, 2]|random",
    "self._TemplateReference__context",
    "self.__init__",
    "range.__self__",
    "''.join.__self__",
    "document.date.strftime('%Y')",
    "document.date.__reduce__()",
    "document.date.today()",
    "(1).__class__",
    "(1).real",
    "1 is callable",
    "'x' is filter",
    "dossier is upper",
    "'%99999999d' is even",
    "'%99999999d' is divisibleby(5)",
    "dossier in 'x'",
    "dossier + 'x'",
    "logos / 'x'",
    "calculs()",
    "dossier()",
    "document.titre.translate({})",
    "'x'.encode()",
    "'x'.center(9)",
    "'x'.zfill(9)",
    "'x'.expandtabs(9)",
]


@pytest.mark.parametrize("tried", ESCAPES)
def test_what_leads_out_of_the_data_is_refused(
    tried: str, essayer: Essayer, donnees: dict[str, Any]
) -> None:
    template = "{% block b %}{{ " + tried + " }}{% endblock %}"
    with pytest.raises((TemplateFault, Forbidden, TypeError, ValueError)) as caught:
        essayer(template, **donnees)
    assert not re.search(r" at 0x|object|/work|/tmp|module", str(caught.value))


@pytest.fixture(scope="module")
def donnees(examen: Examined) -> dict[str, Any]:
    """What the fiche of an accueil may read."""
    kind = {"fiche-accueil": examen.types["fiche-accueil"]}
    document = next(d for d in documents(examen.corpus, kind) if d.date)
    return handed(build_context(document, examen.corpus))


def test_what_jinja_adds_by_itself_gives_nothing_more(essayer: Essayer) -> None:
    seen: list[Any] = []
    keep = Function(lambda value: seen.append(value) or "")
    template = """
{% macro m() %}{{ voir(caller) }}{{ voir(varargs) }}{{ voir(kwargs) }}{{ caller() }}{% endmacro %}
{% call m(1, a=2) %}{{ voir(m) }}{% endcall %}
{% for x in [1, 2] recursive %}{{ voir(loop) }}{% endfor %}
{% block b %}{{ voir(self) }}{{ voir(self.b) }}{% endblock %}
{% set n = namespace(a=1) %}{{ voir(n) }}{{ voir([3, 4] | map('abs')) }}{{ voir({}.items()) }}
"""
    essayer(template, voir=keep)
    env = sandbox()
    given = [step for value in seen for step in steps(env, value, True)]
    assert {type(v) for v in (*seen, *given)} <= ALLOWED
    assert JINJA - {type(v) for v in seen} == {TemplateModule}


BOMBS = [
    "{{ 'a' * 10 ** 10 }}",
    "{% set n = namespace(a='ab') %}{% for i in range(99) %}{% set n.a = n.a ~ n.a %}{% endfor %}",
    "{% set n = namespace(a='ab') %}{% for i in range(99) %}{% set n.a = n.a + n.a %}{% endfor %}",
    "{% set n = namespace(a=[1]) %}{% for i in range(99) %}{% set n.a = n.a + n.a %}{% endfor %}",
    "{% set n = namespace(a=9) %}{% for i in range(99) %}{% set n.a = n.a * n.a %}{% endfor %}",
    "{% macro f(n) %}{% if n %}{{ f(n - 1) }}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(60) }}",
    "{% macro f(n) %}a{% if n %}{{ f(n - 1) * 2 }}{% endif %}{% endmacro %}{{ f(60) }}",
    "{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}",
    "{% for i in range(999) %}{% for j in range(999) %}mot {% endfor %}{% endfor %}",
    "{% set b %}{% for i in range(99999) %}douze lettres{% endfor %}{% endset %}{{ b }}",
    "{% set b = 'a' * 99999 %}{% for i in range(9999) %}{% set c = b | upper %}{% endfor %}",
    "{% set b = 'a' * 999999 %}{{ b | replace('a', b) }}",
    "{% set b = 'a' * 999999 %}{{ b.replace('a', b) }}",
    "{% set b = 'a' * 9999 %}{{ b.join(b | list) }}",
    "{% set b = 'a' * 9999 %}{{ b | join(b) }}",
    "{% set b = 'a,' * 499999 %}{{ b.split(',') | length }}",
    "{{ [1] | batch(10 ** 9, 0) | list | length }}",
    "{{ [1] | slice(10 ** 9) | list | length }}",
    "{{ range(10 ** 9) | list | length }}",
    "{{ range(0, 10 ** 30, 1) | length }}",
    "{{ 9 ** (9 ** 9) }}",
    "{{ 5 | round(-10 ** 9) }}",
    "{{ ('9' * 4000) | int }}",
    "{{ enorme | int }}",
    "{% for x in [1] recursive %}{{ loop([1]) }}{% endfor %}",
    "{% for i in range(1200) %}{% if -1.5 in l %}{% endif %}{% endfor %}",
    "{% for i in range(1200) %}{% if -1.5 not in l %}{% endif %}{% endfor %}",
    "{% for i in range(1200) %}{% if 1.5 is in l %}{% endif %}{% endfor %}",
    "{% for i in range(1200) %}{% if l == m %}{% endif %}{% endfor %}",
    "{% for i in range(1200) %}{% if l < m %}{% endif %}{% endfor %}",
    "{% for i in range(1200) %}{% if l is eq m %}{% endif %}{% endfor %}",
    "{% for i in range(1200) %}{% if 'b' in t %}{% endif %}{% endfor %}",
    "{% for i in range(1200) %}{% if t == t ~ 'b' %}{% endif %}{% endfor %}",
    "{% for i in range(1200) %}{{ t.count('b') }}{% endfor %}",
    "{% for i in range(1200) %}{{ l.count(-1) }}{% endfor %}",
    "{% for i in range(1200) %}{{ l[1:] | length }}{% endfor %}",
    "{% for i in range(1200) %}{{ t[1:] | length }}{% endfor %}",
    "{% for i in range(1200) %}{{ l | sort | first }}{% endfor %}",
    "{% for i in range(1200) %}{{ l | max }}{% endfor %}",
    "{% for i in range(1200) %}{{ l | unique | first }}{% endfor %}",
    "{% for i in range(1200) %}{{ l | select('in', [1]) | length }}{% endfor %}",
    "{% for i in range(9000) %}{% set a = [" + "1, " * 2000 + "] %}{% endfor %}",
    "{% for i in range(9000) %}{% set a = {" + "1: 1, " * 2000 + "} %}{% endfor %}",
    "{% macro f() %}" + "{% if 1 %}{% endif %}" * 2000 + "{% endmacro %}"
    "{% for i in range(9000) %}{{ f() }}{% endfor %}",
    "{% set n = namespace(a=[1], b=[1]) %}{% for i in range(60) %}{% set n.a = [n.a, n.a] %}"
    "{% set n.b = [n.b, n.b] %}{% endfor %}{% if n.a == n.b %}{% endif %}",
    "{% set n = namespace(a=(1, 1)) %}{% for i in range(60) %}{% set n.a = (n.a, n.a) %}"
    "{% endfor %}{{ {n.a: 1} }}",
    "{% set n = namespace(a=(1, 1)) %}{% for i in range(60) %}{% set n.a = (n.a, n.a) %}"
    "{% endfor %}{{ [n.a, n.a] | unique | list | length }}",
    "{% set n = namespace(a=[1]) %}{{ n.a.append(n.a) }}{{ [n.a, n.a] | sort | length }}",
    "{{ range(0, 2**61 * 9000, 2**61 - 1) | unique | list | length }}",
    "{{ [[1]] | sort(attribute='9' * 5000) }}",
    "{{ l | map(attribute='real.' * 5000 ~ 'real') | list | length }}",
    "{{ (10.0 ** 300 * 10.0 ** 300) | euros }}",
    "{{ 1e999 | euros }}",
    "{{ (1e999 - 1e999) | euros }}",
    "{{ (-8) ** 0.5 }}",
    "{% include 'essai' %}",
    "{% import 'essai' as e %}",
    "{% extends 'essai' %}",
]


LONG = list(range(90_000))


@pytest.mark.parametrize("bomb", BOMBS, ids=range(len(BOMBS)))
def test_what_grows_without_end_is_refused(bomb: str, essayer: Essayer) -> None:
    with pytest.raises((TemplateFault, jinja2.TemplateSyntaxError, RecursionError)):
        essayer(bomb, enorme=Decimal("1E+999999"), l=LONG, m=[*LONG], t="a" * 99_999)


def test_what_a_person_writes_goes_through(essayer: Essayer) -> None:
    lines = [{"nom": "Ormeau", "jours": 2, "jour": datetime.date(2025, 3, 1)}, {"nom": "Abeille"}]
    template = (
        "{{ lignes | map(attribute='nom') | sort | join(', ') | upper }} "
        "{{ [3, 1, 2] | max | default('') }}"
        "{% for nom, listees in lignes | groupby('nom') %} {{ nom }}{{ listees | length }}"
        "{% endfor %} {{ 'Le ' ~ (lignes[0].jour.year + 1) }} {{ 'a-b'.split('-') | last }} "
        "{{ lignes[0].get('absent', 'rien') }} {{ (7 / 2) | round | int }} {{ 'mot ' * 2 }}"
    )
    made = essayer(template, lignes=lines)
    assert made == r"ABEILLE\, ORMEAU 3 Abeille1 Ormeau1 Le 2026 b rien 4 mot mot"


@pytest.mark.parametrize("name", ["first", "last"])
def test_an_empty_list_has_neither_first_nor_last_and_one_may_ask(
    name: str, essayer: Essayer
) -> None:
    assert essayer(f"{{% set un = [] | {name} %}}{{{{ 'oui' if un else 'aucun' }}}}") == "aucun"


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("{{ 'x' | lowr }}", "le filtre « lowr » n’existe pas (vouliez-vous dire « lower » ?)"),
        ("{{ 'x' | pprint }}", "sont permis : abs, au, batch, capitalize"),
        ("{% filter pprint %}x{% endfilter %}", "le filtre « pprint » n’existe pas"),
        ("{% if 1 is calable %}{% endif %}", "le test « calable » n’existe pas"),
        ("{% autoescape false %}{% endautoescape %}", "« {% autoescape %} » n’existe pas"),
        ("{{ 'x'.uper() }}", "« uper » n’existe pas pour un texte (vouliez-vous dire « upper » ?)"),
        ("{{ 'x' + 1 }}", "« + » ne s’emploie pas entre un texte et un nombre"),
        (
            "{% for x in none %}{% endfor %}",
            "« for » attend une liste, et a reçu une donnée absente",
        ),
        ("{{ [] | upper }}", "« upper » n’a pas reçu un texte, mais une liste"),
        ("{{ 'x' | abs }}", "« abs » ne s’emploie pas sur un texte"),
        ("{{ 1() }}", "un nombre ne s’appelle pas avec des parenthèses"),
    ],
)
def test_what_is_refused_is_told_with_what_is_allowed(
    template: str, words: str, essayer: Essayer
) -> None:
    with pytest.raises((TemplateFault, Forbidden)) as caught:
        essayer(template)
    assert words in str(caught.value)


def said(guide: str, line: str) -> set[str]:
    """The names that a line of the guide's table gives, without their arguments."""
    (cells,) = (row for row in guide.splitlines() if row.startswith(f"| {line} |"))
    return set(re.findall(r"`(\w+)[^`]*`", cells.split("|")[2]))


def test_the_guide_says_all_that_is_allowed(racine: Path) -> None:
    guide = (racine / "docs/guides/ecrire-un-gabarit.md").read_text(encoding="utf-8")
    kinds = ("filtres de `dla`", "filtres de listes", "filtres de textes", "autres filtres")
    assert set().union(*(said(guide, kind) for kind in kinds)) == allowed.FILTERS
    named = {name for name in allowed.TESTS if name.isalpha()}
    assert said(guide, "tests (`is …`)") == named
    assert said(guide, "fonctions") == allowed.GLOBALS | {"accord", "modele", "prevus", "section"}
    assert said(guide, "méthodes d’un texte") == allowed.METHODS[str]
    assert said(guide, "méthodes d’une liste") == allowed.METHODS[list]
    assert said(guide, "méthodes d’un dictionnaire") == allowed.METHODS[dict]
    date = datetime.date
    assert said(guide, "d’une date") == allowed.FIELDS[date] | allowed.METHODS[date]
    assert said(guide, "d’un logo") == allowed.FIELDS[Logo]


HOSTILE: list[Any] = [
    *(
        "",
        "é" * 9_000,
        "9" * 9_000,
        "nan",
        "²",
        "\ud800",
        Markup("**"),
        Code("a", "A"),
        Riche("x", ""),
    ),
    *(Missing("m"), 0, -1, True, 2**70, 10**290, -(10**290), 10**400, 0.0, 1e308, -1e-308),
    *(
        float("inf"),
        float("-inf"),
        float("nan"),
        Decimal("NaN"),
        Decimal("sNaN"),
        Decimal("Infinity"),
    ),
    *(Decimal("1E+999999"), Decimal("-1E-999999"), Euros("1E+299"), Pourcent("0.1"), None),
    *(datetime.date.max, datetime.timedelta.max, [], [1, "a"], [[1]], (), (None,), {}, {"a": 1}),
    *({1: "a", "b": 2}, range(3), {}.keys(), [float("nan"), 1], [Decimal("sNaN")], [None, 1]),
]
"""Plain values of every type, among them what a computation or a slip of the hand may make."""


@pytest.mark.parametrize("name", sorted(allowed.FILTERS))
def test_a_filter_refuses_or_gives_whatever_it_receives(name: str) -> None:
    env = sandbox()
    context = env.from_string("").new_context()
    given = [(), *((value,) for value in HOSTILE)]
    for value in HOSTILE:
        for others in given:
            env.allowance.renew()
            with suppress(TemplateFault):
                made = env.call_filter(name, value, list(others), {}, context)
                attempt_print(env, made)


def attempt_print(env: Sandbox, value: Any) -> None:
    assert env.finalize is not None
    with suppress(TemplateFault):
        printed = env.finalize(value)
        assert len(printed) < 100_000


@pytest.mark.parametrize("name", sorted(allowed.TESTS))
def test_a_test_refuses_or_answers_whatever_it_receives(name: str) -> None:
    env = sandbox()
    context = env.from_string("").new_context()
    for value in HOSTILE:
        for others in [(), *((value,) for value in HOSTILE)]:
            env.allowance.renew()
            with suppress(TemplateFault):
                assert env.call_test(name, value, list(others), {}, context) in (True, False)


def test_a_document_that_counts_many_dossiers_may_do_more() -> None:
    env = sandbox(
        essai="{% for _ in range(99999) %}{% for _ in range(99) %}{% endfor %}{% endfor %}"
    )
    template = env.get_template("essai")
    with pytest.raises(TemplateFault, match="tours de boucle"):
        template.render()
    env.allowance.renew(lines=1_000_000)
    assert template.render() == ""


@pytest.mark.parametrize(
    "sign", ["+", "-", "*", "/", "//", "%", "**", "~", "<", "<=", "==", "in", "not in"]
)
def test_an_operation_refuses_or_gives_whatever_it_receives(sign: str) -> None:
    env = sandbox(essai="{% set r = a " + sign + " b %}{{ voir(r) }}")
    template = env.get_template("essai")
    for one in HOSTILE:
        for other in HOSTILE:
            with suppress(TemplateFault):
                env.allowance.renew()
                template.render(
                    a=one, b=other, voir=Function(lambda made: attempt_print(env, made))
                )
