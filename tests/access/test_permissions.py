"""Who may what: a table of actor and situation against the answer."""

from decimal import Decimal
from uuid import uuid4

import pytest

from agreements.access.refusals import Refused, allows
from agreements.commitments import permissions as commitments
from agreements.commitments.models import Commitment
from agreements.notifications import permissions as notifications
from agreements.parties.operations import add_member
from agreements.process import permissions as process
from agreements.progress import permissions as progress
from agreements.progress.models import Claim
from agreements.progress.operations import return_progress, send_back_draft
from agreements.reports import permissions as reports
from agreements.reports.operations import create_report
from agreements.stock import permissions as stock
from agreements.workspace import permissions as workspace
from tests.process.heard import a_comment, a_proposal, a_wish, put
from tests.progress.sheets import a_draft, an_offer
from tests.signing.builders import a_signer
from tests.world import SIGNED, TODAY, World, an_amendment, an_assessment, an_update

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
    "opgeven/2017/",
    "voorstellen/nieuw/",
    "overnemen/",
    "samenvoegen/",
    "afwijzen/",
    "opmerkingen/nieuw/",
    "instellingen/",
    "oordelen/2017-K3/",
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
    with pytest.raises(Refused, match="kan alleen in de fasen bod en concept"):
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


def test_only_the_corporation_itself_states_its_stock(world):
    assert allowed(stock.submit_statement, world.heideveld, world=world) == {"reporter", "director"}
    assert allowed(stock.submit_statement, world.boekweit, world=world) == {"stranger"}
    assert allowed(stock.submit_statement, world.municipality, world=world) == set()


PHASES = ("agenda", "bid", "concept", "consultation", "signing", "adopted", "closed")
MUNICIPALITY = {"coordinator", "colleague"}


@pytest.mark.parametrize("phase", PHASES)
def test_each_party_writes_its_own_proposals_and_coordinators_decide_while_it_is_a_draft(world, phase):
    bid, wish = a_proposal(world), a_wish(world)
    is_draft = phase in ("bid", "concept")
    for made in (bid, wish):
        made.year_slice.phase = phase
    own = {"reporter", "director"}
    cells = {
        process.edit_proposal: {bid: own, wish: {"chair"}},
        process.withdraw_proposal: {bid: own, wish: {"chair"}},
        process.take_up_proposal: {bid: MUNICIPALITY, wish: MUNICIPALITY},
        process.merge_proposal: {bid: MUNICIPALITY, wish: MUNICIPALITY},
        process.decline_proposal: {bid: MUNICIPALITY, wish: MUNICIPALITY},
    }
    for rule, expected in cells.items():
        for made, people in expected.items():
            assert allowed(rule, made, world=world) == (people if is_draft else set()), rule
    makers = own | {"chair", "stranger"}
    assert allowed(process.make_proposal, bid.year_slice, world=world) == (makers if is_draft else set())


@pytest.mark.parametrize("state", ["taken_up", "merged", "declined", "withdrawn"])
def test_what_was_decided_nobody_decides_or_edits_again(world, state):
    made = a_proposal(world)
    made.state = state
    for name in ("edit", "withdraw", "take_up", "merge", "decline"):
        assert allowed(getattr(process, f"{name}_proposal"), made, world=world) == set(), name


@pytest.mark.parametrize("phase", PHASES)
def test_everyone_with_a_role_comments_in_consultation_and_coordinators_answer_until_signing(world, phase):
    put(world, "consultation")
    comment = a_comment(world)
    draft = comment.commitment
    draft.year_slice.phase = phase
    speakers = set(CAST) if phase == "consultation" else set()
    assert allowed(process.add_comment, draft, world=world) == speakers
    answerers = MUNICIPALITY if phase in ("consultation", "concept") else set()
    assert allowed(process.answer_comment, comment, world=world) == answerers
    comment.state = "taken_up"
    assert allowed(process.answer_comment, comment, world=world) == set()


def test_who_can_mend_an_address_sees_what_was_not_delivered(world):
    assert allowed(notifications.read_post, world=world) == {"coordinator", "colleague"}
    add_member(world.municipality, user=world.councillor, role="manager", by=None, on=SIGNED)
    del world.councillor._standing
    assert "councillor" in allowed(notifications.read_post, world=world)


def test_who_decides_for_another_party_concerned_judges_a_figure(world):
    update = an_update(world)
    assert allowed(progress.assess_progress, update, world=world) == {"coordinator", "colleague", "chair"}
    deciders = {"coordinator", "colleague", "director", "chair"}
    assert allowed(progress.assess_round, world.round, world=world) == deciders


def test_who_reports_for_the_executing_party_answers_a_dissent(world):
    update = an_update(world)
    dissent = an_assessment(update, by=world.chair)
    agreed = an_assessment(update, by=world.coordinator, verdict="agreed")
    assert allowed(progress.answer_assessment, dissent, world=world) == {"reporter", "director"}
    assert allowed(progress.answer_assessment, agreed, world=world) == set()


def test_only_tenants_have_a_desk_and_only_their_board_shares_it(world):
    assert allowed(workspace.open_desk, world=world) == {"chair"}
    assert allowed(workspace.share_desk, world=world) == {"chair"}
    assert allowed(workspace.add_note, world.homes, world=world) == {"chair"}
    world.chair.memberships.update(role="reporter")
    assert allowed(workspace.open_desk, world=world) == {"chair"}
    del world.chair._standing
    assert allowed(workspace.share_desk, world=world) == set()
    assert allowed(workspace.add_note, world.homes, world=world) == {"chair"}


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
    assert allowed(progress.remind_parties, world.round, world=world) == municipality
    assert allowed(progress.move_window, world.round, world=world) == municipality
    assert allowed(workspace.oversee, world=world) == municipality
    world.round.closed_on = TODAY
    assert allowed(progress.remind_parties, world.round, world=world) == set(), "it is closed"
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


def test_who_made_a_report_does_not_publish_it_and_parties_comment_on_a_shared_draft(world, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    report = create_report(world.round, by=world.coordinator, on=TODAY)
    coordinators = {"coordinator", "colleague"}
    table = {
        "rendering": {reports.cancel_report: coordinators},
        "failed": {reports.retry_report: coordinators, reports.cancel_report: coordinators},
        "ready": {
            reports.share_report: coordinators,
            reports.publish_report: {"colleague"},
            reports.ask_signature: {"colleague"},
            reports.cancel_report: coordinators,
        },
        "cancelled": {},
        "published": {reports.withdraw_report: coordinators, reports.correct_report: coordinators},
        "withdrawn": {reports.correct_report: coordinators},
    }
    rules = {rule for row in table.values() for rule in row}
    for state, row in table.items():
        report.state = state
        for rule in rules:
            assert allowed(rule, report, world=world) == row.get(rule, set()), (state, rule.__name__)
    report.state, report.signature_asked_on = "ready", TODAY
    alderman = a_signer(world.municipality)
    for rule in (reports.publish_report, reports.ask_signature, reports.share_report):
        assert allowed(rule, report, world=world) == set(), rule.__name__
    assert allowed(reports.drop_signature, report, world=world) == coordinators
    assert allowed(reports.sign_report, report, world=world) == set(), "a role is not a mandate"
    assert allows(reports.sign_report, report, by=alderman)
    report.signature_asked_on = None
    report.state, report.shared_on, report.comments_due_on = "ready", TODAY, TODAY
    assert allowed(reports.comment_on_report, report, world=world) == {
        "reporter",
        "director",
        "chair",
        "stranger",
    }
    assert allowed(reports.publish_report, report, world=world) == set()


ROLES = ("reporter", "coordinator", "stranger", "councillor")
# an address, and what each of these gets
ADDRESSES = [
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
    ("/oordelen/2017-K3/", 403, 200, 403, 403),
    ("/oordelen/2017-K9/", 404, 404, 404, 404),
    ("/oordelen/2017-K3/17-01/", 403, 404, 403, 403),
    ("/oordelen/antwoord/999/", 404, 404, 404, 404),
    ("/meekijken/", 403, 403, 403, 403),
    ("/meekijken/lijst/", 403, 403, 403, 403),
    ("/meekijken/links/nieuw/", 403, 403, 403, 403),
    ("/meekijken/notities/17-01/", 403, 403, 403, 403),
    ("/meekijken/notities/999/verwijderen/", 404, 404, 404, 404),
    ("/meekijken/geheim/", 404, 404, 404, 404),
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
    ("/jaarschijven/2018/voorstellen/nieuw/", 200, 403, 200, 403),
    ("/jaarschijven/2017/voorstellen/nieuw/", 403, 403, 403, 403),
    ("/jaarschijven/2018/voorstellen/", 200, 200, 200, 404),
    ("/jaarschijven/2018/voorstellen/1/", 200, 200, 200, 404),
    ("/jaarschijven/2018/voorstellen/1/bewerken/", 200, 403, 403, 404),
    ("/jaarschijven/2018/voorstellen/1/overnemen/", 403, 200, 403, 404),
    ("/jaarschijven/2018/voorstellen/1/samenvoegen/", 403, 200, 403, 404),
    ("/jaarschijven/2018/voorstellen/1/afwijzen/", 403, 200, 403, 404),
    ("/jaarschijven/2018/voorstellen/9/", 404, 404, 404, 404),
    ("/jaarschijven/2018/opmerkingen/", 200, 200, 200, 404),
    ("/afspraken/18-01/opmerkingen/nieuw/", 403, 403, 403, 404),
    ("/afspraken/17-01/opmerkingen/nieuw/", 403, 403, 403, 403),
    ("/afspraken/18-01/opmerkingen/1/", 404, 404, 404, 404),
    ("/berichten/instellingen/", 200, 200, 200, 200),
    ("/berichten/post/", 403, 200, 403, 403),
    ("/berichten/post/999/", 403, 404, 403, 403),
    ("/mandaten/", 200, 200, 200, 403),
    ("/mandaten/nieuw/hv/", 403, 403, 403, 403),
    ("/mandaten/999/beeindigen/", 404, 404, 404, 404),
    ("/jaarschijven/2018/ondertekening/nieuw/", 403, 403, 403, 403),
    ("/jaarschijven/2018/ondertekening/1/", 404, 404, 404, 404),
    ("/jaarschijven/2018/ondertekening/1/sluiten/", 404, 404, 404, 404),
    ("/rapportages/PA-9/", 404, 404, 404, 404),
    ("/voorraad/hv/opgeven/2017/", 200, 403, 403, 403),
    ("/voorraad/bw/opgeven/2017/", 403, 403, 200, 403),
    ("/voorraad/gh/opgeven/2017/", 404, 404, 404, 404),
    ("/afspraken/99-99/", 404, 404, 404, 404),
    ("/afspraken/99-99/bewerken/", 404, 404, 404, 404),
]


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", ROLES)
def test_addresses_answer_each_role(world, visit, name, method):
    a_proposal(world)
    client = visit(world.cast[name])
    for address, *statuses in ADDRESSES:
        status = statuses[ROLES.index(name)]
        answer = getattr(client, method)(address)
        shown = 422 if method == "post" and status == 200 and address.endswith(FORMS) else status
        assert answer.status_code == shown, (address, answer.status_code)


def test_a_draft_and_a_wrong_code_look_the_same_to_a_visitor(world, client):
    draft, unknown = client.get("/afspraken/18-01/"), client.get("/afspraken/99-99/")
    assert draft.status_code == unknown.status_code == 404
    assert draft.content == unknown.content


@pytest.mark.parametrize(
    "address",
    [
        "/mijn-taken/",
        "/berichten/",
        "/mijn-taken/agenda/",
        "/afspraken/17-01/voortgang/",
        "/afspraken/18-01/bewerken/",
        "/rapportages/nieuw/",
        "/oordelen/2017-K3/",
        "/meekijken/",
    ],
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
        "/oordelen/2017-K3/",
        "/rondes/2017-K3/opgave/",
        "/rapportages/nieuw/",
        "/jaarschijven/2018/voorstellen/",
        "/jaarschijven/2018/opmerkingen/",
    ):
        client.get(address)
    assert checkpoint() == before
