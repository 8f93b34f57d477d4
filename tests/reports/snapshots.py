"""Snapshots for tests, made by hand in the shape of real ones (test_render_report.py compares)."""

from collections import Counter
from typing import Any

from agreements.commitments.models import Status
from agreements.reports.comparison import compared
from agreements.reports.snapshot import SCHEMA, changes

Row = dict[str, Any]
DIGEST = "0123456789abcdef" * 4
MARKED = (
    "Heideveld doet in 2017 **drie** dingen, *ook* ***samen***:\n\n- 84 woningen opleveren\n  1. in blok 1\n"
    "  2. in blok 2\n- zie [de woonvisie](https://hilversum.example/visie)\n\nNiet <b>dit</b>,\nmaar # dat."
)
K1, K2 = ("2017-03-31", "Eerste kwartaal 2017"), ("2017-06-30", "Tweede kwartaal 2017")


def an_update(when: tuple[str, str] = K2, **fields: Any) -> Row:
    as_of, name = when
    usual = {
        "round": name,
        "round_as_of": as_of,
        "status": "on_track",
        "indicator": "opgeleverd",
        "value": "36",
        "numerator": None,
        "denominator": None,
        "as_of": as_of,
        "certainty": "Definitief",
        "is_unchanged": False,
        "explanation": f"Wat er gebeurde tot {as_of}.",
        "measure": "",
        "expected_on": None,
        "submitted_on": as_of,
        "party": "Woonstichting Heideveld",
        "evidence": [],
        "links": [],
        "assessments": {"until": "2017-07-28", "is_open": False, "given": [], "silent": []},
    }
    return {**usual, **fields}


def a_target(**fields: Any) -> Row:
    usual = {
        "direction": "at_least",
        "value": "84",
        "indicator": "Opgeleverde sociale huurwoningen",
        "definition": "Nieuwe huurwoningen, geteld op de dag van oplevering.",
        "unit": "woningen",
        "area": "gemeente Hilversum",
        "counting": "opgeteld vanaf 1 januari",
        "value_kind": "number",
        "supplied_by": "de corporatie",
        "plan": [{"on": "2017-06-30", "value": "35"}, {"on": "2017-12-31", "value": "84"}],
        "original": None,
    }
    return {**usual, **fields}


def a_commitment(code: str = "17-01", **fields: Any) -> Row:
    usual = {
        "code": code,
        "part_of": None,
        "together": None,
        "theme": "B",
        "kind": "Harde afspraak",
        "title": f"Titel van {code}",
        "text": f"De letterlijke tekst van {code}.",
        "lead": "Woonstichting Heideveld",
        "lead_short": "Heideveld",
        "contributions": [{"party": "Gemeente Hilversum", "what": "Wijst de locaties aan."}],
        "article": "artikel 1",
        "source": None,
        "provenance": "example",
        "is_key_figure": True,
        "deadline": "2017-12-31",
        "withdrawn": None,
        "target": a_target(),
        "status": "on_track",
        "original": {},
        "amendments": [],
        "updates": [an_update(K1, value="14"), an_update()],
        "reminders": 0,
    }
    return {**usual, **fields}


def a_party(name: str, outcome: str = "signed", **fields: Any) -> Row:
    labels = {"signed": "Getekend", "declined": "Niet getekend"}
    usual = {
        "kind": "Huurdersorganisatie",
        "answered_on": "2017-02-16",
        "statement": "",
        "source": "",
        "provenance": "sourced",
    }
    return {"party": name, "outcome": outcome, "label": labels[outcome], **usual, **fields}


def a_snapshot(*commitments: Row, **fields: Any) -> Row:
    counts = Counter(row["status"] for row in commitments)
    report = {
        "number": "PA-2017-K2-1",
        "title": "Voortgang tot en met het tweede kwartaal 2017",
        "created_on": "2017-08-01",
        "checkpoint": {"count": 246, "digest": DIGEST},
        "round": K2[1],
        "as_of": K2[0],
        "due_on": "2017-07-14",
        "year": 2017,
        "is_example": True,
        "kind": "progress",
        "party": None,
        "supersedes": None,
    }
    usual = {
        "schema": SCHEMA,
        "report": report,
        "agreement": {
            "title": "Prestatieafspraken Hilversum 2017–2020",
            "first_year": 2017,
            "last_year": 2020,
            "signed_on": "2017-02-16",
            "years": [{"year": 2017, "phase": "Vastgesteld", "adopted_on": "2017-02-16"}],
        },
        "counts": {status: counts.get(status, 0) for status in Status.values},
        "themes": [{"code": "B", "name": "Sociale voorraad"}, {"code": "M", "name": "Monitoring"}],
        "commitments": list(commitments),
        "agenda": [],
        "signatories": [a_party("Gemeente Hilversum", kind="Gemeente")],
        "previous": None,
        "changes": [],
        "differences": [],
        "late": [],
    }
    return {**usual, **fields}


def after(previous: Row, *commitments: Row) -> Row:
    """The snapshot that follows `previous`, with what changed."""
    heading = {**previous["report"], "counts": previous["counts"]}
    found = a_snapshot(*commitments, previous=heading, changes=changes(previous, list(commitments)))
    return found | {"differences": compared(previous, found)}


def everything() -> Row:
    """Every status, a real party among invented ones, someone who declined, a fate, and markup in the text."""
    statuses = [status for status in Status.values if status not in ("on_track", "no_data")]
    others = [a_commitment(f"17-1{place}", status=status) for place, status in enumerate(statuses)]
    silent = a_commitment("17-02", status="no_data", updates=[an_update(K1)], title="Te <weinig> & laat")
    sourced = a_commitment(
        "17-38", theme="M", provenance="sourced", status="no_data", target=None, updates=[]
    )
    done = a_target(value_kind="yes_no", value="1", unit="ja/nee", plan=[])
    yes_no = a_commitment(
        "17-09",
        target=done,
        updates=[an_update(value="0")],
        withdrawn={"on": "2017-07-01", "reason": "Niet meer nodig."},
    )
    evidence = [
        {
            "title": "Opleverrapport",
            "name": "rapport.pdf",
            "size": 12,
            "sha256": DIGEST,
            "visibility": "public",
        }
    ]
    first = a_commitment(
        text=MARKED,
        updates=[an_update(K1, value="14"), an_update(measure="Een tweede ploeg.", evidence=evidence)],
    )
    fate = {
        "year": 2018,
        "fate": "Doorgeschoven",
        "decided_on": "2017-10-20",
        "to_year": 2019,
        "reason": "Te vroeg.",
        "commitments": [],
        "provenance": "example",
    }
    item = {
        "code": "A-01",
        "theme": "B",
        "years": "2018–2020",
        "text": "De voorraad blijft op peil.",
        "lead": "partijen samen",
        "provenance": "example",
        "fates": [fate],
    }
    declined = a_party(
        "Huurdersvereniging van Dudok Wonen", "declined", statement="Ons bestuur tekent niet: ‘nee’."
    )
    invented = a_party("Huurdersraad Heideveld", provenance="example")
    before = a_snapshot(
        a_commitment(status="at_risk"), a_commitment("17-02"), a_commitment("17-10", status="behind")
    )
    return after(before, first, silent, sourced, yes_no, *others) | {
        "agenda": [item],
        "signatories": [declined, invented],
    }
