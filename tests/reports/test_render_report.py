"""A snapshot becomes pages: everything in it, in words, tagged and archivable, with the data inside the file."""

import csv
import html
import io
import json
import re

import pikepdf
import pytest
from django.utils.html import strip_tags

from agreements.commitments.models import Status
from agreements.pdf.keys import load_seal
from agreements.pdf.seal import seal_pdf
from agreements.reports import document
from agreements.reports.attachments import attachments
from agreements.reports.content import pages, summary
from agreements.reports.snapshot import canonical, take
from agreements.reports.subject import Subject
from agreements.web.markup import plain_words
from tests import world as world_module
from tests.pdf.conftest import broken_rules  # noqa: F401
from tests.reports.snapshots import (
    DIGEST,
    K1,
    MARKED,
    Row,
    a_commitment,
    a_snapshot,
    a_target,
    after,
    an_update,
    everything,
)


def words(snapshot: Row) -> str:
    """What the document says, without markup and with single spaces."""
    return " ".join(strip_tags(document.html(snapshot)).split())


def rendered(snapshot: Row) -> bytes:
    return document.render(snapshot, on_progress=lambda page: None).data


def test_the_snapshots_of_these_tests_have_the_shape_of_a_real_one(world):
    world_module.an_update(world, value=36, status="on_track")
    heading = dict.fromkeys(("number", "title", "checkpoint", "supersedes"), "")
    heading |= {"kind": "progress", "created_on": "2017-11-15"}
    real = take(Subject(world.round), heading=heading, previous=None)
    row = next(row for row in real["commitments"] if row["updates"])
    made = a_snapshot(a_commitment())

    for real_part, made_part in (
        (real, made),
        (real["report"], made["report"]),
        (real["signatories"][0], made["signatories"][0]),
        (row, made["commitments"][0]),
        (real["agreement"], made["agreement"]),
        (row["target"], a_target()),
        (row["updates"][0], an_update()),
    ):
        assert real_part.keys() == made_part.keys()


def test_silence_is_printed_with_the_number_of_reminders():
    silent = a_commitment("17-02", status="no_data", reminders=3, updates=[])
    assert "Woonstichting Heideveld, 3 herinneringen gestuurd" in words(a_snapshot(silent))
    del silent["reminders"]  # as in a report of before there were any
    assert "gestuurd" not in words(a_snapshot(silent))


def test_every_literal_text_and_statement_is_in_the_document():
    snapshot = everything()
    said = words(snapshot)

    assert all(plain_words(row["text"]) in html.unescape(said) for row in snapshot["commitments"])
    assert "Ons bestuur tekent niet: ‘nee’." in said
    assert "1 partij tekende niet." in said
    assert "Een tweede ploeg." in said
    assert "Opleverrapport (rapport.pdf)" in said
    assert "Doorgeschoven naar 2019. Besloten op 20 oktober 2017. Te vroeg." in said.replace(
        "\N{NO-BREAK SPACE}", " "
    )
    assert "Ingetrokken op 1 juli 2017. Niet meer nodig." in said


def test_the_last_page_has_the_controlepunt_and_the_seal():
    page = document.html(everything())

    assert "246 gebeurtenissen" in page
    assert DIGEST in page
    assert 'data-sig="zegel"' in page


def test_example_rows_are_labelled_and_real_ones_are_not():
    rows = document.html(everything()).split("<article")[1:]

    labelled = {
        re.search(r'id="a-([^"]+)"', row)[1]: '"voorbeeld"' in row.split("</article>")[0] for row in rows
    }

    assert labelled.pop("17-38") is False
    assert set(labelled.values()) == {True}
    real = everything() | {"report": {**everything()["report"], "is_example": False}}
    assert "Voorbeeld met verzonnen gegevens" in words(everything())
    assert "Voorbeeld met verzonnen gegevens" not in words(real)


def test_text_from_people_is_text_and_never_markup():
    assert "Te &lt;weinig&gt; &amp; laat" in document.html(everything())


def test_a_literal_text_keeps_its_lists_on_paper_and_its_marks_in_the_data():
    page = document.html(everything())
    assert "<li>in blok 2</li>" in page
    assert "Niet &lt;b&gt;dit&lt;/b&gt;,<br>\nmaar # dat." in page
    assert next(row for row in everything()["commitments"] if row["code"] == "17-01")["text"] == MARKED


def test_silence_is_named_with_the_party_but_an_example_blames_no_real_one():
    shown = pages(everything())

    assert [(row["code"], row["lead"]) for row in shown["silent"]] == [("17-02", "Woonstichting Heideveld")]
    assert [row["code"] for row in shown["not_asked"]] == ["17-38"]
    assert shown["silent"][0]["lines"][1].status == "no_data"


def test_changes_are_grouped_with_what_got_worse_first():
    before = a_snapshot(*(a_commitment(code, status=status) for code, status in
                          (("17-01", "on_track"), ("17-02", "at_risk"), ("17-03", "on_track"), ("17-04", "no_data"), ("17-05", "behind"), ("17-06", "on_track"))))  # fmt: skip
    now = [a_commitment(code, status=status) for code, status in
           (("17-01", "missed"), ("17-02", "on_track"), ("17-03", "no_data"), ("17-04", "behind"), ("17-05", "dropped"), ("17-06", "on_track"), ("17-07", "on_track"))]  # fmt: skip

    groups = pages(after(before, *now))["changes"]

    assert [[row["code"] for row in group["rows"]] for group in groups] == [
        ["17-01"], ["17-02"], ["17-03"], ["17-04"], ["17-05"], ["17-07"]
    ]  # fmt: skip
    assert groups[0]["title"] == "Het gaat minder goed dan vorige keer"


def test_the_first_report_says_that_it_is_the_first():
    assert "Dit is de eerste rapportage" in words(a_snapshot(a_commitment()))


def test_the_summary_counts_in_plain_sentences():
    counts = dict.fromkeys(Status.values, 0) | {"achieved": 1, "on_track": 2, "behind": 1, "no_data": 3}

    assert " ".join(summary(counts)).replace("\N{NO-BREAK SPACE}", " ") == (
        "3 van de 7 afspraken zijn gerealiseerd of op koers. 1 afspraak loopt achter. "
        "Van 3 afspraken zijn er geen gegevens."
    )


@pytest.mark.parametrize(
    ("target", "value", "standing"),
    [
        ({}, "36", "36 van 84 woningen"),
        ({"value": "12400"}, "1234.5", "1.234,5 van 12.400 woningen"),
        ({"direction": "at_most", "value": "40"}, "17", "17 woningen (afgesproken: hoogstens 40 woningen)"),
        ({"direction": "exactly", "value": "0"}, "0", "0 woningen (afgesproken: precies 0 woningen)"),
        ({"value_kind": "percentage", "value": "95", "unit": "%"}, "97", "97% (afgesproken: minstens 95%)"),
        ({"value_kind": "yes_no", "value": "1", "direction": "yes_no"}, "0", "Nog niet gedaan"),
        ({"value_kind": "yes_no", "value": "1", "direction": "yes_no"}, "1", "Gedaan"),
        ({}, None, "Nog niet bekend (afgesproken: minstens 84 woningen)"),
    ],
)
def test_a_standing_is_read_beside_what_was_promised(target, value, standing):
    row = a_commitment(target=a_target(**target), updates=[an_update(value=value)])

    shown = pages(a_snapshot(row))["themes"][0]["commitments"][0]

    assert shown["standing"].replace("\N{NO-BREAK SPACE}", " ") == standing


def test_a_chart_needs_two_figures_and_never_joins_two_ways_of_counting():
    def chart(*updates, **target):
        row = a_commitment(target=a_target(**target), updates=list(updates))
        return pages(a_snapshot(row))["themes"][0]["commitments"][0]["chart"]

    at_date = {"counting": "stand op de peildatum"}
    assert chart(an_update(), **at_date) is None
    assert chart(an_update(K1, value="1"), an_update(value="0"), value_kind="yes_no") is None
    assert len(chart(an_update(K1), an_update(), **at_date).lines) == 1
    assert chart(an_update(K1, indicator="anders"), an_update(), **at_date).lines == []


def test_the_sealed_document_meets_both_standards_and_is_read_in_order(broken_rules, tmp_path):  # noqa: F811
    snapshot = everything()
    draft = rendered(snapshot)
    sealed = seal_pdf(draft, seal=load_seal(), reason="Rapportage aan de raad")

    assert set(broken_rules(draft=draft, sealed=sealed).values()) == {"ok"}
    with pikepdf.open(io.BytesIO(sealed)) as pdf:
        titles = [str(item.title) for item in pdf.open_outline().root]
        files = {name: file.get_file().read_bytes() for name, file in pdf.attachments.items()}
        figures = [
            item
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure"
        ]
    assert [re.sub(r"^\d+ ", "", title) for title in titles] == [
        "Prestatieafspraken Hilversum 2017–2020",
        "Inhoud",
        "Wat is er veranderd?",
        "Samenvatting",
        "Alle afspraken op een rij",
        "Niets doorgegeven",
        "Sociale voorraad",
        "Monitoring",
        "Agenda voor de volgende jaren",
        "Openbaar bewijs",
        "Wie tekende, en wie niet",
        "Dit document controleren",
    ]
    assert files["rapportage.json"] == canonical(snapshot)[0].encode()
    assert json.loads(files["rapportage.json"]) == snapshot
    assert files == {item.name: item.content for item in attachments(snapshot)}
    assert any("36 woningen" in str(figure.Alt) for figure in figures)


def test_no_cell_of_the_table_is_a_formula():
    titles = ["=1+1", "+31 bellen", "-opsomming", "@SUM(A1)", "\t=1", "\r=1", 'Gewoon; met "tekens"']
    rows = [a_commitment(f"17-{n:02}", title=title) for n, title in enumerate(titles)]
    rows.append(a_commitment("17-99", updates=[an_update(value="-1.5")]))

    table = next(item for item in attachments(a_snapshot(*rows)) if item.name == "afspraken.csv")
    cells = list(csv.DictReader(io.StringIO(table.content.decode("utf-8-sig"), newline=""), delimiter=";"))

    assert [cell["titel"] for cell in cells[:-1]] == [*(f"'{title}" for title in titles[:-1]), titles[-1]]
    assert cells[-1]["waarde"] == "-1.5", "a negative figure stays a figure"
    assert (cells[0]["doel"], cells[0]["richting"], cells[0]["eenheid"]) == ("84", "minstens", "woningen")
