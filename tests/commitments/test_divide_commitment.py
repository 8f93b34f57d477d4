"""A target divided over parties: each part is a commitment of its own that follows the joint one (ADR 8)."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from agreements.access.refusals import Refused
from agreements.agenda.queries import drafts_of
from agreements.commitments.models import Commitment, Indicator
from agreements.commitments.operations import (
    copy_commitments,
    draft_commitment,
    edit_commitment,
    move_commitment,
    withdraw_commitment,
)
from agreements.commitments.smart import advice_on
from agreements.history.queries import broken_links, timeline
from tests.commitments.answers import answers, new_answers
from tests.commitments.divided import a_joint, counted, part, whole
from tests.world import SIGNED, TODAY, an_indicator, at_least

NEW = "/jaarschijven/2018/nieuwe-afspraak/"
ADDRESS = "/afspraken/18-01/bewerken/"


def divided(world, *rows: tuple[object, str], **changed: str) -> dict[str, str]:
    """The target and the rows of a division, as typed in the form."""
    goal = {"indicator": str(counted().pk), "direction": "at_least", "target_value": "120"}
    for number, (party, value) in enumerate(rows):
        goal |= {f"partner_{number}": str(getattr(party, "pk", party)), f"part_{number}": value}
    return {**goal, **changed}


def rows_of(joint: Commitment) -> list[tuple[str, str, Decimal]]:
    """(code, party, value) of the parts that stand."""
    return [(row.code, row.lead.key, row.target.value) for row in joint.living_parts()]


def test_a_coordinator_drafts_a_joint_commitment_with_its_parts(world, visit):
    given = new_answers(world, **divided(world, (world.heideveld, "70"), (world.boekweit, "50")))
    given["lead"] = str(world.municipality.pk)
    assert visit(world.coordinator).post(NEW, given).status_code == 303
    joint = whole("18-02")
    assert (joint.is_joint, joint.lead) == (True, world.municipality)
    assert rows_of(joint) == [("18-02a", "bw", 50), ("18-02b", "hv", 70)]
    first = part("b", "18-02")
    assert (first.theme, first.deadline, first.order) == (joint.theme, joint.deadline, joint.order)
    assert first.title == "20 woningen (deel Woonstichting Heideveld)"
    assert first.text == (
        "Woonstichting Heideveld neemt van afspraak 18-02 dit deel op zich: minstens 70 woningen."
    )
    page = visit(world.coordinator).get("/afspraken/18-02/").content.decode()
    assert "De partijen verdelen dit doel zo:" in page
    assert "Afspraak 18-02b opgenomen in jaarschijf 2018." in [event.sentence for event in timeline(first)], (
        "a part has a history of its own"
    )


def test_parts_are_changed_added_and_taken_away_in_one_edit(world, visit):
    client = visit(world.coordinator)
    hv, bw, gh = world.heideveld, world.boekweit, world.municipality
    client.post(ADDRESS, answers(world, **divided(world, (hv, "70"), (bw, "50"))))
    changed = divided(world, (hv, "90"), (gh, "30"))
    assert client.post(ADDRESS, answers(world, **changed, why="De grond is van ons.")).status_code == 303
    assert rows_of(whole("18-01")) == [("18-01b", "hv", 90), ("18-01c", "gh", 30)]
    gone = part("a", "18-01")
    assert (gone.withdrawn_on, gone.status) == (TODAY, "dropped")
    assert gone.withdrawn_reason == "De verdeling over partijen is aangepast."
    events = {event.sentence: event for event in timeline(part("b", "18-01"))}
    assert events["Afspraak 18-01b aangepast: letterlijke tekst, doel."].why == "De grond is van ons."
    told = timeline(whole("18-01")).first()
    assert told.sentence == "Afspraak 18-01 aangepast: verdeling over partijen."
    assert told.data["before"]["division"] == "Woningcorporatie De Boekweit: 50\nWoonstichting Heideveld: 70"
    assert list(broken_links()) == []


def test_taking_the_division_away_leaves_one_commitment_that_is_asked_again(world, visit):
    client = visit(world.coordinator)
    client.post(ADDRESS, answers(world, **divided(world, (world.heideveld, "70"), (world.boekweit, "50"))))
    client.post(ADDRESS, answers(world, **divided(world)))
    assert (whole("18-01").is_joint, rows_of(whole("18-01"))) == (False, [])
    assert not Commitment.objects.filter(part_of__code="18-01", withdrawn_on__isnull=True).exists()


def test_parts_follow_the_joint_commitment(world):
    joint = a_joint(world, code="18-05", year=2018)
    other = an_indicator("anders")
    changes = {"deadline": date(2018, 10, 1), "title": "Samen bouwen", "indicator": other, "kind": "effort"}
    edit_commitment(joint, by=world.coordinator, on=TODAY, version=1, changes=changes)
    for letter in "ab":
        row = part(letter, "18-05")
        assert (row.deadline, row.kind, row.target.indicator) == (date(2018, 10, 1), "effort", other)
        assert (row.title[:12], row.version) == ("Samen bouwen", 2)


def test_an_edit_of_what_parts_do_not_share_leaves_them_alone(world):
    joint = a_joint(world, code="18-05", year=2018)
    edit_commitment(joint, by=world.coordinator, on=TODAY, version=1, changes={"text": "Een andere tekst."})
    assert [part(letter, "18-05").version for letter in "ab"] == [1, 1]


@pytest.mark.parametrize(
    ("rows", "indicator", "sentence"),
    [
        (["hv 70", "bw 40"], {}, "De delen zijn samen 110 woningen, maar het doel is 120 woningen."),
        (["hv 120"], {}, "Verdeel het doel over minstens twee partijen"),
        (["hv 70", "hv 50"], {}, "Een partij staat er twee keer bij."),
        (["hv 120", "bw 0"], {}, "Elk deel moet meer dan 0 zijn."),
        (["hv 70", "bw "], {}, "Vul in hoeveel deze partij doet"),
        (["hv 70", " 50"], {}, "Kies van welke partij dit deel is"),
        (["hv 70", "bw veel"], {}, "Vul een getal in"),
        (["hv 70", "bw 50"], {"value_kind": "ratio"}, "U telt een verhouding. Dat kunt u niet optellen"),
    ],
)
def test_a_division_that_cannot_be_gets_a_sentence_and_nothing_is_lost(
    world, visit, rows, indicator, sentence
):
    keys = {"hv": str(world.heideveld.pk), "bw": str(world.boekweit.pk), "": ""}
    typed = [(keys[key], value) for key, value in (row.split(" ") for row in rows)]
    if indicator:
        Indicator.objects.filter(pk=counted().pk).update(**indicator)
    answer = visit(world.coordinator).post(ADDRESS, answers(world, **divided(world, *typed)))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert all(f'value="{value}"' in page for _, value in typed if value)
    assert not Commitment.objects.filter(part_of__isnull=False).exists()


def test_a_division_without_a_target_is_asked_about(world, visit):
    given = answers(world, partner_0=str(world.heideveld.pk), part_0="70")
    answer = visit(world.coordinator).post(ADDRESS, given)
    assert "Er is nog geen doel om te verdelen." in answer.content.decode()


def test_only_parties_to_the_agreement_get_a_part(world):
    world.agreement.signatories.filter(party=world.boekweit).delete()
    changes = {"division": ((world.heideveld, Decimal(70)), (world.boekweit, Decimal(50)))}
    goal = at_least(120, counted())
    with pytest.raises(ValidationError, match="Geen partij bij deze prestatieafspraken: Woningcorporatie"):
        edit_commitment(world.draft, by=world.coordinator, on=TODAY, version=1, changes={**goal, **changes})


def test_a_data_set_cannot_have_parts_that_do_not_add_up(world):
    with pytest.raises(ValidationError, match="De delen zijn samen 110 woningen"):
        a_joint(world, division=[(world.heideveld, Decimal(70)), (world.boekweit, Decimal(40))])


def test_there_is_room_for_more_parties_than_the_form_shows_at_first(world, visit):
    client = visit(world.coordinator)
    assert 'name="partner_3"' not in client.get(NEW).content.decode()
    rows = divided(world, (world.heideveld, "40"), (world.boekweit, "40"), (world.municipality, "40"))
    page = client.post(NEW, new_answers(world, **rows, check="ja")).content.decode()
    assert 'name="partner_5"' in page
    assert 'name="partner_6"' not in page


def test_the_advice_asks_for_every_party_in_the_text(world, visit):
    text = {"text": "Woonstichting Heideveld bouwt 120 woningen in 2018.", "check": "ja"}
    rows = divided(world, (world.heideveld, "70"), (world.boekweit, "50"))
    page = visit(world.coordinator).post(ADDRESS, answers(world, **rows, **text)).content.decode()
    assert "staat niet dat Woningcorporatie De Boekweit het doet." in page
    assert "staat niet dat Woonstichting Heideveld het doet." not in page
    a_joint(world, code="18-05", year=2018)
    assert advice_on(part("a", "18-05")) == [], "a part is not edited: its text follows"


def test_the_second_of_two_chooses_between_both_divisions(world, visit):
    hv, bw, gh = world.heideveld, world.boekweit, world.municipality
    mine = answers(world, **divided(world, (hv, "70"), (bw, "50")))
    visit(world.coordinator).post(ADDRESS, answers(world, **divided(world, (hv, "60"), (gh, "60"))))
    client = visit(world.colleague)
    answer = client.post(ADDRESS, mine)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Verdeling over partijen" in page
    assert "Woningcorporatie De Boekweit: 50" in page
    assert "Gemeente Hilversum: 60" in page
    choice = {"version": "2", "disputed": "division", "choice_division": "theirs"}
    assert client.post(ADDRESS, {**mine, **choice}).status_code == 303
    assert [row[1:] for row in rows_of(whole("18-01"))] == [("gh", 60), ("hv", 60)]


def test_the_database_keeps_parts_simple(world):
    joint = a_joint(world)
    with pytest.raises(IntegrityError, match="commitment_part_not_divided"), transaction.atomic():
        Commitment.objects.filter(pk=part("a").pk).update(is_joint=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Commitment.objects.filter(pk=part("b").pk).update(lead=world.heideveld)
    assert len(joint.living_parts()) == 2


# -- a part does nothing alone


@pytest.mark.parametrize("verb", ["bewerken", "intrekken"])
def test_a_part_is_changed_at_the_joint_commitment_only(world, visit, verb):
    a_joint(world, code="18-05", year=2018)
    answer = visit(world.coordinator).get(f"/afspraken/18-05a/{verb}/")
    assert answer.status_code == 403
    assert "Dit is een deel van afspraak 18-05." in answer.content.decode()


def test_withdrawing_the_whole_withdraws_its_parts(world):
    joint = a_joint(world, code="18-05", year=2018)
    withdraw_commitment(joint, by=world.coordinator, on=TODAY, reason="Er is geen grond.")
    for row in (whole("18-05"), part("a", "18-05"), part("b", "18-05")):
        assert (row.withdrawn_on, row.withdrawn_reason, row.status) == (TODAY, "Er is geen grond.", "dropped")


def test_a_copy_for_next_year_is_divided_in_the_same_way(world):
    joint = a_joint(world)
    year = world.draft.year_slice
    (copy,) = copy_commitments(year, by=world.coordinator, on=TODAY, commitments=[joint])
    assert rows_of(copy) == [(f"{copy.code}a", "bw", 50), (f"{copy.code}b", "hv", 70)]
    assert part("b", copy.code).copied_from == part("a"), "the same party"
    assert part("a", copy.code).deadline == date(2018, 12, 31)
    assert copy_commitments(year, by=world.coordinator, on=TODAY, commitments=[joint]) == []
    with pytest.raises(ValidationError, match="Kies de gezamenlijke afspraak"):
        copy_commitments(year, by=world.coordinator, on=TODAY, commitments=[part("b")])


def test_a_part_is_no_choice_where_whole_commitments_are_chosen(world, visit):
    a_joint(world)
    joint = a_joint(world, code="18-05", year=2018)
    client = visit(world.coordinator)
    assert part("a", "18-05") not in drafts_of(joint.year_slice)
    for address in (ADDRESS, "/jaarschijven/2018/overnemen/", "/jaarschijven/2018/volgorde/"):
        page = client.get(address).content.decode()
        for letter, code in (("a", "17-05"), ("a", "18-05")):
            assert f'value="{part(letter, code).pk}">{code}' not in page, address
            assert f'value="{code}{letter}"' not in page, address


def test_parts_move_with_the_whole(world):
    joint = a_joint(world, code="18-05", year=2018)
    move_commitment(joint, by=world.coordinator, on=TODAY, up=True)
    rows = list(joint.year_slice.commitments.values_list("code", flat=True))
    assert rows == ["18-05", "18-05a", "18-05b", "18-01"]
    with pytest.raises(ValidationError, match="Verplaats die afspraak"):
        move_commitment(part("a", "18-05"), by=world.coordinator, on=TODAY, up=True)
    edit_commitment(
        whole("18-05"), by=world.coordinator, on=TODAY, version=2, changes={"text": "Een andere tekst."}
    )
    assert part("a", "18-05").version == 1, "its place was no change of the part"


def test_adopted_parts_are_as_closed_as_other_text(world):
    joint = a_joint(world)
    for row in (joint, part("a"), part("b")):
        for user in world.cast.values():
            with pytest.raises(Refused):
                edit_commitment(row, by=user, on=TODAY, version=1, changes={"title": "Anders"})


def test_the_sentence_of_a_new_draft_names_where_it_comes_from(world):
    joint = a_joint(world)
    given = {"code": "18-09", "theme": joint.theme, "lead": joint.lead, "kind": "hard", "provenance": "own"}
    copy = draft_commitment(
        world.draft.year_slice, by=None, on=SIGNED, title="T", text="T", copied_from=joint, **given
    )
    assert (
        timeline(copy).first().sentence
        == "Afspraak 18-09 opgenomen in jaarschijf 2018, overgenomen van 17-05."
    )
