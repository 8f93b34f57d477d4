"""A report says what was signed and what holds now."""

from datetime import date
from decimal import Decimal

from django.template.loader import render_to_string

from agreements.commitments.operations import answer_amendment
from agreements.reports.content import pages
from agreements.reports.operations import create_report
from agreements.reports.queries import snapshot_of
from tests.world import TODAY, an_amendment, an_update


def test_an_amended_target_is_in_the_snapshot_and_on_paper(world):
    an_update(world, value=52)
    amendment = an_amendment(world, target_value=Decimal(70), deadline=date(2017, 12, 1))
    for user in (world.coordinator, world.chair):
        answer_amendment(amendment, by=user, on=TODAY, outcome="accepted")
    an_amendment(world, text="Dit is nog maar een voorstel.")
    snapshot = snapshot_of(create_report(world.round, by=world.coordinator, on=TODAY))
    row = next(row for row in snapshot["commitments"] if row["code"] == "17-01")
    assert (row["target"]["original"], row["target"]["value"]) == ("84", "70")
    assert row["original"] == {"target_value": "84", "deadline": "2017-12-31"}
    assert [a["in_force_on"] for a in row["amendments"]] == ["2017-11-15"], "an open proposal is no change"

    shown = next(
        r for theme in pages(snapshot)["themes"] for r in theme["commitments"] if r["code"] == "17-01"
    )
    paper = render_to_string("reports/pdf/commitment.html", {"row": shown})
    assert "oorspronkelijk 84 – nu 70\N{NO-BREAK SPACE}woningen" in paper
    assert "Gewijzigd op 15\N{NO-BREAK SPACE}november 2017." in paper
    assert (
        "<strong>Einddatum:</strong> eerst ‘31\N{NO-BREAK SPACE}december 2017’, daarna ‘1\N{NO-BREAK SPACE}december 2017’."
        in paper
    )
    assert "nog maar een voorstel" not in paper


def test_a_report_of_before_there_were_amendments_still_reads(world):
    an_update(world)
    snapshot = snapshot_of(create_report(world.round, by=world.coordinator, on=TODAY))
    for row in snapshot["commitments"]:
        del row["original"], row["amendments"], row["target"]["original"]
    shown = pages(snapshot)["themes"][0]["commitments"][0]
    assert (shown["amended"], shown["amendments"]) == ("", [])
