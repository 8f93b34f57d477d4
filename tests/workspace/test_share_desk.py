"""A link for members: it works for a while, shows figures and no more, and ends without a trace."""

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from agreements.access.refusals import Refused
from agreements.history.models import Event
from agreements.parties.models import Party
from agreements.workspace.models import ShareLink
from agreements.workspace.operations import add_note, revoke_link, share_desk
from tests.world import TODAY, an_assessment, an_update

UNTIL = date(2017, 11, 29)


def a_link(world, **fields) -> tuple[ShareLink, str]:
    usual = {"purpose": "Ledenvergadering", "expires_on": UNTIL, "has_notes": False}
    return share_desk(by=world.chair, on=TODAY, key=uuid4(), **{**usual, **fields})


def test_the_board_makes_a_link_that_members_open_without_an_account(world, visit):
    an_update(world)
    given = {"key": str(uuid4()), "purpose": "Ledenvergadering", "expires_on": "29-11-2017"}
    client = visit(world.chair)
    pages = [client.post("/meekijken/links/nieuw/", given).content.decode() for _ in range(2)]
    (address,) = {re.search(r"http://testserver(/meekijken/[0-9a-f]{64}/)", page)[1] for page in pages}
    assert ShareLink.objects.count() == 1, "the same form gives the same link"
    answer = visit().get(address)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Meekijken met Huurdersraad Heideveld" in page
    assert "Nieuw doorgegeven: 52" in page
    assert 'name="robots" content="noindex' in page
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["Cache-Control"] == "no-store"
    assert ShareLink.objects.get().views == 1
    desk = visit(world.chair).get("/meekijken/").content.decode()
    assert "Ledenvergadering" in desk
    assert address not in desk


def test_the_secret_is_kept_nowhere(world):
    link, token = a_link(world)
    assert len(token) == 64
    assert token not in str(vars(link))
    assert not any(token in f"{e.sentence}{e.data}{e.why}" for e in Event.objects.all())


def test_what_ended_looks_like_what_never_was(world, visit, settings):
    an_update(world)
    working, token = a_link(world)
    revoked, other = a_link(world)
    revoke_link(revoked, by=world.chair, on=TODAY)
    client = visit()
    assert client.get(f"/meekijken/{token}/").status_code == 200
    never = client.get(f"/meekijken/{'0' * 64}/")
    answers = [client.get(f"/meekijken/{other}/")]
    settings.TODAY = UNTIL
    assert client.get(f"/meekijken/{token}/").status_code == 200, "its last day counts"
    settings.TODAY = UNTIL + timedelta(days=1)
    answers.append(client.get(f"/meekijken/{token}/"))
    settings.TODAY = TODAY
    for answer in answers:
        assert answer.status_code == never.status_code == 404
        assert answer.content == never.content
        assert dict(answer.headers) == dict(never.headers)
    for guess in ("a", token[:-1], token.upper(), f"{token}0", working.token_hash):
        assert client.get(f"/meekijken/{guess}/").status_code == 404, guess


def test_it_shows_figures_and_no_drafts_people_or_judgements_under_way(world, visit):
    an_assessment(an_update(world), by=world.chair, text="Dit is nog niet openbaar.")
    add_note(world.homes, by=world.chair, on=TODAY, key=uuid4(), text="Alleen voor ons bestuur.")
    _, token = a_link(world)
    page = visit().get(f"/meekijken/{token}/").content.decode()
    assert "52" in page
    for hidden in (
        "18-01",
        "60 nieuwe woningen",
        "niet openbaar",
        "Alleen voor ons bestuur",
        "Maak een notitie",
    ):
        assert hidden not in page
    assert not any(user.function in page for user in world.cast.values())


def test_notes_are_shown_only_when_the_board_chose_that(world, visit):
    an_update(world)
    add_note(world.homes, by=world.chair, on=TODAY, key=uuid4(), text="Vraag naar blok 2.")
    _, token = a_link(world, has_notes=True)
    page = visit().get(f"/meekijken/{token}/").content.decode()
    assert "Vraag naar blok 2." in page
    assert world.chair.function not in page


@pytest.mark.parametrize("day", ["14-11-2017", "15-1-2018", "morgen", ""])
def test_a_link_works_sixty_days_at_most(world, visit, day):
    given = {"key": str(uuid4()), "purpose": "Vergadering", "expires_on": day}
    answer = visit(world.chair).post("/meekijken/links/nieuw/", given)
    assert answer.status_code == 422
    assert not ShareLink.objects.exists()
    assert a_link(world, expires_on=TODAY + timedelta(days=60))
    with pytest.raises(ValidationError, match="hoogstens 60 dagen"):
        a_link(world, expires_on=TODAY + timedelta(days=61))


def test_the_board_takes_a_link_back_after_a_question(world, visit):
    link, token = a_link(world)
    address = f"/meekijken/links/{link.pk}/intrekken/"
    for name in ("coordinator", "director", "stranger"):
        assert visit(world.cast[name]).post(address).status_code == 404, name
    client = visit(world.chair)
    assert "Dit kunt u niet ongedaan maken." in client.get(address).content.decode()
    assert client.post(address).status_code == 303
    assert client.post(address).status_code == 403
    assert visit().get(f"/meekijken/{token}/").status_code == 404
    link.refresh_from_db()
    assert (link.revoked_on, link.revoked_by) == (TODAY, world.chair)


def test_only_the_board_shares(world):
    for name in ("coordinator", "director", "stranger", "councillor"):
        with pytest.raises(Refused):
            share_desk(
                by=world.cast[name], on=TODAY, key=uuid4(), purpose="x", expires_on=UNTIL, has_notes=False
            )
    assert a_link(world)[0].party == Party.objects.get(key="hrh")


def test_the_address_is_not_in_the_log(world, visit, capsys):
    _, token = a_link(world)
    visit().get(f"/meekijken/{token}/")
    written = capsys.readouterr()
    assert token not in written.out + written.err
