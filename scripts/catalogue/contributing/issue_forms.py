"""The issue forms of the project, whose choices come from the vocabularies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

from catalogue.model import Vocabulary

_NOTICE = "# Derived from schema/vocabularies/ by 'make derive'; do not edit.\n"


def _both(english: str, french: str) -> str:
    return f"{english} / {french}"


def _field(
    kind: str, key: str, label: str, description: str, *, required: bool = False, **attributes: Any
) -> dict[str, Any]:
    return {
        "type": kind,
        "id": key,
        "attributes": {"label": label, "description": description, **attributes},
        "validations": {"required": required},
    }


def _choice(key: str, vocabulary: Vocabulary, *, multiple: bool, required: bool) -> dict[str, Any]:
    options = [f"{_both(t.label['en'], t.label['fr'])} ({t.id})" for t in vocabulary.terms if not t.heading]
    label = _both(vocabulary.title["en"] if multiple else vocabulary.singular["en"], vocabulary.title["fr"])
    hint = (
        _both("You may choose several.", "Plusieurs choix possibles.")
        if multiple
        else _both("Choose one.", "Un seul choix.")
    )
    return _field("dropdown", key, label, hint, required=required, multiple=multiple, options=options)


def _form(name: str, description: str, labels: list[str], body: list[dict[str, Any]]) -> str:
    form = {"name": name, "description": description, "labels": labels, "body": body}
    return _NOTICE + yaml.safe_dump(form, allow_unicode=True, sort_keys=False, width=110)


def _intro(english: str, french: str) -> dict[str, Any]:
    return {"type": "markdown", "attributes": {"value": f"{english}\n\n{french}\n"}}


def issue_forms(vocabularies: Mapping[str, Vocabulary]) -> dict[str, str]:
    """The three forms: path below the project's folder, and text."""
    propose = [
        _intro(
            "Tell us about a practice in English or in French. Please name no individual, and give a source for every result.",
            "Décrivez une pratique en français ou en anglais. Ne nommez aucune personne et donnez une source pour chaque résultat.",
        ),
        _field("input", "name", _both("Name", "Nom"), _both("The official name if there is one.", "Le nom officiel s’il existe."), required=True),
        _field("input", "where", _both("Where", "Lieu"), _both("Town, province, country or region.", "Ville, province, pays ou région."), required=True),
        _field(
            "textarea", "summary", _both("Summary", "Résumé"),
            _both("What it is and why it matters, in at most 300 characters.", "Ce que c’est et pourquoi cela compte, en 300 caractères au plus."),
            required=True,
        ),
        _field(
            "textarea", "approach", _both("What is done", "Ce qui est fait"),
            _both("By whom and how; since when.", "Par qui et comment ; depuis quand."), required=True,
        ),
        _field(
            "textarea", "organisations", _both("Organisations", "Organisations"),
            _both("Who leads, takes part, pays, evaluates.", "Qui pilote, participe, finance, évalue."), required=True,
        ),
        _choice("kind", vocabularies["kinds"], multiple=False, required=True),
        _choice("themes", vocabularies["themes"], multiple=True, required=True),
        _choice("groups", vocabularies["groups"], multiple=True, required=False),
        _choice("status", vocabularies["status"], multiple=False, required=True),
        _field(
            "textarea", "results", _both("Results", "Résultats"),
            _both("Each figure with what it counts, out of how many, when, and its source.",
                  "Chaque chiffre avec ce qu’il compte, sur combien, quand, et sa source."),
        ),
        _field(
            "textarea", "sources", _both("Sources", "Sources"),
            _both("Addresses or titles, with the page or section.", "Adresses ou titres, avec la page ou la section."), required=True,
        ),
    ]  # fmt: skip
    correct = [
        _field("input", "practice", _both("Practice", "Pratique"),
               _both("The address of its page, or its id.", "L’adresse de sa page, ou son identifiant."), required=True),
        _choice("status", vocabularies["status"], multiple=False, required=False),
        _field("textarea", "wrong", _both("What is wrong or out of date", "Ce qui est faux ou dépassé"),
               _both("Quote the sentence if you can.", "Citez la phrase si possible."), required=True),
        _field("textarea", "right", _both("What is right", "Ce qui est juste"),
               _both("In your own words.", "Avec vos propres mots."), required=True),
        _field("textarea", "sources", _both("Sources", "Sources"),
               _both("Where we can read it.", "Où nous pouvons le lire."), required=True),
    ]  # fmt: skip
    problem = [
        _field("input", "page", _both("Page", "Page"), _both("Its address.", "Son adresse."), required=True),
        _field("textarea", "happened", _both("What happened", "Ce qui s’est passé"),
               _both("And what you expected instead.", "Et ce que vous attendiez."), required=True),
        _field("input", "with", _both("With what", "Avec quoi"),
               _both("Browser, device, screen reader.", "Navigateur, appareil, lecteur d’écran.")),
    ]  # fmt: skip
    folder = ".github/ISSUE_TEMPLATE"
    return {
        f"{folder}/propose-a-practice.yml": _form(
            _both("Propose a practice", "Proposer une pratique"),
            "A practice that the atlas should hold / Une pratique qui devrait figurer dans l’atlas", ["practice"], propose),
        f"{folder}/correct-a-practice.yml": _form(
            _both("Correct a practice", "Corriger une pratique"),
            "Something wrong, missing or out of date / Une erreur, un manque, une information dépassée", ["correction"], correct),
        f"{folder}/site-problem.yml": _form(
            _both("A problem with the site", "Un problème du site"),
            "Something does not work or cannot be read / Quelque chose ne marche pas ou ne se lit pas", ["site"], problem),
    }  # fmt: skip
