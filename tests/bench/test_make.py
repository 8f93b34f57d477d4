"""The rows of the measurements: the same for the same seed, in the sizes that are promised, and true to the portal."""

import pytest

from agreements.commitments.models import Commitment
from agreements.history.queries import broken_links
from agreements.parties.models import Membership, Party
from agreements.progress.models import ProgressUpdate, ReportingRound
from agreements.web.dates import today
from bench import store
from bench.rows import SIZES, Size, fingerprint, rows

SMALL = Size(20, 3)


def test_the_same_seed_gives_the_same_rows_and_another_seed_gives_others() -> None:
    assert fingerprint(rows(SMALL, 42)) == fingerprint(rows(SMALL, 42))
    assert fingerprint(rows(SMALL, 42)) != fingerprint(rows(SMALL, 43))


def test_a_smaller_size_is_the_beginning_of_a_larger_one() -> None:
    def commitments(size: Size) -> list:
        return [row for row in rows(size) if row["kind"] == "commitment"]

    assert commitments(Size(5, 3)) == commitments(SMALL)[:5]


def test_the_sizes_are_those_of_the_performance_table() -> None:
    kinds = [row["kind"] for row in rows(SIZES["M"])]
    counts = {kind: kinds.count(kind) for kind in kinds}
    assert counts == {"party": 12, "theme": 10, "commitment": 500, "update": 2000}


def test_texts_have_60_words_and_explanations_30() -> None:
    found = list(rows(SMALL))
    assert {len(row["text"].split()) for row in found if row["kind"] == "commitment"} == {60}
    assert {len(row["explanation"].split()) for row in found if row["kind"] == "update"} == {30}


@pytest.mark.django_db
def test_the_database_holds_exactly_the_rows_that_were_made() -> None:
    assert store.is_empty()
    assert store.fill(SMALL, 7) == fingerprint(rows(SMALL, 7))
    assert not store.is_empty()


@pytest.mark.django_db
def test_every_row_is_an_example_and_the_history_is_whole() -> None:
    store.fill(SMALL)
    assert set(Party.objects.values_list("provenance", flat=True)) == {"example"}
    assert set(Commitment.objects.values_list("provenance", flat=True)) == {"example"}
    assert list(broken_links()) == []


@pytest.mark.django_db
def test_a_round_is_open_and_each_corporation_has_someone_to_report_in_it() -> None:
    store.fill(SMALL)
    open_now = ReportingRound.objects.open_on(today()).get()
    assert not ProgressUpdate.objects.filter(round=open_now).exists()
    reporters = Membership.objects.filter(role="reporter").values_list("party__kind", flat=True)
    assert list(reporters) == ["corporation"] * 6
    assert Membership.objects.filter(role="coordinator", party__kind="municipality").count() == 1
