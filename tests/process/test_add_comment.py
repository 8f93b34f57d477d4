"""During consultation everyone with a role comments on a text, on whose behalf they speak."""

from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from agreements.access.refusals import Refused
from agreements.commitments.models import Commitment
from agreements.commitments.operations import edit_commitment, withdraw_commitment
from agreements.history.models import Event
from agreements.history.queries import timeline
from agreements.process import permissions
from agreements.process.models import Comment
from agreements.process.operations import add_comment
from tests.process.heard import a_comment, comment_answers, put, tenants
from tests.world import PASSWORD, TODAY

ADD = "/afspraken/18-01/opmerkingen/nieuw/"


def test_tenants_comment_for_their_members_in_the_browser(world, visit):
    put(world, "consultation")
    client = visit(world.chair)
    page = client.get(ADD).content.decode()
    assert "Heideveld levert 60 woningen op." in page
    assert "Huurdersraad Heideveld, namens de achterban" in page
    answer = client.post(ADD, comment_answers())
    assert (answer.status_code, answer["Location"]) == (303, "/afspraken/18-01/#opmerkingen")
    made = Comment.objects.get()
    assert (made.party, made.voice, made.number, made.version) == (tenants(), "members", 1, 1)
    assert (made.said_by, made.said_on, made.state) == (world.chair, TODAY, "open")
    event = timeline(world.draft).first()
    assert event.sentence == "Opmerking 1 van Huurdersraad Heideveld, namens de achterban."
    assert "Meer woningen, graag." in visit().get("/afspraken/18-01/").content.decode()


def test_each_role_speaks_for_whom_it_may(world):
    expected = {
        "coordinator": {("gh", "party")},
        "reporter": {("hv", "party"), ("hv", "supervisors")},
        "chair": {("hrh", "party"), ("hrh", "members")},
        "councillor": {("gh", "committee")},
    }
    for name, voices in expected.items():
        assert {(p.key, v.value) for p, v in permissions.voices(by=world.cast[name])} == voices


def test_the_council_speaks_through_the_committee(world, visit):
    put(world, "consultation")
    client = visit(world.councillor)
    assert client.post(ADD, comment_answers(voice="gh-party")).status_code == 422
    assert client.post(ADD, comment_answers(voice="gh-committee")).status_code == 303
    assert Comment.objects.get().speaker == "Gemeente Hilversum, namens de raadscommissie"


@pytest.mark.parametrize("phase", ["bid", "concept", "signing"])
def test_only_in_consultation(world, visit, phase):
    put(world, phase)
    answer = visit(world.chair).post(ADD, comment_answers())
    assert answer.status_code == 403
    assert "Opmerkingen horen bij de fase consultatie." in answer.content.decode()
    assert "Maak een opmerking" not in visit(world.chair).get("/afspraken/18-01/").content.decode()


def test_a_draft_is_not_there_for_the_council(world, visit):
    assert visit(world.councillor).post(ADD, comment_answers()).status_code == 404
    assert visit(world.councillor).get("/jaarschijven/2018/opmerkingen/").status_code == 404


def test_nobody_speaks_for_another(world):
    put(world, "consultation")
    for given in ({"party": world.boekweit}, {"voice": "committee"}, {"voice": "supervisors"}):
        with pytest.raises(ValidationError, match="Kies namens wie u spreekt."):
            a_comment(world, **given)


def test_a_visitor_logs_in_and_finds_the_text_back(world, client):
    put(world, "consultation")
    client.post(ADD, comment_answers(text="Wat ik net typte."))
    login = {"login": world.chair.email, "password": PASSWORD, "next": ADD}
    assert client.post("/account/login/", login)["Location"] == ADD
    assert "Wat ik net typte." in client.get(ADD).content.decode()
    assert not Comment.objects.exists()


def test_one_form_sent_twice_makes_one(world, visit):
    put(world, "consultation")
    client, typed = visit(world.chair), comment_answers()
    assert [client.post(ADD, typed).status_code for _ in range(2)] == [303, 303]
    assert Event.objects.filter(verb="process.comment_added").count() == 1
    with pytest.raises(ValidationError, match="Dit formulier is al eerder verstuurd"):
        a_comment(world, by=world.reporter, party=world.heideveld, voice="party", key=typed["key"])


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": ""},
        {"text": "x" * 2001},
        {"text": "veilig\u202egnp"},
        {"text": "een\0nul"},
        {"voice": "bw-party"},
        {"voice": ""},
        {"version": "9" * 30 + "x"},
        {"key": "x"},
    ],
)
def test_wrong_answers_make_nothing(world, visit, wrong):
    put(world, "consultation")
    assert visit(world.chair).post(ADD, comment_answers(**wrong)).status_code == 422
    assert not Comment.objects.exists()


def test_a_text_that_changed_meanwhile_is_shown_first(world, visit):
    change = {"text": "Heideveld levert 65 woningen op."}
    edit_commitment(world.draft, by=world.coordinator, on=TODAY, version=1, changes=change)
    put(world, "consultation")
    client = visit(world.chair)
    answer = client.post(ADD, comment_answers())
    assert answer.status_code == 409
    page = answer.content.decode()
    for text in ("Heideveld levert 65 woningen op.", "Meer woningen, graag.", 'name="version" value="2"'):
        assert text in page
    assert client.post(ADD, comment_answers(version="2")).status_code == 303


def test_a_withdrawn_commitment_takes_no_comment(world):
    withdraw_commitment(world.draft, by=world.coordinator, on=TODAY, reason="Toch niet.")
    put(world, "consultation")
    with pytest.raises(Refused, match="ingetrokken"):
        a_comment(world)


def test_markup_is_text_and_two_megabytes_are_refused(world, visit):
    put(world, "consultation")
    client = visit(world.chair)
    assert client.post(ADD, comment_answers(text="x" * 2_000_000)).status_code in (413, 422)
    assert client.post(ADD, comment_answers(text="<script>alert(1)</script>")).status_code == 303
    for path in ("/afspraken/18-01/", "/jaarschijven/2018/opmerkingen/"):
        page = visit().get(path).content.decode()
        assert "&lt;script&gt;" in page
        assert "<script>alert" not in page


def test_the_operation_knows_a_year_that_was_just_put_back(world):
    put(world, "consultation")
    stale = Commitment.objects.select_related("year_slice").get(pk=world.draft.pk)
    put(world, "concept")
    given = {"party": tenants(), "voice": "party", "text": "Te laat.", "version": 1, "key": uuid4()}
    with pytest.raises(Refused, match="fase concept"):
        add_comment(stale, by=world.chair, on=TODAY, **given)
