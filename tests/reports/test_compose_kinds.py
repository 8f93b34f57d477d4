"""Six kinds of report from one set of sections; each becomes a PDF that holds what it must, and survives odd input."""

import io

import pikepdf
import pytest
from django.template.loader import render_to_string

from agreements.pdf.keys import load_seal
from agreements.pdf.seal import seal_pdf
from agreements.reports import document
from agreements.reports.content import pages
from agreements.reports.models import Report
from agreements.reports.queries import snapshot_of
from tests.pdf.conftest import broken_rules, run  # noqa: F401
from tests.reports.builders import a_draft, adopted
from tests.reports.snapshots import a_commitment, a_snapshot, a_target, an_update, everything
from tests.reports.test_render_report import words
from tests.world import TODAY, a_round, an_amendment
from tests.world import an_update as report_progress


def of_kind(kind: str, **heading):
    snapshot = everything()
    snapshot["report"] |= {"kind": kind, **heading}
    return snapshot


def rendered(snapshot):
    return document.render(snapshot, on_progress=lambda page: None)


HOLDS = {
    "progress": ("Wat is er veranderd?", "Niets doorgegeven", "Openbaar bewijs", "Wie tekende, en wie niet"),
    "year": ("Het jaar per ronde", "Tweede kwartaal 2017", "Wie tekende, en wie niet"),
    "agreement": ("84 woningen opleveren", "minstens 84 woningen", "Wie tekende, en wie niet"),
    "commitment": ("84 woningen opleveren", "Een tweede ploeg.", "Het zegel controleren"),
    "party": ("Afspraken die Woonstichting Heideveld uitvoert", "Wijst de locaties aan."),
    "council": ("Dit vraagt aandacht", "Veranderd sinds de vorige rapportage", "Controlepunt"),
}


@pytest.mark.parametrize("kind", Report.Kind.values)
def test_each_kind_says_what_it_is_for(kind):
    said = words(of_kind(kind, party="Woonstichting Heideveld" if kind == "party" else None))
    for expected in HOLDS[kind]:
        assert expected in said


def test_a_text_with_markup_looks_the_same_where_it_was_signed():
    snapshot = of_kind("agreement")
    snapshot["commitments"][0]["text"] = "Van elk cijfer:\n\n- **wat** er meetelt;\n- wie het levert."
    snapshot["commitments"][0]["amendments"] = []
    html = document.html(snapshot)
    assert "<strong>wat</strong> er meetelt" in html
    assert "**" not in html


@pytest.mark.parametrize("name", ["example", "joint"])
def test_no_label_ends_in_white_space(name):
    """WeasyPrint breaks a line that just fits after its first word when a space follows."""
    row = {"provenance": "example", "part_of": "17-49"}
    said = render_to_string(f"reports/pdf/{name}.html", {"row": row})
    assert said
    assert said == said.strip()


@pytest.mark.one_database
def test_a_page_that_begins_halfway_a_commitment_says_of_which_and_others_do_not(run):  # noqa: F811
    words = " ".join(f"woord{number}" for number in range(900))
    rows = [a_commitment("17-01", updates=[an_update(explanation=words)]), a_commitment("17-02")]
    snapshot = a_snapshot(*rows)
    snapshot["report"]["kind"] = "commitment"
    pages = run("pdftotext", rendered(snapshot).data, after=("-",)).split("\f")
    going_on = [page for page in pages if "Vervolg van 17-01" in page]
    assert going_on
    assert all("woord" in page for page in going_on)
    assert "Vervolg van" not in pages[0]


def test_every_kind_meets_both_standards_after_sealing(broken_rules):  # noqa: F811
    made = {}
    for kind in ("year", "agreement", "commitment", "party", "council"):
        snapshot = of_kind(kind, party="Woonstichting Heideveld" if kind == "party" else None)
        made[kind] = seal_pdf(rendered(snapshot).data, seal=load_seal(), reason="Rapportage")
    assert set(broken_rules(**made).values()) == {"ok"}
    with pikepdf.open(io.BytesIO(made["council"])) as pdf:
        assert len(pdf.pages) == 1


def test_the_summary_for_the_council_is_one_page_however_bad_it_is():
    bad = [
        a_commitment(f"17-{n:02}", status="behind", title=f"{'Lange titel van een afspraak ' * 5}{n}"[:150])
        for n in range(40)
    ]
    snapshot = a_snapshot(*bad)
    snapshot["report"] |= {"kind": "council", "title": "Samenvatting tot en met het vierde kwartaal van 2017"}
    snapshot["report"]["supersedes"] = {"number": "RS-2017-K4-1", "reason": "Een cijfer was fout. " * 8}
    assert rendered(snapshot).pages == 1


@pytest.mark.usefixtures("no_worker")
def test_each_kind_is_about_what_was_asked(world, page_of_a_report):
    report_progress(world)
    amendment = an_amendment(world, text="Heideveld levert 70 woningen op.")
    made = {
        "council": a_draft(world, page_of_a_report, kind="council"),
        "one": a_draft(world, page_of_a_report, kind="commitment", commitment=world.coach),
        "corporation": a_draft(world, page_of_a_report, kind="party", party=world.heideveld),
        "municipality": a_draft(world, page_of_a_report, kind="party", party=world.municipality),
        "signed": a_draft(world, page_of_a_report, kind="agreement", round=None, year_slice=adopted(world)),
    }
    codes = {
        name: [row["code"] for row in snapshot_of(report)["commitments"]] for name, report in made.items()
    }
    assert codes == {
        "council": ["17-01", "17-02"],
        "one": ["17-02"],
        "corporation": ["17-01", "17-02"],
        "municipality": ["17-01"],
        "signed": ["17-01", "17-02"],
    }
    assert [report.number for report in made.values()] == [
        "RS-2017-K3-1",
        "AF-2017-K3-1",
        "PB-2017-K3-1",
        "PB-2017-K3-2",
        "OV-2017-1",
    ]
    assert all(not row["updates"] for row in snapshot_of(made["signed"])["commitments"])
    assert amendment.is_open


@pytest.mark.usefixtures("no_worker")
@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"kind": "commitment"}, "Beantwoord de vraag ‘Welke afspraak?’"),
        ({"kind": "party"}, "Beantwoord de vraag ‘Welke partij?’"),
        ({"kind": "agreement"}, "Beantwoord de vraag ‘Welke jaarschijf?’"),
        ({"kind": "roman"}, "Kies een van de antwoorden"),
        ({"kind": "year", "round": ""}, "Beantwoord de vraag ‘Over welke ronde gaat de rapportage?’"),
    ],
)
def test_what_a_kind_needs_is_asked(world, visit, sent, says):
    report_progress(world)
    answer = visit(world.coordinator).post("/rapportages/nieuw/", {"round": world.round.pk, **sent})
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not Report.objects.exists()


def test_the_text_as_signed_stays_as_signed():
    row = a_commitment(
        title="70 woningen",
        text="Heideveld levert 70 woningen op.",
        target=a_target(value="70", original="84"),
        original={"title": "84 woningen", "text": "Heideveld levert 84 woningen op."},
        amendments=[
            {
                "number": 1,
                "in_force_on": "2017-09-01",
                "party": "Heideveld",
                "reason": "Grond.",
                "before": {"title": "84 woningen"},
                "after": {"title": "70 woningen"},
            }
        ],
    )
    snapshot = a_snapshot(row)
    snapshot["report"] |= {"kind": "agreement", "due_on": None, "round": ""}
    said = words(snapshot).replace("\N{NO-BREAK SPACE}", " ")
    assert "Heideveld levert 84 woningen op." in said
    assert "minstens 84 woningen" in said
    assert "70 woningen" not in said
    assert "Deze tekst is na de ondertekening gewijzigd." in said


@pytest.mark.usefixtures("no_worker")
def test_what_came_late_or_is_about_a_later_round_is_told_apart(world, page_of_a_report):
    report_progress(world, value=52)
    later = a_round(adopted(world), "2017-11", "Extra ronde", TODAY, due_on=TODAY)
    report_progress(world, value=70, round=later)
    late = snapshot_of(a_draft(world, page_of_a_report))["late"]
    assert [(row["code"], row["value"], row["is_counted"]) for row in late] == [("17-01", "70", False)]


# -- when things are odd


def test_a_word_without_end_stays_on_the_page():
    assert rendered(a_snapshot(a_commitment(title="x" * 400, text="y" * 900))).pages


def parts_of(*sizes: int, kind: str = "progress") -> list[list[str]]:
    """The chapters of each part of a report with so many commitments in each theme."""
    names = [f"T{number}" for number in range(len(sizes))]
    rows = [
        a_commitment(f"17-{name}-{number:02}", theme=name)
        for name, size in zip(names, sizes, strict=True)
        for number in range(size)
    ]
    snapshot = a_snapshot(*rows, themes=[{"code": name, "name": name} for name in names])
    snapshot["report"]["kind"] = kind
    parts: list[list[str]] = [[]]
    for section in pages(snapshot)["sections"]:
        if section.get("begins_part"):
            parts.append([])
        parts[-1].append(section["title"])
    return parts


def test_the_commitments_begin_a_part_and_in_a_long_report_every_forty_do():
    assert [part[0] for part in parts_of(3, 0, 5)] == ["Wat is er veranderd?", "T0"]
    assert [part[0] for part in parts_of(40, 40)] == ["Wat is er veranderd?", "T0"]
    assert [part[:2] for part in parts_of(20, 25, 38, 2, 50)] == [
        ["Wat is er veranderd?", "Samenvatting"],
        ["T0", "T1"],
        ["T2", "T3"],
        ["T4"],
        ["Agenda voor de volgende jaren", "Wie tekende, en wie niet"],
    ]
    assert len(parts_of(90, kind="party")) == 1
