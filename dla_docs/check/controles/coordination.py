"""Coordination: the cahier des charges, who is consulted, what they answer."""

from collections.abc import Iterator

from dla_docs.check.controles.case import Breach, Case, french, full_name
from dla_docs.check.controles.diagnostic import speaks_of_audit
from dla_docs.check.ledger import data_at
from dla_docs.model.likeness import likeness

BLOCKS = {"garde": 6, "rappel": 5, "modalites": 6}
"""Blocks of the 23 points that a proposition owes, the intervenants' six apart ([seed 002])."""


def r_cdc_02(case: Case) -> Iterator[Breach]:
    """The deadline comes after the day the order is sent ([seed 002])."""
    order = case.data("cahier-des-charges")
    deadline = (order.get("reponse") or {}).get("date_limite")
    if not case.holds("cahier-des-charges"):
        told = "des prestataires sont consultés sans cahier-des-charges.yaml"
        hint = "créez cahier-des-charges.yaml : la commande qui leur est envoyée"
        yield case.breach_at("consultation", ("cahier-des-charges.yaml",), told, hint)
        return
    sent = case.get("consultation", "date_envoi") or order.get("date")
    answers = [d.value for d in data_at(case, "consultation.destinataires[].date_reponse")]
    if sent and any(answer < sent for answer in answers):
        # A call sent after its answers is R-COH-02.
        return
    if deadline and sent and deadline <= sent:
        yield case.breach_at(
            "cahier-des-charges",
            ("reponse", "date_limite"),
            f"la date limite de réponse ({french(deadline)}) n’est pas postérieure à l’envoi "
            f"({french(sent)})",
            "laissez aux prestataires le temps de répondre : reculez la date limite",
        )


def r_cdc_03(case: Case) -> Iterator[Breach]:
    """An ingénierie carries out an action of the parcours ([seed 002])."""
    wanted = case.get("ingenierie", "action")
    actions = case.get("parcours", "actions") or []
    known = [a["id"] for a in actions if a.get("nature") == "ingenierie" and "id" in a]
    if wanted in known:
        return
    if not case.holds("ingenierie"):
        # A file that documents need is told once (S-FICHIER).
        return
    if case.part("parcours") is None:
        message = "l’ingénierie ne peut se rattacher à un parcours : parcours.yaml n’existe pas"
        hint = "créez parcours.yaml, avec une action de nature « ingenierie »"
    elif wanted is None:
        message = "l’ingénierie n’est rattachée à aucune action du parcours"
        hint = f"écrivez « action: », actions d’ingénierie du parcours : {', '.join(known)}"
    else:
        message = f"« {wanted} » n’est pas une action d’ingénierie du parcours"
        hint = f"actions d’ingénierie du parcours : {', '.join(known) or 'aucune'}"
    yield case.breach_at("ingenierie", ("action",), message, hint)


def r_cdc_04(case: Case) -> Iterator[Breach]:
    """« Faire avec », and no audit ([seed 002], [P09])."""
    for pointer, text in case.words("cahier-des-charges", "mission", "objectifs", "methode"):
        if speaks_of_audit(text):
            yield case.breach_at(
                "cahier-des-charges",
                pointer,
                "la mission ne consiste pas à réaliser un audit : elle fait avec la structure",
                "décrivez un travail mené avec la structure, qui part du diagnostic",
            )


def r_con_01(case: Case) -> Iterator[Breach]:
    """Two to four prestataires are asked, in general ([seed 002], [seed 004])."""
    asked = case.get("consultation", "destinataires")
    least, most = case.parameter("sollicites_min"), case.parameter("sollicites_max")
    if asked and not least <= len(asked) <= most:
        yield case.breach_at(
            "consultation",
            ("destinataires",),
            f"{len(asked)} prestataire{'s' if len(asked) > 1 else ''} "
            f"sollicité{'s' if len(asked) > 1 else ''} : il en faut de {least} à {most}",
            "corrigez la liste, ou motivez une dérogation dans dossier.yaml",
        )


def r_con_04(case: Case) -> Iterator[Breach]:
    """A late answer is out of the ranking, unless it is said why not ([seed 002])."""
    limit = (case.get("cahier-des-charges", "reponse") or {}).get("date_limite")
    sent = case.get("consultation", "date_envoi")
    # A deadline that precedes the call is R-CDC-02.
    limit = limit if limit and sent and limit > sent else None
    for rank, asked in enumerate(case.get("consultation", "destinataires") or []):
        due, came = asked.get("date_limite", limit), asked.get("date_reponse")
        if asked.get("reponse") == "proposition" and due and came and came > due:
            yield case.breach_at(
                "consultation",
                ("destinataires", rank, "reponse"),
                f"la proposition est arrivée le {french(came)}, après la date limite "
                f"({french(due)})",
                "écrivez « hors_delai » ; pour la classer tout de même, motivez-le dans "
                "choix.yaml (hors_delai_admis)",
            )
    late = {
        asked.get("prestataire")
        for asked in case.get("consultation", "destinataires") or []
        if asked.get("reponse") == "hors_delai"
    }
    admitted = {a.get("prestataire") for a in case.get("choix", "hors_delai_admis") or []}
    for rank, noted in enumerate(case.get("choix", "evaluations") or []):
        if noted.get("prestataire") in late - admitted:
            yield case.breach_at(
                "choix",
                ("evaluations", rank, "prestataire"),
                "une proposition reçue hors délai est classée sans que ce soit motivé",
                "retirez ses notes, ou motivez-le dans « hors_delai_admis »",
            )


def r_con_06(case: Case) -> Iterator[Breach]:
    """The same order and the same delay for all ([P02], [P04], [P07])."""
    sent = case.data("consultation")
    limit = (case.get("cahier-des-charges", "reponse") or {}).get("date_limite")
    common = {
        "version_cahier": sent.get("version_cahier"),
        "date_envoi": sent.get("date_envoi"),
        "date_limite": limit,
    }
    version = case.get("cahier-des-charges", "version")
    if None not in (version, sent.get("version_cahier")) and sent["version_cahier"] != version:
        yield case.breach_at(
            "consultation",
            ("version_cahier",),
            f"la consultation porte sur la version {sent['version_cahier']} du cahier des charges, "
            f"qui en est à la version {version}",
            "corrigez l’une des deux, ou envoyez la nouvelle version à tous",
        )
    for rank, asked in enumerate(sent.get("destinataires") or []):
        for key, shared in common.items():
            if shared is not None and asked.get(key, shared) != shared:
                yield case.breach_at(
                    "consultation",
                    ("destinataires", rank, key),
                    "ce prestataire n’a pas le même cahier des charges ou le même délai que les "
                    "autres",
                    "donnez à tous les mêmes, puis retirez cette clé",
                )


def r_pro_01(case: Case) -> Iterator[Breach]:
    """The six elements of the cover ([seed 002])."""
    yield from _absent_points(case, ("garde",))


def r_pro_02(case: Case) -> Iterator[Breach]:
    """The order recalled and how the work is done ([seed 002])."""
    yield from _absent_points(case, ("rappel", "modalites"))


def _absent_points(case: Case, blocks: tuple[str, ...]) -> Iterator[Breach]:
    """A breach by block of points not found in a proposition that stands, or may still."""
    schema = case.corpus.kinds["proposition"].schema["properties"]["points"]["properties"]
    for name, source in case.series("proposition").items():
        if _set_aside(case, name):
            continue
        for block in blocks:
            found = (source.data.get("points") or {}).get(block)
            if found is None:
                continue
            absent = {
                key: _inside(str(point["title"]))
                for key, point in schema[block]["properties"].items()
                if (found.get(key) or {}).get("etat", "absent") == "absent"
            }
            if absent:
                only = next(iter(absent)) if len(absent) == 1 else ""
                inner = (only, "etat") if only in found else (only,)
                yield Breach(
                    source,
                    ("points", block, *(inner if only else ())),
                    f"{schema[block]['title']}, il manque : {', '.join(absent.values())}",
                    "demandez un complément au prestataire, ou écartez la proposition",
                )


def _inside(title: str) -> str:
    """A title within a sentence."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def _set_aside(case: Case, name: str) -> bool:
    """Whether the choice was made without that proposition."""
    noted = case.get("choix", "evaluations") or []
    return bool(noted) and name not in {n.get("prestataire") for n in noted}


def r_pro_03(case: Case) -> Iterator[Breach]:
    """The order is recalled in the prestataire's own words ([seed 002])."""
    order = " ".join(text for _, text in case.words("cahier-des-charges"))
    if not order:
        return
    run_limit, share_limit = (
        case.parameter("copie_mots_suivis"),
        case.parameter("copie_pourcentage"),
    )
    for source in case.series("proposition").values():
        recalled = case.text_of(source, source.data.get("rappel"))
        alike = likeness(recalled, order)
        if alike.longest >= run_limit or alike.share >= share_limit:
            yield Breach(
                source,
                ("rappel",),
                f"le rappel de la commande recopie le cahier des charges : {alike.longest} mots "
                f"d’affilée, {alike.share} % de suites de cinq mots communes",
                "demandez au prestataire de reformuler la commande",
            )


def r_pro_05(case: Case) -> Iterator[Breach]:
    """Every intervenant comes with a CV and references ([seed 002])."""
    for name, source in case.series("proposition").items():
        if _set_aside(case, name):
            continue
        for rank, person in enumerate(source.data.get("intervenants") or []):
            missing = {
                key: label
                for key, label in (("cv", "son CV"), ("references", "ses références"))
                if not person.get(key)
            }
            if missing:
                yield Breach(
                    source,
                    ("intervenants", rank, *(missing if len(missing) == 1 else ())),
                    f"{full_name(person)} : il manque {' et '.join(missing.values())}",
                    "demandez-les au prestataire",
                )
