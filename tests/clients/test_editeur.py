"""The YAML language server of editors on a workspace that `dla` has just made, without network."""

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.clients.installation import TOOLS, program
from tests.scenes import Lancer

pytestmark = pytest.mark.clients

SERVER = TOOLS / "node_modules/yaml-language-server/bin/yaml-language-server"
POISON = """
const refuse = () => { throw new Error("network access"); };
const net = require("net");
net.Socket.prototype.connect = refuse;
for (const name of ["http", "https"]) {
  require(name).request = refuse;
  require(name).get = refuse;
}
globalThis.fetch = refuse;
"""
FOLDER = "dossiers/structures"
FILLED = {
    "forme_juridique:": "forme_juridique: association_1901",
    'siret: ""': 'siret: "01271830000010"',
    "  voie:": "  voie: 2 place du Lavoir",
    '  code_postal: ""': '  code_postal: "84400"',
    "  commune:": "  commune: Apt",
    'departement: ""': 'departement: "84"',
    "secteur:": "secteur: environnement",
    "employeuse:": "employeuse: true",
    "  - prenom:": "  - prenom: Odile",
    "    nom:": "    nom: Marchetti",
}
"""What a person writes in a new fiche de structure, line by line."""


class Editor:
    """An editor that speaks to the server, as far as these tests need one."""

    def __init__(self, root: Path, poison: Path) -> None:
        self.root = root
        node = [program("node"), "--require", str(poison), str(SERVER), "--stdio"]
        # Where proxies lead nowhere, what is fetched in spite of the poison fails.
        closed = {name: "http://127.0.0.1:9" for name in ("HTTP_PROXY", "HTTPS_PROXY")}
        pipe = subprocess.PIPE
        self.server = subprocess.Popen(
            node, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, env={**os.environ, **closed}
        )
        self.count = 0
        self.uri = ""
        self.told: dict[str, list[Any]] = {}
        self.settings = json.loads((root / ".vscode/settings.json").read_text(encoding="utf-8"))
        folder = {"uri": root.as_uri(), "name": "espace"}
        self.ask(
            "initialize",
            processId=None,
            rootUri=root.as_uri(),
            workspaceFolders=[folder],
            capabilities={"workspace": {"configuration": True}},
        )
        self.send("initialized", {})

    def send(self, method: str, params: Any, **more: Any) -> None:
        body = json.dumps({"jsonrpc": "2.0", "method": method, "params": params, **more}).encode()
        self.write(body)

    def write(self, body: bytes) -> None:
        assert self.server.stdin
        self.server.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.server.stdin.flush()

    def ask(self, method: str, **params: Any) -> Any:
        self.count += 1
        self.send(method, params, id=self.count)
        while True:
            message = self.read()
            if message.get("id") == self.count and "method" not in message:
                assert "error" not in message, message
                return message["result"]

    def read(self) -> dict[str, Any]:
        """The next message; what the server asks or tells meanwhile is dealt with."""
        assert self.server.stdout
        size = 0
        while line := self.server.stdout.readline().strip():
            name, _, value = line.partition(b":")
            size = int(value) if name.lower() == b"content-length" else size
        message: dict[str, Any] = json.loads(self.server.stdout.read(size))
        if "method" in message and "id" in message:
            asked = message["params"].get("items", []) if message["params"] else []
            answer = [self.section(item["section"]) for item in asked] or None
            self.write(
                json.dumps({"jsonrpc": "2.0", "id": message["id"], "result": answer}).encode()
            )
        if message.get("method") == "textDocument/publishDiagnostics":
            self.told[message["params"]["uri"]] = message["params"]["diagnostics"]
        return message

    def section(self, name: str) -> Any:
        """The settings of a name, as an editor gives them: nested, not dotted."""
        found: dict[str, Any] = {}
        for key, value in self.settings.items():
            if key.startswith(f"{name}."):
                *parents, last = key.removeprefix(f"{name}.").split(".")
                inner = found
                for parent in parents:
                    inner = inner.setdefault(parent, {})
                inner[last] = value
        return found

    def open(self, text: str) -> list[Any]:
        """What the server says of a text, opened as one more fiche of structure."""
        self.count += 1
        self.uri = (self.root / FOLDER / f"fiche-{self.count}.yaml").as_uri()
        document = {"uri": self.uri, "languageId": "yaml", "version": 1, "text": text}
        self.send("textDocument/didOpen", {"textDocument": document})
        while self.uri not in self.told:
            self.read()
        return self.told[self.uri]

    def at(self, method: str, line: int, column: int) -> Any:
        where = {"line": line, "character": column}
        return self.ask(method, textDocument={"uri": self.uri}, position=where)

    def close(self) -> None:
        self.server.kill()
        for stream in (self.server.stdin, self.server.stdout):
            assert stream
            stream.close()
        self.server.wait()


@pytest.fixture(scope="module")
def espace_neuf(lancer: Lancer, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `dla init` and `dla new` make."""
    root = tmp_path_factory.mktemp("editeur") / "Mes dossiers"
    assert lancer("init", root).exit_code == 0
    assert lancer("new", "structure", "Les Jardins du Lien", espace=root).exit_code == 0
    return root


@pytest.fixture(scope="module")
def editeur(espace_neuf: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    poison = tmp_path_factory.mktemp("poison") / "poison.cjs"
    poison.write_text(POISON, encoding="utf-8")
    editor = Editor(espace_neuf, poison)
    yield editor
    editor.close()


@pytest.fixture(scope="module")
def rempli(espace_neuf: Path) -> str:
    """The fiche once a person has filled it."""
    lines = (
        (espace_neuf / FOLDER / "les-jardins-du-lien.yaml").read_text(encoding="utf-8").splitlines()
    )
    return "\n".join(FILLED.get(line, line) for line in lines) + "\n"


def test_the_poison_stops_the_network(tmp_path: Path) -> None:
    poison = tmp_path / "poison.cjs"
    poison.write_text(POISON, encoding="utf-8")
    for code in ("fetch('http://127.0.0.1:9')", "require('net').connect(9, '127.0.0.1')"):
        command = [program("node"), "--require", str(poison), "-e", code]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
        assert "network access" in done.stderr


def test_a_correct_file_is_said_correct(editeur: Editor, rempli: str) -> None:
    assert editeur.open(rempli) == []


@pytest.mark.parametrize("modeline", [True, False])
def test_a_fault_is_told_at_its_line(editeur: Editor, rempli: str, modeline: bool) -> None:
    # Without the modeline, .vscode/settings.json alone leads to the schema.
    text = rempli if modeline else rempli.partition("\n")[2]
    text = text.replace("employeuse: true", "employeuse: parfois")
    line = text.splitlines().index("employeuse: parfois")
    told = editeur.open(text)
    # The condition of the schema (R-ELI-01) is told beside the type: an editor applies both.
    assert {one["range"]["start"]["line"] for one in told} == {line}
    assert "boolean" in " ".join(one["message"] for one in told)


def test_a_fault_in_a_shared_fragment_is_told(editeur: Editor, rempli: str) -> None:
    text = rempli.replace("  commune: Apt", "  comune: Apt")
    told = editeur.open(text)
    assert "comune" in " ".join(one["message"] for one in told)


def test_a_key_is_proposed(editeur: Editor, rempli: str) -> None:
    text = f"{rempli}\ninst"
    editeur.open(text)
    line = len(text.splitlines()) - 1
    items = editeur.at("textDocument/completion", line, 4)["items"]
    assert "instance_dirigeante" in [item["label"] for item in items]


def test_a_choice_is_proposed(editeur: Editor, rempli: str) -> None:
    text = rempli.replace("secteur: environnement", "secteur: ")
    editeur.open(text)
    line = text.splitlines().index("secteur: ")
    items = editeur.at("textDocument/completion", line, 9)["items"]
    assert {"culture", "sport"} <= {item["label"] for item in items}


@pytest.mark.parametrize(
    ("words", "said"),
    [("denomination:", "### Dénomination"), ("  code_postal:", "Cinq chiffres")],
    ids=["cle", "fragment"],
)
def test_hover_says_what_a_key_is_in_french(
    editeur: Editor, rempli: str, words: str, said: str
) -> None:
    editeur.open(rempli)
    lines = rempli.splitlines()
    line = next(i for i, text in enumerate(lines) if text.startswith(words))
    shown = editeur.at("textDocument/hover", line, words.index(words.strip()) + 2)
    assert said in shown["contents"]["value"]
