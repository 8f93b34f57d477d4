"""Who sees which draft: a table of party × role × state of the draft. For who is not in it, a draft does not exist."""

from decimal import Decimal
from uuid import uuid4

import pytest
from django.test import Client

from agreements.accounts.models import User
from agreements.accounts.operations import create_account
from agreements.documents.models import Evidence
from agreements.documents.operations import keep_evidence
from agreements.parties.models import ROLES_OF, Party
from agreements.parties.operations import add_member
from agreements.progress.models import Claim, Draft
from agreements.progress.operations import approve_progress, save_draft, send_back_draft
from agreements.progress.queries import visible_drafts
from tests.progress.sheets import an_offer
from tests.world import SIGNED, TODAY, World

SECRET = "Dit is nog geheim: er zijn 51 woningen."
ANSWERS = {"value": "51", "explanation": SECRET}
# Who reads it, whatever the state: everyone who acts for the party that writes it, and nobody else.
SEEN = {
    ("hv", "reporter"): True,
    ("hv", "signatory"): True,
    ("bw", "reporter"): False,
    ("bw", "signatory"): False,
    ("hrh", "reporter"): False,
    ("hrh", "signatory"): False,
    ("hrh", "reviewer"): False,
    ("gh", "coordinator"): False,
    ("gh", "reporter"): False,
    ("gh", "signatory"): False,
    ("gh", "councillor"): False,
    ("gh", "manager"): False,
    ("nobody", "account without a role"): False,
    ("nobody", "visitor"): False,
}
STATES = [*Draft.State.values, "approved"]


def a_person(party: str, role: str) -> User | None:
    if role == "visitor":
        return None
    user = create_account(email=f"{party}-{role[:9]}@test.example", function="Iemand", by=None, on=SIGNED)
    if party != "nobody":
        add_member(Party.objects.get(key=party), user=user, role=role, by=None, on=SIGNED)
    return user


def a_draft_in(state: str, world: World) -> Draft:
    """The answer of Heideveld in this state, with a file; "approved" counts, and is no draft any more."""
    piece = keep_evidence(name="lijst.csv", data=b"a;b\n", party=world.heideveld, by=world.reporter)
    claim = Claim(status="on_track", explanation=SECRET, value=Decimal(51))
    usual = {"by": world.reporter, "on": TODAY, "round": world.round, "answers": ANSWERS, "evidence": [piece]}
    if state == Draft.State.CONCEPT:
        return save_draft(world.homes, version=0, **usual)
    draft = an_offer(world, key=uuid4(), claim=claim, answers=ANSWERS, evidence=[piece])
    if state == Draft.State.SENT_BACK:
        return send_back_draft(
            draft, by=world.director, on=TODAY, version=draft.version, remark="Tel nog eens."
        )
    if state == "approved":
        approve_progress([draft], by=world.director, on=TODAY, versions={draft.pk: draft.version})
    return draft


def test_the_table_has_every_role_of_every_party(world):
    found = {(party.key, role) for party in Party.objects.all() for role in ROLES_OF[Party.Kind(party.kind)]}
    assert found == {key for key in SEEN if key[0] != "nobody"}


def what_is_seen(client: Client, draft: int, piece: Evidence) -> dict[str, bool]:
    """On which ways to it this visitor finds the draft, its text or its file."""
    form = client.get("/afspraken/17-01/voortgang/").content.decode()
    file = client.get(f"/bewijs/{piece.pk}/lijst.csv")
    b"".join(file)  # until its end: then it is closed
    return {
        "page": SECRET in client.get("/afspraken/17-01/").content.decode(),
        "form": SECRET in form,
        "file": file.status_code == 200,
        "send back": client.get(f"/opgaven/{draft}/terugsturen/").status_code in (200, 403),
    }


@pytest.mark.parametrize("state", STATES)
def test_who_sees_it(world, visit, state):
    draft = a_draft_in(state, world)
    place, piece = draft.pk, Evidence.objects.get()
    wrong = {}
    for (party, role), is_seen in SEEN.items():
        user = a_person(party, role)
        client = visit(user)
        found = what_is_seen(client, place, piece)
        if state == "approved":
            expected = {"page": True, "form": False, "file": True, "send back": False}
        else:
            expected = {"page": False, "form": is_seen, "file": is_seen, "send back": is_seen}
            assert user is None or visible_drafts(user).exists() == is_seen
        if role == "visitor":
            expected["send back"] = False
        if found != expected:
            wrong[party, role] = found
    assert not wrong
