"""What became of mail: a refusal is visible to who can do something about it."""

import pytest

from agreements.access.refusals import Refused
from agreements.history.models import Event
from agreements.notifications.models import Mail
from agreements.notifications.operations import queue_mail, retry_mail, send_waiting
from agreements.parties.operations import add_member
from tests.post import PostOffice
from tests.world import SIGNED, TODAY, World

POST = "/berichten/post/"


@pytest.fixture
def refused(world: World, post_office: PostOffice) -> Mail:
    """A mail to the chair that a server refused."""
    post_office.refusals["chair@test.example"] = "550 5.1.1 <chair> unknown"
    mail = queue_mail(key="een", to=world.chair.email, subject="Herinnering", text="Tekst", user=world.chair)
    send_waiting()
    mail.refresh_from_db()
    return mail


def test_coordinators_see_what_was_refused_and_why(world, refused, visit):
    page = visit(world.coordinator).get(POST).content.decode()
    assert "chair@test.example" in page
    assert "550 5.1.1 &lt;chair&gt; unknown" in page
    assert "Alle mail is verstuurd." in page
    assert "Bekijk welke mail niet is bezorgd" in visit(world.coordinator).get("/berichten/").content.decode()


def test_the_application_manager_sees_it_too_and_others_do_not(world, refused, visit):
    add_member(world.municipality, user=world.councillor, role="manager", by=None, on=SIGNED)
    assert visit(world.councillor).get(POST).status_code == 200
    for user in (world.reporter, world.director, world.chair, world.stranger):
        assert visit(user).get(POST).status_code == 403
        assert visit(user).post(f"{POST}{refused.pk}/opnieuw/").status_code == 403
    assert "Post van het portaal" not in visit(world.reporter).get("/berichten/").content.decode()


def test_trying_again_goes_to_the_address_of_now(world, refused, visit, post_office):
    world.chair.email = "nieuw@test.example"
    world.chair.save()
    page = visit(world.coordinator).post(f"{POST}{refused.pk}/opnieuw/", follow=True).content.decode()
    assert "De mail aan nieuw@test.example gaat opnieuw weg." in page
    assert "Er is geen mail geweigerd." in page
    assert send_waiting() == 1
    assert [mail["To"] for mail in post_office.mails] == ["nieuw@test.example"]
    event = Event.objects.get(verb="notifications.mail_retried")
    assert event.actor == world.coordinator
    assert "@" not in event.sentence + str(event.data), "no address in what cannot be removed"


def test_two_who_press_at_once_send_it_once(world, refused):
    retry_mail(refused, by=world.coordinator, on=TODAY)
    with pytest.raises(Refused, match="niet geweigerd"):
        retry_mail(refused, by=world.colleague, on=TODAY)


def test_a_server_that_is_down_shows_as_waiting(world, visit, post_office):
    post_office.close()
    queue_mail(key="een", to="een@test.example", subject="Herinnering", text="Tekst")
    send_waiting()
    page = visit(world.coordinator).get(POST).content.decode()
    assert "1 mail wacht op verzending." in page
    assert "Die is 1 keer geprobeerd." in page
    assert "ConnectionRefusedError" in page
    assert "Herinnering" not in page, "what waits is between the portal and whom it is for"


def test_the_text_of_mail_is_for_whom_it_is_for(world, refused, visit):
    """It may hold a link that opens somebody's account."""
    answer = visit(world.coordinator).get(f"{POST}{refused.pk}/")
    assert answer.status_code == 403
    assert "alleen voor wie hem krijgt" in answer.content.decode()


def test_a_demo_shows_what_would_have_been_sent(world, visit, settings):
    settings.MAIL_BACKEND = ""
    mail = queue_mail(
        key="een", to="een@test.example", subject="Herinnering", text="Hoi\nhttp://127.0.0.1:8000/x/"
    )
    client = visit(world.coordinator)
    page = client.get(POST).content.decode()
    assert "Dit portaal verstuurt geen mail." in page
    assert f'href="{POST}{mail.pk}/"' in page
    text = client.get(f"{POST}{mail.pk}/").content.decode()
    assert 'href="http://127.0.0.1:8000/x/"' in text
    assert visit(world.reporter).get(f"{POST}{mail.pk}/").status_code == 403


def test_what_was_never_refused_is_not_sent_again(world, visit, post_office):
    mail = queue_mail(key="een", to="een@test.example", subject="Herinnering", text="Tekst")
    answer = visit(world.coordinator).post(f"{POST}{mail.pk}/opnieuw/")
    assert answer.status_code == 403
    assert "niet geweigerd" in answer.content.decode()
