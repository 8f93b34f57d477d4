"""Who may what: a table of actor and situation against the answer."""

from decimal import Decimal
from uuid import uuid4

import pytest

from agreements.access.refusals import Refused, allows
from agreements.commitments import permissions as commitments
from agreements.commitments.models import Commitment
from agreements.progress import permissions as progress
from agreements.progress.models import Claim
from agreements.progress.operations import return_progress, send_back_draft
from agreements.reports import permissions as reports
from tests.progress.sheets import a_draft, an_offer
from tests.world import TODAY, World, an_amendment, an_update

# Pages with a form: sent empty they answer 422.
FORMS = (
    "voortgang/",
    "bewerken/",
    "nieuw/",
    "intrekken/",
    "nieuwe-afspraak/",
    "overnemen/",
    "volgorde/",
    "consultatie/",
    "planning/",
    "wijzigen/",
    "opgave/",
)
CAST = ("coordinator", "colleague", "reporter", "director", "chair", "councillor", "stranger")


def allowed(rule, *subject, world: World) -> set[str]:
    return {name for name in CAST if allows(rule, *subject, by=world.cast[name])}


def test_only_the_executing_party_reports(world):
    assert allowed(progress.submit_progress, world.homes, world=world) == {"reporter", "director"}


def test_nobody_reports_on_a_draft(world):
    assert allowed(progress.submit_progress, world.draft, world=world) == set()


def test_only_coordinators_edit_a_draft(world):
    assert allowed(commitments.edit_commitment, world.draft, world=world) == {"coordinator", "colleague"}


def test_only_coordinators_draft_while_the_year_is_a_draft(world):
    concept, adopted = world.draft.year_slice, world.homes.year_slice
    for rule in (commitments.draft_commitment, commitments.copy_commitments, commitments.move_commitment):
        assert allowed(rule, concept, world=world) == {"coordinator", "colleague"}
        assert allowed(rule, adopted, world=world) == set()
    assert allowed(commitments.withdraw_commitment, world.draft, world=world) == {"coordinator", "colleague"}
    assert allowed(commitments.withdraw_commitment, world.homes, world=world) == set()
    assert allowed(commitments.define_indicator, world=world) == {"coordinator", "colleague"}


def test_nobody_edits_adopted_text(world):
    assert allowed(commitments.edit_commitment, world.homes, world=world) == set()
    with pytest.raises(Refused, match="De tekst ligt vast"):
        commitments.edit_commitment(world.homes, by=world.coordinator)


def test_who_works_for_a_party_concerned_proposes_an_amendment(world):
    concerned = {"coordinator", "colleague", "reporter", "director", "chair"}
    assert allowed(commitments.propose_amendment, world.homes, world=world) == concerned
    assert allowed(commitments.propose_amendment, world.draft, world=world) == set()


def test_who_decides_for_the_other_parties_answers_and_the_proposer_takes_back(world):
    amendment = an_amendment(world, text="Heideveld levert 70 woningen op.")
    assert allowed(commitments.answer_amendment, amendment, world=world) == {
        "coordinator",
        "colleague",
        "chair",
    }
    assert allowed(commitments.withdraw_amendment, amendment, world=world) == {"reporter", "director"}


def test_inside_a_party_the_signatory_gives_the_second_look(world):
    party = world.heideveld
    assert allowed(progress.save_draft, world.homes, world=world) == {"reporter", "director"}
    assert allowed(progress.fill_sheet, party, world=world) == {"reporter", "director"}
    assert allowed(progress.require_approval, party, world=world) == {"director"}
    assert allowed(progress.read_offers, party, world=world) == {"director"}
    assert allowed(progress.offer_progress, world.homes, world=world) == set(), "not asked for"
    draft = an_offer(world, key=uuid4(), claim=Claim(status="on_track", explanation="x", value=Decimal(5)))
    homes = Commitment.objects.with_everything().get(pk=world.homes.pk)
    assert allowed(progress.offer_progress, homes, world=world) == {"reporter", "director"}
    assert allowed(progress.submit_progress, homes, world=world) == {"director"}
    for rule in (progress.approve_progress, progress.send_back_draft):
        assert allowed(rule, draft, world=world) == {"director"}


def test_the_municipality_asks_back_and_the_party_answers(world):
    update = an_update(world)
    assert allowed(progress.return_progress, update, world=world) == {"coordinator", "colleague"}
    returned = return_progress(update, by=world.coordinator, on=TODAY, question="Hoe is dit geteld?")
    assert allowed(progress.answer_return, returned, world=world) == {"reporter", "director"}


def test_only_coordinators_open_close_and_reopen_rounds(world):
    municipality = {"coordinator", "colleague"}
    assert allowed(progress.open_round, world=world) == municipality
    assert allowed(progress.close_round, world.round, world=world) == municipality
    assert allowed(progress.reopen_round, world.round, world=world) == set(), "it is open"
    world.round.closed_on = TODAY
    assert allowed(progress.reopen_round, world.round, world=world) == municipality


STATES = ("concept", "waiting", "sent_back")


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("name", [*CAST, "visitor"])
def test_who_sees_which_draft(world, visit, state, name):
    """Actor against state: what is not sent is for the own party only, on every page that could show it."""
    secret = "Dit leest alleen Heideveld zelf."
    claim = Claim(status="on_track", explanation=secret, value=Decimal(77))
    if state == "concept":
        draft = a_draft(world, value="77", explanation=secret)
    else:
        answers = {"value": "77", "explanation": secret}
        draft = an_offer(world, key=uuid4(), claim=claim, answers=answers)
    if state == "sent_back":
        send_back_draft(draft, by=world.director, on=TODAY, version=1, remark="Opmerking van de bestuurder.")
    client, own = visit(world.cast.get(name)), name in ("reporter", "director")
    pages = ["/", "/afspraken/", "/afspraken/17-01/", "/mijn-taken/", "/rondes/", "/rondes/2017-K3/sluiten/"]
    pages += ["/rondes/2017-K3/opgave/", "/afspraken/17-01/voortgang/", "/organisatie/hv/akkoord/"]
    shown = {
        page: client.get(page).content.decode() for page in [*pages, f"/opgaven/{draft.pk}/terugsturen/"]
    }
    if not own:
        assert not any(secret in text or "Opmerking van de bestuurder" in text for text in shown.values())
        expected = {"visitor": 302}.get(name, 404)
        assert client.get(f"/opgaven/{draft.pk}/terugsturen/").status_code == expected
        return
    assert secret in shown["/afspraken/17-01/voortgang/"]
    assert (secret in shown["/rondes/2017-K3/opgave/"]) == (state != "waiting"), (
        "what waits is read elsewhere"
    )
    assert (secret in shown["/organisatie/hv/akkoord/"]) == (state == "waiting" and name == "director")
    assert secret not in shown["/afspraken/17-01/"], "the page that everyone reads shows what counts"


def test_only_coordinators_make_reports(world):
    assert allowed(reports.create_report, world=world) == {"coordinator", "colleague"}


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    ("address", "reporter", "coordinator", "stranger", "councillor"),
    [
        ("/afspraken/17-01/", 200, 200, 200, 200),
        ("/afspraken/18-01/", 200, 200, 200, 404),
        ("/afspraken/18-01/bewerken/", 403, 200, 403, 404),
        ("/afspraken/17-01/voortgang/", 200, 403, 403, 403),
        ("/afspraken/17-01/bewerken/", 403, 403, 403, 403),
        ("/afspraken/18-01/intrekken/", 403, 200, 403, 404),
        ("/afspraken/17-01/intrekken/", 403, 403, 403, 403),
        ("/jaarschijven/2018/nieuwe-afspraak/", 403, 200, 403, 403),
        ("/jaarschijven/2017/nieuwe-afspraak/", 403, 403, 403, 403),
        ("/jaarschijven/2018/overnemen/", 403, 200, 403, 403),
        ("/jaarschijven/2018/volgorde/", 403, 200, 403, 403),
        ("/indicatoren/nieuw/", 403, 200, 403, 403),
        ("/afspraken/17-01/wijzigen/", 200, 200, 403, 403),
        ("/afspraken/18-01/wijzigen/", 403, 403, 403, 404),
        ("/afspraken/17-01/versies/", 200, 200, 200, 200),
        ("/wijzigingen/999/", 404, 404, 404, 404),
        ("/wijzigingen/999/intrekken/", 404, 404, 404, 404),
        ("/rondes/2017-K3/opgave/", 200, 200, 200, 403),
        ("/rondes/2017-K3/heropenen/", 403, 403, 403, 403),
        ("/organisatie/hv/akkoord/", 403, 403, 403, 403),
        ("/organisatie/hv/akkoord/instellen/", 403, 403, 403, 403),
        ("/organisatie/xx/akkoord/", 404, 404, 404, 404),
        ("/opgaven/999/terugsturen/", 404, 404, 404, 404),
        ("/voortgang/999/terugvragen/", 404, 404, 404, 404),
        ("/teruggevraagd/999/", 404, 404, 404, 404),
        ("/rapportages/nieuw/", 403, 200, 403, 403),
        ("/agenda/A-99/besluit/2018/", 404, 404, 404, 404),
        ("/jaarschijven/2018/fase/consultatie/", 403, 200, 403, 403),
        ("/jaarschijven/2018/planning/", 403, 200, 403, 403),
        ("/jaarschijven/2017/planning/", 403, 403, 403, 403),
        ("/rapportages/PA-9/", 404, 404, 404, 404),
        ("/afspraken/99-99/", 404, 404, 404, 404),
        ("/afspraken/99-99/bewerken/", 404, 404, 404, 404),
    ],
)
def test_addresses_answer_each_role(
    world, visit, address, reporter, coordinator, stranger, councillor, method
):
    expected = {
        "reporter": reporter,
        "coordinator": coordinator,
        "stranger": stranger,
        "councillor": councillor,
    }
    for name, status in expected.items():
        answer = getattr(visit(world.cast[name]), method)(address)
        shown = 422 if method == "post" and status == 200 and address.endswith(FORMS) else status
        assert answer.status_code == shown, (name, answer.status_code)


def test_a_draft_and_a_wrong_code_look_the_same_to_a_visitor(world, client):
    draft, unknown = client.get("/afspraken/18-01/"), client.get("/afspraken/99-99/")
    assert draft.status_code == unknown.status_code == 404
    assert draft.content == unknown.content


@pytest.mark.parametrize(
    "address",
    ["/mijn-taken/", "/afspraken/17-01/voortgang/", "/afspraken/18-01/bewerken/", "/rapportages/nieuw/"],
)
def test_visitors_are_asked_to_log_in(world, client, address):
    answer = client.get(address)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/login/?next=")


def test_someone_whose_role_ended_is_refused_at_once(world, visit):
    client = visit(world.reporter)
    assert client.get("/afspraken/17-01/voortgang/").status_code == 200
    world.reporter.memberships.update(ended_on="2017-11-15")
    assert client.get("/afspraken/17-01/voortgang/").status_code == 403


def test_a_disabled_account_is_out_at_the_next_request(world, visit):
    client = visit(world.reporter)
    world.reporter.is_active = False
    world.reporter.save()
    assert client.get("/mijn-taken/").status_code == 302


def test_get_changes_nothing(world, visit):
    from agreements.history.queries import checkpoint

    client, before = visit(world.coordinator), checkpoint()
    for address in (
        "/",
        "/afspraken/",
        "/afspraken/18-01/bewerken/",
        "/afspraken/18-01/intrekken/",
        "/jaarschijven/2018/nieuwe-afspraak/",
        "/jaarschijven/2018/overnemen/",
        "/jaarschijven/2018/volgorde/",
        "/indicatoren/",
        "/mijn-taken/",
        "/rondes/2017-K3/opgave/",
        "/rapportages/nieuw/",
    ):
        client.get(address)
    assert checkpoint() == before
