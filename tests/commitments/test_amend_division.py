"""Who amends the target of a joint commitment proposes the whole division; the parts follow, with what was signed."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from agreements.commitments.models import Amendment, by_party
from agreements.commitments.operations import answer_amendment, propose_amendment
from agreements.history.queries import broken_links, timeline
from tests.commitments.divided import a_joint, part, whole
from tests.world import TODAY

ADDRESS = "/afspraken/17-05/wijzigen/"
REASON = "De bouw ligt stil omdat de grond niet schoon is."


def propose(world, by=None, **changes) -> Amendment:
    return propose_amendment(
        whole(),
        by=by or world.reporter,
        on=TODAY,
        version=whole().version,
        changes=changes,
        reason=REASON,
    )


def division(world, heideveld: int, boekweit: int):
    return by_party([(world.heideveld, Decimal(heideveld)), (world.boekweit, Decimal(boekweit))])


@pytest.fixture
def director_of_boekweit(world):
    from agreements.accounts.operations import create_account
    from agreements.parties.operations import add_member
    from tests.world import PASSWORD, SIGNED

    user = create_account(
        email="bestuur@boekweit.example", function="Bestuurder", by=None, on=SIGNED, password=PASSWORD
    )
    add_member(world.boekweit, user=user, role="signatory", by=None, on=SIGNED)
    return user


def typed(world, heideveld: str, boekweit: str, **changed: str) -> dict[str, str]:
    joint = whole()
    usual = {
        "version": str(joint.version),
        "title": joint.title,
        "text": joint.text,
        "direction": "at_least",
        f"part_{world.heideveld.pk}": heideveld,
        f"part_{world.boekweit.pk}": boekweit,
        "deadline": "31-12-2017",
        "lead": str(joint.lead_id),
        "reason": REASON,
    }
    return {**usual, **changed}


def test_a_new_division_makes_the_target_and_keeps_what_was_signed(world, visit, director_of_boekweit):
    a_joint(world)
    client = visit(world.reporter)
    page = client.get(ADDRESS).content.decode()
    assert "Wat is het deel van Woningcorporatie De Boekweit?" in page
    assert 'name="target_value"' not in page, "the target follows from the parts"
    title = "Samen 110 woningen opleveren"
    assert client.post(ADDRESS, typed(world, "70", "40", title=title)).status_code == 303
    amendment = Amendment.objects.get()
    assert amendment.changes() == {
        "title": title,
        "target_value": Decimal(110),
        "division": division(world, 70, 40),
    }
    asked = [answer.party.key for answer in amendment.answers.all()]
    assert set(asked) == {"gh", "bw", "hrh"}, "who has a part is concerned"
    assert whole().target.value == 120
    for user in (world.coordinator, world.chair, director_of_boekweit):
        answer_amendment(amendment, by=user, on=TODAY, outcome="accepted")
    assert (whole().target.value, whole().target.original) == (110, 120)
    assert (part("b").target.value, part("b").target.original) == (40, 50)
    assert (part("a").target.value, part("a").target.original) == (70, None)
    assert "minstens 40 woningen" in part("b").text
    assert part("b").title == f"{title} (deel Woningcorporatie De Boekweit)"
    told = timeline(part("b")).first()
    assert told.verb == "commitments.amended"
    assert told.sentence.startswith("Wijziging 1 van 17-05 is van kracht:")
    assert list(broken_links()) == []
    visitor = visit()
    assert "oorspronkelijk 120 – nu 110" in visitor.get("/afspraken/17-05/").content.decode()
    page = visitor.get("/afspraken/17-05b/").content.decode()
    assert "oorspronkelijk 50 – nu 40" in page
    assert "zoals vastgesteld" in visitor.get("/afspraken/17-05b/versies/").content.decode()


def test_moving_a_part_to_another_party_leaves_the_target(world):
    a_joint(world)
    amendment = propose(world, division=division(world, 80, 40))
    assert amendment.changes() == {"division": division(world, 80, 40)}
    assert amendment.before["division"] == "Woningcorporatie De Boekweit: 50\nWoonstichting Heideveld: 70"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"target_value": Decimal(100)}, "De delen zijn samen 120 woningen, maar het doel is 100"),
        ({"division": (80, 50)}, "De delen zijn samen 130 woningen, maar het doel is 120"),
        ({"division": (120, 0)}, "Elk deel moet meer dan 0 zijn."),
        ({"division": (120,)}, "De partijen in de verdeling blijven dezelfde."),
    ],
)
def test_whole_and_parts_always_agree(world, changes, sentence):
    a_joint(world)
    if values := changes.get("division"):
        parties = (world.heideveld, world.boekweit)
        changes = {"division": tuple(zip(parties, map(Decimal, values), strict=False))}
    with pytest.raises(ValidationError, match=sentence):
        propose(world, **changes)
    assert not Amendment.objects.exists()


def test_a_wrong_part_gets_a_sentence_and_keeps_what_was_typed(world, visit):
    a_joint(world)
    answer = visit(world.reporter).post(ADDRESS, typed(world, "70", "0", text="Dit had ik al getypt."))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Elk deel moet meer dan 0 zijn." in page
    assert "Dit had ik al getypt." in page


def test_a_part_is_not_amended_on_its_own(world, visit):
    a_joint(world)
    answer = visit(world.reporter).get("/afspraken/17-05a/wijzigen/")
    assert answer.status_code == 403
    assert "Dit is een deel van afspraak 17-05." in answer.content.decode()
    assert (
        "/afspraken/17-05a/wijzigen/" not in visit(world.reporter).get("/afspraken/17-05a/").content.decode()
    )


def test_a_commitment_that_is_not_divided_gets_no_division_by_amendment(world):
    with pytest.raises(ValidationError, match="De partijen in de verdeling blijven dezelfde"):
        propose_amendment(
            world.homes,
            by=world.reporter,
            on=TODAY,
            version=1,
            changes={"division": division(world, 44, 40)},
            reason=REASON,
        )
