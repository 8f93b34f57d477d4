"""Who reaches what: every address of our own, every person, plainly and through htmx. A new address fails here first."""

from uuid import uuid4

import pytest
from django.urls import reverse

from agreements.access.checks import declared_access, routes
from agreements.documents.operations import attach_evidence, keep_evidence
from agreements.history.queries import checkpoint
from agreements.reports.operations import create_report
from agreements.signing.models import Seat
from agreements.workspace.operations import add_note, share_desk
from tests.process.heard import a_comment, a_proposal, put
from tests.progress.sheets import a_draft
from tests.signing.builders import a_mandate
from tests.world import TODAY, a_closed_signing, an_assessment, an_update

pytestmark = pytest.mark.both_databases
PARTIES = {"coordinator", "colleague", "reporter", "director", "chair", "stranger"}
MEMBERS = PARTIES | {"councillor"}
EVERYONE = MEMBERS | {"visitor"}
MUNICIPALITY = {"coordinator", "colleague"}

# name of the address, its arguments ("evidence" and "report" are filled in), and who gets in
ADDRESSES = [
    ("web:health", (), EVERYONE),
    ("web:components", (), EVERYONE),
    ("public:overview", (), EVERYONE),
    ("public:commitments", (), EVERYONE),
    ("public:commitment", ("17-01",), EVERYONE),
    ("public:commitment", ("18-01",), PARTIES),
    ("public:commitment", ("99-99",), set()),
    ("public:year_slices", (), EVERYONE),
    ("public:year_slice", (2018,), EVERYONE),
    ("public:year_slice", (99999999999999999999,), set()),
    ("public:explanation", (), EVERYONE),
    ("public:accessibility", (), EVERYONE),
    ("public:privacy", (), EVERYONE),
    ("agenda:agenda_items", (), EVERYONE),
    ("agenda:agenda_item", ("X-01",), set()),
    ("agenda:decide_fate", ("X-01", 2018), set()),
    ("documents:evidence", ("public",), EVERYONE),
    ("documents:evidence", ("parties",), PARTIES),
    ("documents:evidence", ("own",), {"reporter", "director"}),
    ("documents:evidence", ("waiting",), {"reporter"}),
    ("documents:evidence", ("unknown",), set()),
    ("commitments:edit_commitment", ("17-01",), set()),
    ("commitments:edit_commitment", ("18-01",), MUNICIPALITY),
    ("commitments:draft_commitment", (2018,), MUNICIPALITY),
    ("commitments:copy_commitments", (2018,), MUNICIPALITY),
    ("commitments:move_commitment", (2018,), MUNICIPALITY),
    ("commitments:withdraw_commitment", ("17-01",), set()),
    ("commitments:withdraw_commitment", ("18-01",), MUNICIPALITY),
    ("commitments:indicators", (), EVERYONE),
    ("commitments:define_indicator", (), MUNICIPALITY),
    ("commitments:propose_amendment", ("17-01",), PARTIES - {"stranger"}),
    ("commitments:propose_amendment", ("18-01",), set()),
    ("commitments:compare_versions", ("17-01",), EVERYONE),
    ("commitments:compare_versions", ("18-01",), PARTIES),
    ("commitments:answer_amendment", (1,), set()),  # nobody proposed a change
    ("commitments:withdraw_amendment", (1,), set()),
    ("process:calendar", (), EVERYONE),
    ("process:lineage", (), EVERYONE),
    ("process:prepare_year", (2018,), MUNICIPALITY),
    ("process:set_deadlines", (2018,), MUNICIPALITY),
    ("process:change_phase", (2018, "consultatie"), MUNICIPALITY),
    ("process:change_phase", (2018, "klaar"), set()),
    ("process:proposals", (2018,), PARTIES),
    ("process:proposals", (2017,), EVERYONE),
    ("process:make_proposal", (2018,), PARTIES - MUNICIPALITY),
    ("process:proposal", (2018, 1), PARTIES),
    ("process:proposal", (2018, 2), set()),
    ("process:proposal", (2018, 99999999999999999999), set()),
    ("process:edit_proposal", (2018, 1), {"reporter", "director"}),
    ("process:withdraw_proposal", (2018, 1), {"reporter", "director"}),
    ("process:take_up_proposal", (2018, 1), MUNICIPALITY),
    ("process:merge_proposal", (2018, 1), MUNICIPALITY),
    ("process:decline_proposal", (2018, 1), MUNICIPALITY),
    ("process:comments", (2018,), PARTIES),
    ("process:add_comment", ("18-01",), set()),  # 2018 is not in consultation
    ("process:answer_comment", ("18-01", 1), MUNICIPALITY),
    ("progress:submit_progress", ("17-01",), {"reporter", "director"}),
    ("progress:submit_progress", ("18-01",), set()),
    ("progress:rounds", (), MUNICIPALITY),
    ("progress:open_round", (), MUNICIPALITY),
    ("progress:close_round", ("2017-K3",), MUNICIPALITY),
    ("progress:close_round", ("2017-K9",), set()),
    ("progress:remind_parties", ("2017-K3",), MUNICIPALITY),
    ("progress:remind_parties", ("2017-K9",), set()),
    ("progress:move_window", ("2017-K3",), MUNICIPALITY),
    ("progress:move_window", ("2017-K9",), set()),
    ("progress:assess_round", ("2017-K3",), MUNICIPALITY | {"director", "chair"}),
    ("progress:assess_round", ("2017-K9",), set()),
    ("progress:assess_progress", ("2017-K3", "17-01"), MUNICIPALITY | {"chair"}),
    ("progress:assess_progress", ("2017-K3", "17-02"), set()),  # nothing was reported on it
    ("progress:answer_assessment", ("assessment",), {"reporter", "director"}),
    ("progress:answer_assessment", (99999999,), set()),
    ("progress:fill_sheet", ("2017-K3",), PARTIES - {"chair"}),
    ("progress:fill_sheet", ("2017-K9",), set()),
    ("progress:reopen_round", ("2017-K3",), set()),  # it is open
    ("progress:approve_progress", ("hv",), {"director"}),
    ("progress:approve_progress", ("bw",), set()),
    ("progress:require_approval", ("hv",), {"director"}),
    ("progress:send_back_draft", (99999999999999999999,), set()),
    ("progress:send_back_draft", ("draft",), set()),  # a concept does not wait
    ("progress:return_progress", ("update",), MUNICIPALITY),
    ("progress:return_progress", (99999999999999999999,), set()),
    ("progress:answer_return", (1,), set()),  # nobody asked anything
    ("reports:reports", (), EVERYONE),
    ("reports:create_report", (), MUNICIPALITY),
    ("reports:report", ("report",), MUNICIPALITY),
    ("reports:report", ("PA-2017-K9-1",), set()),
    ("reports:download_report", ("report",), set()),  # it is still being made
    ("reports:publish_report", ("report",), set()),
    ("reports:cancel_report", ("report",), MUNICIPALITY),
    ("reports:share_report", ("report",), set()),
    ("reports:comment_on_report", ("report",), set()),
    ("reports:withdraw_report", ("report",), set()),
    ("reports:correct_report", ("report",), set()),
    ("reports:ask_signature", ("report",), set()),
    ("reports:drop_signature", ("report",), set()),
    ("reports:sign_report", ("report",), set()),
    ("reports:check_report", (), EVERYONE),
    ("reports:compare_reports", (), EVERYONE),
    ("reports:feed", (), EVERYONE),
    ("reports:schema", (), EVERYONE),
    *(
        (f"reports:download_{kind}", ("report",), MUNICIPALITY)
        for kind in ("json", "csv", "xlsx", "docx", "odt")
    ),
    ("reports:retry_report", ("report",), set()),
    ("public:parties", (), EVERYONE),
    ("public:party", ("hv",), EVERYONE),
    ("public:party", ("niemand",), set()),
    ("public:theme", ("B",), EVERYONE),
    ("public:theme", ("Z",), set()),
    ("stock:ledger", (), EVERYONE),
    ("stock:corporation", ("hv",), EVERYONE),
    ("stock:corporation", ("gh",), set()),
    ("stock:submit_statement", ("hv", 2017), {"reporter", "director"}),
    ("stock:submit_statement", ("hv", 99999999999999999999), set()),
    ("parties:mandates", (), PARTIES),
    ("parties:grant_mandate", ("hv",), {"director"}),
    ("parties:end_mandate", ("mandate",), {"director"}),
    ("parties:end_mandate", (99999999999999999999,), set()),
    ("documents:add_decision", ("mandate",), {"director"}),
    ("documents:add_decision", (99999999999999999999,), set()),
    ("signing:add_certificate", ("hv",), {"director"}),
    ("signing:add_certificate", ("niemand",), set()),
    ("signing:remove_certificate", ("hv",), set()),  # there is none
    ("signing:signing_round", (2017, 1), EVERYONE),
    ("signing:signing_round", (2018, 1), set()),
    ("signing:signing_round", (99999999999999999999, 99999999999999999999), set()),
    ("signing:open_round", (2018,), set()),  # 2018 is a concept
    ("signing:retry_round", (2017, 1), set()),
    ("signing:end_round", (2017, 1), set()),  # it is over
    ("signing:sign", (2017, 1, "hv"), set()),
    ("signing:decline", (2017, 1, "hv"), set()),
    ("signing:delegate", (2017, 1, "hv"), set()),
    ("signing:note_outside", (2017, 1, "hv"), set()),
    ("signing:note_decline", (2017, 1, "hv"), set()),
    ("signing:confirm_outside", (2017, 1, "hv"), set()),
    ("signing:reject_outside", (2017, 1, "hv"), set()),
    ("signing:add_afterword", (2017, 1, "hv"), {"director"}),
    ("signing:add_afterword", (2017, 1, "niemand"), set()),
    ("signing:download_document", (2018, 1), set()),
    ("signing:download_signed", (2018, 1), set()),
    ("process:close_signing", (2017, 1), set()),
    ("workspace:tasks", (), MEMBERS),
    ("workspace:oversee", (), MUNICIPALITY),
    ("workspace:calendar_feed", (), MEMBERS),
    ("workspace:read_feed", ("guessed",), set()),
    ("notifications:notifications", (), MEMBERS),
    ("notifications:set_preferences", (), MEMBERS),
    ("notifications:unsubscribe", ("guessed",), set()),
    ("notifications:subscribe", (), EVERYONE),
    ("notifications:confirm_subscription", ("guessed",), set()),
    ("notifications:end_subscription", ("guessed",), set()),
    ("notifications:read_post", (), MUNICIPALITY),
    ("notifications:read_mail", (1,), set()),  # there is no mail
    ("notifications:retry_mail", (1,), set()),
    ("workspace:desk", (), {"chair"}),
    ("workspace:meeting_list", (), {"chair"}),
    ("workspace:add_note", ("17-01",), {"chair"}),
    ("workspace:remove_note", ("note",), {"chair"}),
    ("workspace:share_desk", (), {"chair"}),
    ("workspace:revoke_link", ("link",), {"chair"}),
    ("workspace:shared_desk", ("token",), EVERYONE),
    ("workspace:shared_desk", ("0" * 64,), set()),
    ("accounts:account", (), MEMBERS),
]
HTMX = {"HX-Request": "true", "HX-Target": "formulier"}


@pytest.fixture
def addresses(world, settings):
    """[(path, who gets in)], with evidence of every visibility and a report that nobody is rendering."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    pieces = {"unknown": (99999999999999999999, "x.csv")}
    for name in ("public", "parties", "own", "waiting"):
        visibility = "public" if name == "waiting" else name
        given = {"party": world.heideveld, "by": world.reporter, "visibility": visibility}
        piece = keep_evidence(name=f"{name}.csv", data=name.encode(), **given)
        pieces[name] = (piece.pk, piece.name)
        if name != "waiting":
            attach_evidence([piece], on=TODAY)
    update = an_update(world)
    dissent = an_assessment(update, by=world.chair)
    given = {"by": world.chair, "on": TODAY, "key": uuid4()}
    note = add_note(world.homes, text="Alleen voor ons.", **given)
    link, token = share_desk(purpose="Leden", expires_on=TODAY, has_notes=False, **given)
    put(world, "consultation")
    a_comment(world)
    put(world, "concept")
    a_proposal(world)
    mandate = a_mandate(world.heideveld, world.director)
    closed = a_closed_signing(world.homes.year_slice, by=world.coordinator)
    Seat.objects.create(round=closed, party=world.heideveld)
    made = {"assessment": dissent.pk, "note": note.pk, "link": link.pk, "token": token, "mandate": mandate.pk}
    made |= {"update": update.pk, "draft": a_draft(world).pk}
    made["report"] = create_report(world.round, by=world.coordinator, on=TODAY).number

    def path(name, args):
        found = pieces[args[0]] if name == "documents:evidence" else args
        return reverse(name, args=[made.get(arg, arg) for arg in found])

    return [(path(name, args), who) for name, args, who in ADDRESSES]


def test_every_address_of_our_own_is_in_the_table():
    ours = {str(p.callback.__module__) + p.name for _, p in routes() if declared_access(p) != "library"}
    assert len(ours) == len({name for name, _, _ in ADDRESSES})


# The coordinator reaches most and comes first, so also on PostgreSQL; two have the same rights as another.
@pytest.mark.parametrize(
    "name", ["coordinator", *sorted(EVERYONE - {"coordinator", "colleague", "director"})]
)
def test_everyone_gets_in_where_the_table_says_and_nowhere_else(world, addresses, visit, name):
    client = visit(world.cast.get(name))
    before = checkpoint()
    for path, who in addresses:
        for headers in ({}, HTMX) if name in ("coordinator", "visitor") else ({},):
            answer = client.get(path, headers=headers)
            b"".join(answer)  # a download stays open until it is read
            is_in = answer.status_code in (200, 503) and not answer.has_header("HX-Redirect")
            assert is_in == (name in who), (path, headers, answer.status_code)
        if name not in who:
            assert client.post(path).status_code in (302, 403, 404, 405), path
    assert checkpoint() == before, "nothing was written"


@pytest.mark.parametrize("name", ["visitor", "reporter", "councillor"])
def test_a_report_in_the_making_looks_like_one_that_never_was(world, addresses, visit, name):
    client = visit(world.cast.get(name))
    for end in ("/", ".pdf", "/publiceren/"):
        real, never = (
            client.get(f"/rapportages/{number}{end}") for number in ("PA-2017-K3-1", "PA-2017-K3-7")
        )
        assert (real.status_code, len(real.content)) == (never.status_code, len(never.content)), end


def test_a_private_file_never_answers_that_it_is_unchanged_or_may_be_shared(world, addresses, visit):
    private = [path for path, who in addresses if path.startswith("/bewijs/") and "visitor" not in who]
    assert len(private) == 4
    for path in private:
        assert visit().get(path, headers={"If-None-Match": "*"}).status_code == 404
        answer = visit(world.reporter).get(path)
        b"".join(answer)
        assert answer.status_code == 404 or answer["Cache-Control"] == "private, no-store"
