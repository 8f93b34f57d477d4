"""A concept of one answer: kept for the own party, right or not; two colleagues never overwrite each other."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from agreements.documents.models import Evidence
from agreements.history.models import Event
from agreements.progress.models import Draft, ProgressUpdate
from tests.progress.sheets import STORY, a_coworker, a_draft, typed
from tests.progress.test_submit_progress import ADDRESS, CSV, answers
from tests.world import TODAY


def save(client, **changed: str):
    return client.post(ADDRESS, {**answers(**changed), "save": "ja"})


def test_a_concept_is_kept_as_it_was_typed_and_counts_for_nobody(world, visit):
    answer = save(visit(world.reporter), value="twaalf", status="", explanation="Nog niet af", version="0")
    assert (answer.status_code, answer["Location"]) == (303, f"{ADDRESS}?ronde=2017-K3")
    assert not ProgressUpdate.objects.exists()
    page = visit(world.director).get(ADDRESS).content.decode()
    assert "Bewaard door Medewerker Heideveld op 15\xa0november 2017." in page
    sent = typed(page)
    assert (sent["value"], sent["explanation"], sent["version"]) == ("twaalf", "Nog niet af", "1")
    assert Event.objects.filter(verb="progress.draft_saved").count() == 1


def test_nobody_outside_the_party_finds_it(world, visit):
    a_draft(world, value="77", explanation="Dit is nog geheim.")
    for name in ("coordinator", "chair", "councillor", "stranger"):
        client = visit(world.cast[name])
        for address in ("/afspraken/17-01/", "/mijn-taken/", "/rondes/", "/afspraken/"):
            assert "Dit is nog geheim." not in client.get(address).content.decode(), (name, address)
    assert "Dit is nog geheim." not in "".join(Event.objects.values_list("sentence", flat=True))


def test_two_colleagues_who_keep_another_text_see_both(world, visit):
    a_draft(world, by=a_coworker(world), value="53", explanation="De tekst van de collega.")
    client = visit(world.reporter)
    answer = save(client, version="0", explanation=STORY)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Collega Heideveld heeft intussen een ander concept bewaard." in page
    assert "De tekst van de collega." in page
    assert STORY in page
    assert Draft.objects.get().answers["value"] == "53"
    assert client.post(ADDRESS, {**typed(page), "save": "ja"}).status_code == 303
    assert Draft.objects.get().answers["explanation"] == STORY


def test_sending_over_a_colleagues_new_concept_is_stopped_once(world, visit):
    a_draft(world, by=a_coworker(world), value="53")
    client = visit(world.reporter)
    answer = client.post(ADDRESS, answers(version="0"))
    assert answer.status_code == 409
    assert not ProgressUpdate.objects.exists()
    assert client.post(ADDRESS, typed(answer.content.decode())).status_code == 302
    assert not Draft.objects.exists()


def test_files_of_a_concept_are_there_for_a_colleague_and_go_along(world, visit):
    client = visit(world.reporter)
    given = {**answers(version="0"), "save": "ja", "uploads": SimpleUploadedFile("lijst.csv", CSV)}
    assert client.post(ADDRESS, given).status_code == 303
    piece = Evidence.objects.get()
    client = visit(world.director)
    page = client.get(ADDRESS).content.decode()
    assert f'name="kept" value="{piece.pk}"' in page
    assert b"".join(client.get(f"/bewijs/{piece.pk}/lijst.csv").streaming_content) == CSV
    assert visit(world.chair).get(f"/bewijs/{piece.pk}/lijst.csv").status_code == 404
    client = visit(world.director)
    assert client.post(ADDRESS, answers(version="1", kept=str(piece.pk))).status_code == 302
    assert list(ProgressUpdate.objects.get().evidence.all()) == [piece]


def test_a_concept_can_be_kept_when_the_round_closed_meanwhile(world, visit):
    client = visit(world.reporter)
    world.round.closed_on = TODAY
    world.round.save()
    refused = client.post(ADDRESS, answers(ronde="2017-K3", explanation=STORY))
    assert refused.status_code == 422
    assert "is gesloten" in refused.content.decode()
    assert STORY in refused.content.decode()
    assert save(client, ronde="2017-K3", version="0").status_code == 303
    assert Draft.objects.exists()


@pytest.mark.parametrize(
    "wrong", [{"explanation": "x" * 10_001}, {"value": "a\x00b"}, {"measure": "a\u202eb"}]
)
def test_what_cannot_be_kept_is_said(world, visit, wrong):
    answer = save(visit(world.reporter), version="0", **wrong)
    assert answer.status_code == 422
    assert "Uw concept is nog niet bewaard." in answer.content.decode()
    assert not Draft.objects.exists()


def test_looking_first_sends_nothing_and_says_how_the_figure_stands(world, visit):
    answer = visit(world.reporter).post(ADDRESS, {**answers(), "check": "ja"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "52 van 84 woningen</output>" in page
    assert "Op schema" in page
    assert not ProgressUpdate.objects.exists()


def test_an_unknown_round_in_the_address_is_the_open_one(world, visit):
    client = visit(world.reporter)
    for code in ("2017-K9", "%00", "x" * 300):
        assert client.get(f"{ADDRESS}?ronde={code}").status_code == 200
    assert client.post(ADDRESS, answers(key=str(uuid4()), ronde="x\x00")).status_code == 302
