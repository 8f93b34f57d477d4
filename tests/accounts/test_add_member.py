"""manage.py add_member: giving someone an account and a role."""

from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from agreements.accounts.models import User
from agreements.history.models import Event
from agreements.notifications.models import Mail
from agreements.notifications.operations import send_waiting
from agreements.parties.models import Membership, Party
from agreements.parties.operations import add_party
from tests.accounts.steps import EMAIL, link_in
from tests.post import PostOffice

NEW = "een veel langer wachtwoord"


@pytest.fixture
def heideveld(db: None) -> Party:
    return add_party(
        by=None,
        on=date(2017, 11, 15),
        key="heideveld",
        name="Woonstichting Heideveld",
        short_name="Heideveld",
        kind="corporation",
        provenance="example",
    )


def run(**changes: str) -> str:
    """Run the command and return what it says; `changes` replace the usual options."""
    said = StringIO()
    usual = {"email": EMAIL, "function": "Adviseur wonen", "party": "heideveld", "role": "reporter"}
    call_command("add_member", **{**usual, **changes}, stdout=said)
    return said.getvalue()


def test_a_new_person_gets_account_role_and_a_mail_to_choose_a_password(
    heideveld: Party, client: Client, mailoutbox: list[Any]
) -> None:
    said = run(email="Adviseur@Heideveld.Example")
    assert "Account gemaakt voor Adviseur wonen (adviseur@heideveld.example)." in said
    assert "adviseur@heideveld.example is nu invuller bij Woonstichting Heideveld." in said
    assert "Er staat een e-mail klaar voor adviseur@heideveld.example" in said
    assert str(Membership.objects.get()) == "Invuller bij Woonstichting Heideveld"

    [mail] = mailoutbox
    assert mail.subject == "Prestatieafspraken Hilversum: Uw account"
    assert "U staat daar als: Adviseur wonen." in mail.body
    assert "De link werkt 3 dagen en één keer." in mail.body
    form = client.get(link_in(mail.body), follow=True).redirect_chain[-1][0]
    client.post(form, {"password1": NEW, "password2": NEW})
    assert client.post("/account/login/", {"login": EMAIL, "password": NEW}).status_code == 302


def test_history_names_the_function_and_not_the_address(heideveld: Party) -> None:
    run()
    sentences = list(Event.objects.order_by("number").values_list("sentence", flat=True))
    assert sentences[1:] == [
        "Account gemaakt voor Adviseur wonen.",
        "Adviseur wonen is nu invuller bij Woonstichting Heideveld.",
    ]


def test_running_it_again_makes_nothing_twice_but_sends_a_fresh_link(
    heideveld: Party, mailoutbox: list[Any]
) -> None:
    run()
    said = run()
    assert f"Het account van {EMAIL} was er al." in said
    assert "was al invuller" in said
    assert (User.objects.count(), Membership.objects.count()) == (1, 1)
    assert len(mailoutbox) == 2


def test_who_has_a_password_gets_no_mail(heideveld: Party, person: User, mailoutbox: list[Any]) -> None:
    said = run(function="Iets anders", role="signatory")
    assert "De functie blijft: Adviseur wonen." in said
    assert "is nu ondertekenaar" in said
    assert not mailoutbox


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"party": "dudok"},
            "De partij ‘dudok’ bestaat niet. Kies een van deze:\n  heideveld: Woonstichting Heideveld",
        ),
        (
            {"role": "councillor"},
            "heeft geen rol ‘councillor’. Kies een van deze:\n  reporter: Invuller\n  signatory: Ondertekenaar",
        ),
        ({"role": "baas"}, "heeft geen rol ‘baas’"),
        ({"email": "geen adres"}, "geen adres is geen e-mailadres."),
        ({"function": " "}, "Geef een functie van 1 tot en met 120 tekens."),
        ({"function": "x" * 121}, "Geef een functie van 1 tot en met 120 tekens."),
    ],
)
def test_what_cannot_be_is_refused_before_anything_is_made(
    heideveld: Party, changes: dict[str, str], sentence: str
) -> None:
    with pytest.raises(CommandError) as refusal:
        run(**changes)
    assert sentence in str(refusal.value)
    assert not User.objects.exists()


def test_a_switched_off_account_stays_off(heideveld: Party, person: User) -> None:
    User.objects.update(is_active=False)
    with pytest.raises(CommandError, match="staat uit"):
        run()
    assert not Membership.objects.exists()


def test_without_a_mail_server_the_mail_waits(heideveld: Party, post_office: PostOffice) -> None:
    post_office.close()
    assert "Er staat een e-mail klaar" in run()
    assert send_waiting() == 0
    post_office.open()
    Mail.objects.update(next_attempt_at="2017-01-01T00:00Z")  # as if the pause is over
    assert send_waiting() == 1
    assert post_office.mails[0]["To"] == EMAIL
