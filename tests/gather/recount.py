"""The figures of the bilan, recounted by another way: plain YAML, one function a figure.

Nothing of `dla` is used here: no table, no path, no schema. A dossier is the mapping of its files,
each ingénierie one more; `inside` tells whether a day, as written, is of the period.
"""

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

Inside = Callable[[Any], bool]
Made = tuple[list[dict[str, Any]], list[dict[str, Any]], dict[str, Any]]
"""The dossiers, the comités and the structures by name."""


def read(path: Path) -> Any:
    """A file whose every scalar is a text."""
    return yaml.load(path.read_text("utf-8"), yaml.BaseLoader) or {}


def workspace(root: Path) -> Made:
    data = root / "dossiers"
    dossiers = []
    for folder in sorted(path for path in data.iterdir() if path.name[:2] == "20"):
        one = {path.stem: read(path) for path in folder.glob("*.yaml")}
        missions = sorted((folder / "ingenieries").glob("*"))
        one["missions"] = [{p.stem: read(p) for p in m.glob("*.yaml")} for m in missions]
        dossiers.append(one)
    structures = {path.stem: read(path) for path in (data / "structures").glob("*.yaml")}
    return dossiers, [read(path) for path in sorted((data / "comites").glob("*.yaml"))], structures


def missions(dossiers: list[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    yield from ((one, mission) for one in dossiers for mission in one["missions"])


def signed(dossiers: list[dict[str, Any]], inside: Inside, type_: str = "") -> list[dict[str, Any]]:
    """The missions whose convention is of the period."""
    return [
        mission
        for _, mission in missions(dossiers)
        if inside(mission.get("convention", {}).get("date"))
        and type_ in ("", mission["ingenierie"]["type"])
    ]


def answers(dossiers: list[dict[str, Any]], inside: Inside) -> list[dict[str, Any]]:
    """The surveys of structures answered in the period."""
    every = (
        answer
        for _, mission in missions(dossiers)
        for answer in mission.get("evaluation", {}).get("beneficiaires", [])
    )
    return [answer for answer in every if inside(answer.get("date_reponse"))]


def provider_answers(dossiers: list[dict[str, Any]], inside: Inside) -> list[dict[str, Any]]:
    every = (m.get("evaluation", {}).get("prestataire", {}) for _, m in missions(dossiers))
    return [answer for answer in every if inside(answer.get("date_reponse"))]


def follow_ups(dossiers: list[dict[str, Any]], inside: Inside) -> list[dict[str, Any]]:
    every = (s for one in dossiers for s in one.get("suivi", {}).get("post_accompagnement", []))
    return [suivi for suivi in every if inside(suivi["date"])]


def consulted(dossiers: list[dict[str, Any]], inside: Inside) -> list[dict[str, Any]]:
    return [
        asked
        for _, mission in missions(dossiers)
        if inside(mission.get("consultation", {}).get("date_envoi"))
        for asked in mission["consultation"]["destinataires"]
    ]


def mean(notes: list[Any]) -> Decimal | None:
    """To the hundredth, half going up; questions without an answer left out."""
    given = [Decimal(note) for note in notes if note not in ("", "null", None)]
    return (
        (sum(given, Decimal(0)) / len(given)).quantize(Decimal("0.01"), "ROUND_HALF_UP")
        if given
        else None
    )


def jobs(listed: list[dict[str, Any]], moment: str) -> int:
    """Those of each structure, at its last follow-up."""
    both = [s for s in listed if "emplois_avant" in s and "emplois_apres" in s]
    last = {s["structure"]: s for s in sorted(both, key=lambda s: str(s["date"]))}
    return sum(int(s[moment]["salaries"]) for s in last.values())


def days(dossiers: list[dict[str, Any]], inside: Inside, *keys: str) -> int:
    """The missions that have, at some keys, a day of the period; of a list, one is enough."""
    found = 0
    for _, mission in missions(dossiers):
        data: Any = mission
        for key in keys:
            data = data.get(key, {}) if isinstance(data, dict) else data
        listed = [item["date"] for item in data] if isinstance(data, list) else [data]
        found += any(map(inside, listed))
    return found


def recounted(made: Made, inside: Inside) -> dict[str, Any]:
    """Every figure by its identifier."""
    dossiers, comites, structures = made
    asked = [d for d in dossiers if inside(d["dossier"]["demande"]["date"])]
    welcomed = [d for d in dossiers if inside(d.get("accueil", {}).get("date"))]
    diagnosed = [d for d in dossiers if inside(d.get("diagnostic", {}).get("date"))]
    agreed = [
        d for d in dossiers if inside(d.get("parcours", {}).get("validation", {}).get("date"))
    ]
    met = [c for c in comites if inside(c["date"])]
    own, provider = answers(dossiers, inside), provider_answers(dossiers, inside)
    followed, asked_of = follow_ups(dossiers, inside), consulted(dossiers, inside)
    notes = {f"note_{key}": mean([answer["notes"].get(key) for answer in own]) for key in THEMES}
    notes |= {
        f"note_{key}": mean([answer["notes"].get(key) for answer in provider])
        for key in ("collaboration_operateur", "collaboration_structure")
    }
    made_of = _structures(welcomed, agreed, signed(dossiers, inside), followed, structures)
    kinds = {kind: [d for d in diagnosed if d["dossier"]["type"] == kind] for kind in KINDS}
    return {
        **notes,
        **made_of,
        "demandes": len(asked),
        "demandes_par_prescripteur": len(asked),
        "accueils": len(welcomed),
        "diagnostics": len(diagnosed),
        "diagnostics_individuels": len(kinds["individuel"]),
        "diagnostics_collectifs": len(kinds["collectif"]),
        **_missions(dossiers, inside),
        "sollicitations": len(asked_of),
        "prestataires_consultes": len({one["prestataire"] for one in asked_of}),
        "alertes": sum(
            inside(alert["date"])
            for _, mission in missions(dossiers)
            for alert in mission.get("realisation", {}).get("alertes", [])
        ),
        "enquetes_envoyees": sum(
            inside(sent["date_envoi"])
            for _, mission in missions(dossiers)
            for sent in mission.get("evaluation", {}).get("beneficiaires", [])
        ),
        "enquetes_repondues": len(own),
        "enquetes_prestataires": len(provider),
        "plus_value": sum(bool(one.get("plus_value", {}).get("structure")) for one in own),
        "plus_value_emplois": sum(bool(one.get("plus_value", {}).get("emplois")) for one in own),
        "bilans_ingenierie": sum(
            inside(held.get("date"))
            for one in dossiers
            for held in one.get("suivi", {}).get("bilans", [])
        ),
        "salaries_avant": jobs(followed, "emplois_avant"),
        "salaries_apres": jobs(followed, "emplois_apres"),
        "preconisations": sum(len(s.get("preconisations", [])) for s in followed),
        "preconisations_faites": sum(
            p["avancement"] == "faite" for s in followed for p in s.get("preconisations", [])
        ),
        "comites": len(met),
        "organismes": len({m["organisme"] for c in met for m in c["membres"]}),
        "presentations": sum(len(c["dossiers"]) for c in met),
        "soutiens_proposes": sum(len(d.get("soutiens", [])) for c in met for d in c["dossiers"]),
    }


KINDS = ("individuel", "collectif")
THEMES = "modalites deroulement competences_prestataire resultats impact durabilite".split()


def _missions(dossiers: list[dict[str, Any]], inside: Inside) -> dict[str, Any]:
    held = signed(dossiers, inside)
    return {
        "ingenieries": len(held),
        "ingenieries_individuelles": len(signed(dossiers, inside, "individuel")),
        "ingenieries_collectives": len(signed(dossiers, inside, "collectif")),
        "missions_par_prestataire": len(held),
        "jours_ingenierie": sum(Decimal(m["convention"]["jours"]) for m in held),
        "montant_ingenierie": sum(_with_tax(m["convention"]["montant"]) for m in held),
        "cofinancements": sum(
            Decimal(part["montant"])
            for m in held
            for part in m["ingenierie"].get("cofinancements", [])
        ),
        "cofinanceurs": len(
            {p["financeur"] for m in held for p in m["ingenierie"].get("cofinancements", [])}
        ),
        "prestataires_retenus": len(
            {p["prestataire"] for m in held for p in m["convention"]["parties"]["prestataire"]}
        ),
        "lancements": days(dossiers, inside, "realisation", "lancement", "date"),
        "notes_mi_parcours": days(dossiers, inside, "realisation", "notes"),
        "restitutions": days(dossiers, inside, "restitution", "date"),
    }


def _with_tax(price: dict[str, Any]) -> Decimal:
    """A price with its tax: as written, or counted where it is left out."""
    tax = Decimal(price["ht"]) * Decimal(price["taux_tva"]) / 100
    return Decimal(price.get("ttc") or Decimal(price["ht"]) + round(tax, 2))


def _structures(
    welcomed: list[dict[str, Any]],
    agreed: list[dict[str, Any]],
    held: list[dict[str, Any]],
    followed: list[dict[str, Any]],
    files: dict[str, Any],
) -> dict[str, Any]:
    """The figures that count structures, each once whatever its dossiers."""
    received = {name for d in welcomed for name in d["dossier"]["structures"]}
    elsewhere = [d for d in welcomed if d["accueil"].get("decision") == "reorienter"]
    entered = {name for d in agreed for name in d["dossier"]["structures"]}
    helped = {name for m in held for name in m["ingenierie"]["structures"]}
    told = [s for s in followed if s.get("emplois_apres")]
    return {
        "structures_accueillies": len(received),
        "structures_accueillies_par_forme": len(received),
        "structures_accueillies_par_orientation": len(received),
        "reorientations": len({n for d in elsewhere for n in d["dossier"]["structures"]}),
        "structures_accompagnees": len(entered),
        "structures_accompagnees_par_orientation": len(entered),
        "structures_beneficiaires": len(helped),
        "structures_beneficiaires_par_orientation": len(helped),
        "structures_suivies": len({s["structure"] for s in followed}),
        "releves_entree": len({name for name in received if files[name].get("emplois")}),
        "releves_sortie": len({s["structure"] for s in told}),
    }
