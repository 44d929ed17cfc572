"""Templates of anyone, from a grammar of Jinja: a text or a fault at its line, and no address."""

import re
from pathlib import Path

import pytest
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from dla_docs.context.context import Context, build_context
from dla_docs.documents.documents import documents
from dla_docs.documents.types import TEMPLATE
from dla_docs.flow import examine
from dla_docs.model.errors import TemplateError
from dla_docs.model.workspace import Workspace
from dla_docs.tree import allowed
from dla_docs.tree.template import Templates, handed
from tests.fuzz.fuzzing import fuzzed
from tests.fuzz.grammars import texts
from tests.scenes import JOUR, ROOT, copy_dossier

KIND = "fiche-accueil"
NAMES = tuple(
    "dossier structure document territoire operateur calculs logos section sections constats loop "
    "self caller varargs kwargs range dict namespace cycler x y m f".split()
)
FIELDS = tuple(
    sorted(
        {name for names in (*allowed.FIELDS.values(), *allowed.METHODS.values()) for name in names}
    )
) + tuple(
    "titre date type demande nom chemin path _data _lens __class__ __init__ __globals__ call "
    "mro format strftime super x y".split()
)
LITERALS = (
    "0 1 -1 2 10 99999 10**9 1e9 1.5 '' 'a' '%s' '%99d' '{0.x}' 'titre' [] {} () none true false "
    "[1,2] {'a':1} (1,) ['b','a'] '\\u202e' '\\n' '<b>' 'a'*50"
).split()
OPERATORS = "+ - * / // % ** ~ and or == != < in >= |".split()
FILTERS = (
    *sorted(allowed.FILTERS),
    *"attr pprint tojson format random xmlattr safe e list".split(),
)
TESTS = (*sorted(n for n in allowed.TESTS if n.isalpha()), "callable", "filter", "escaped")
leaves = st.sampled_from(NAMES) | st.sampled_from(LITERALS)


def _grown(inner: SearchStrategy[str]) -> SearchStrategy[str]:
    fields, given = st.sampled_from(FIELDS), st.lists(inner, max_size=2).map(", ".join)
    return st.one_of(
        st.builds("{}.{}".format, inner, fields),
        st.builds("{}['{}']".format, inner, fields),
        st.builds("{}[{}]".format, inner, inner),
        st.builds("{}[{}:{}]".format, inner, inner, inner),
        st.builds("{}({})".format, inner, given),
        st.builds("{}.{}({})".format, inner, fields, given),
        st.builds("({} {} {})".format, inner, st.sampled_from(OPERATORS), inner),
        st.builds("({} | {}({}))".format, inner, st.sampled_from(FILTERS), given),
        st.builds("({} | {}('{}'))".format, inner, st.sampled_from(FILTERS), fields),
        st.builds("({} | {}(attribute='{}'))".format, inner, st.sampled_from(FILTERS), fields),
        st.builds("({} is {} {})".format, inner, st.sampled_from(TESTS), inner),
        st.builds("({} is {})".format, inner, st.sampled_from(TESTS)),
        st.builds("({} if {} else {})".format, inner, inner, inner),
        st.builds("[{}, {}]".format, inner, inner),
        st.builds("{{{}: {}}}".format, inner, inner),
        st.builds("(not {})".format, inner),
        st.builds("dict(a={})".format, inner),
    )


expressions = st.recursive(leaves, _grown, max_leaves=8)
shown = expressions.map("{{{{ {} }}}}".format)
statements = st.one_of(
    shown,
    st.builds("{{% for x in {} %}}{{{{ {} }}}}{{% endfor %}}".format, expressions, expressions),
    st.builds("{{% for x, y in {} %}}{}{{% endfor %}}".format, expressions, shown),
    st.builds(
        "{{% for x in {} recursive %}}{{{{ loop({}) }}}}{{% endfor %}}".format, leaves, leaves
    ),
    st.builds("{{% set x = {} %}}{}".format, expressions, shown),
    st.builds("{{% set x %}}{}{{% endset %}}{}".format, shown, shown),
    st.builds("{{% if {} %}}{}{{% endif %}}".format, expressions, shown),
    st.builds(
        "{{% macro m(x={}) %}}{}{{% endmacro %}}{{{{ m({}) }}}}".format, leaves, shown, leaves
    ),
    st.builds("{{% call(x) {} %}}{}{{% endcall %}}".format, expressions, shown),
    st.builds("{{% filter {} %}}{}{{% endfilter %}}".format, st.sampled_from(FILTERS), shown),
    st.builds("{{% with x = {} %}}{}{{% endwith %}}".format, expressions, shown),
    st.builds("{{% include {} %}}".format, expressions),
    st.builds("{{% import {} as x %}}{}".format, expressions, shown),
    st.builds("{{% block {} %}}{}{{% endblock %}}".format, st.sampled_from(NAMES), shown),
    texts,
)
templates = st.lists(statements, max_size=3).map("\n".join)
ADDRESS = re.compile(r"\bat 0x|0x[0-9a-f]{6}|<[\w.]+ object|<(class|function|module|generator)\b")


class Ouvert:
    """A workspace whose fiche d'accueil has its own template, and what that template may read.

    Not a record: a failure would be told with all that it holds.
    """

    def __init__(self, root: Path, context: Context) -> None:
        self.root, self.context = root, context

    def fill(self, template: str) -> str:
        path = self.root / "templates" / KIND / TEMPLATE
        path.write_text(template, encoding="utf-8", errors="surrogatepass")
        return Templates(Workspace(self.root)).fill(self.context).markdown


@pytest.fixture(scope="module")
def ouvert(tmp_path_factory: pytest.TempPathFactory) -> Ouvert:
    root = copy_dossier(tmp_path_factory.mktemp("gabarits") / "espace")
    examined = examine(Workspace(root), JOUR, ("2025-003",))
    found = documents(examined.corpus, {KIND: examined.types[KIND]})
    (root / "templates" / KIND).mkdir(parents=True)
    return Ouvert(root, build_context(next(d for d in found if d.date), examined.corpus))


@fuzzed(templates, 170, seconds=10)
def test_gabarit_d_un_inconnu(case: str, ouvert: Ouvert) -> None:
    try:
        said = ouvert.fill(case)
        assert str(ROOT) not in said
        assert str(ouvert.root) not in said
    except TemplateError as error:
        assert error.message.startswith(("le gabarit", str(ouvert.root)))
        said = error.message
    assert not ADDRESS.search(said)


def test_the_names_of_the_grammar_are_those_of_a_context(ouvert: Ouvert) -> None:
    assert {"dossier", "document", "calculs", "logos"} <= set(handed(ouvert.context)) & set(NAMES)
