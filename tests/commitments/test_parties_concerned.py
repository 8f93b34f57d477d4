"""Whom a commitment concerns is asked in three ways; they always give the same answer."""

from itertools import product

import pytest

from agreements.agreement.operations import note_answer
from agreements.commitments.models import Commitment
from agreements.commitments.permissions import parties_concerned
from agreements.commitments.queries import concerned_in, concerning
from agreements.parties.models import Party
from tests.world import SIGNED


@pytest.fixture
def all_kinds(world):
    """Each party as lead, with each party as contributor or none, with and without the municipality as signatory."""
    example = Commitment.objects.get(pk=world.homes.pk)
    parties = list(Party.objects.all())
    for number, (lead, contributor) in enumerate(product(parties, [None, *parties])):
        fields = {"code": f"17-9{number:02}", "title": "T", "text": "T", "kind": "hard", "provenance": "own"}
        row = Commitment.objects.create(
            year_slice=example.year_slice, theme=example.theme, lead=lead, search_text="t", **fields
        )
        if contributor:
            row.contributions.create(party=contributor, what="Helpt.")
    return world


@pytest.mark.parametrize("is_asked", [True, False])
def test_the_three_ways_agree(all_kinds, is_asked):
    if not is_asked:
        all_kinds.agreement.signatories.filter(party=all_kinds.municipality).delete()
    commitments = list(Commitment.objects.with_everything())
    assert len(commitments) > 20
    expected = {row.pk: parties_concerned(row) for row in commitments}
    assert concerned_in(commitments) == expected
    for party in Party.objects.all():
        found = set(concerning([party.pk]).values_list("pk", flat=True))
        assert found == {pk for pk, concerned in expected.items() if party in concerned}, party
    assert any(len(concerned) == 3 and all_kinds.boekweit in concerned for concerned in expected.values())


def test_it_takes_as_many_queries_for_40_as_for_2(all_kinds, django_assert_num_queries):
    rows = list(Commitment.objects.with_everything())
    for some in (rows[:2], rows):
        with django_assert_num_queries(4):
            concerned_in(some)


def test_of_a_promise_that_concerns_one_party_only_those_who_signed_are_concerned(world):
    promise = Commitment.objects.get(pk=world.draft.pk)
    world.agreement.signatories.filter(party=world.municipality).delete()
    Party.objects.filter(key="hrh").update(represents=None)
    assert [party.key for party in parties_concerned(promise)] == ["bw", "hv"]
    note_answer(
        world.agreement,
        world.municipality,
        by=None,
        on=SIGNED,
        outcome="declined",
        answered_on=SIGNED,
        provenance="own",
    )
    assert [party.key for party in parties_concerned(promise)] == ["gh", "hv"]
    assert concerned_in([promise])[promise.pk] == parties_concerned(promise)
