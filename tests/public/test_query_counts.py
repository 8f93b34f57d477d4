"""The public pages ask the database as many things of 500 commitments as of 20."""

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from agreements.accounts.models import User
from bench import store
from bench.rows import Size, email_of

LISTS = ["/", "/afspraken/", "/afspraken/?q=isolatie&thema=C", "/afspraken/?sorteer=bijgewerkt"]
LISTS += ["/partijen/", "/partijen/gemeente/", "/partijen/corporatie-1/", "/themas/A/"]
PEOPLE = {"visitor": None, "reporter": email_of("corporatie-1"), "coordinator": email_of("gemeente")}

pytestmark = pytest.mark.django_db


def statements(path: str, email: str | None) -> int:
    """How many SQL statements the page takes this visitor or person."""
    client = Client()
    if email:
        client.force_login(
            User.objects.get(email=email), backend="allauth.account.auth_backends.AuthenticationBackend"
        )
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def counts(size: Size, paths: list[str]) -> dict[tuple[str, str], int]:
    """{(page, who): statements} on a portal of this size, which is gone afterwards."""
    with transaction.atomic():
        store.fill(size)
        found = {(path, who): statements(path, email) for path in paths for who, email in PEOPLE.items()}
        transaction.set_rollback(True)
    return found


def test_list_and_overview_ask_as_much_of_500_commitments_as_of_20() -> None:
    assert counts(Size(20, 1), LISTS) == counts(Size(500, 1), LISTS)


def test_a_commitment_asks_as_much_with_40_updates_as_with_2() -> None:
    detail = ["/afspraken/X00001/"]
    assert counts(Size(3, 2), detail) == counts(Size(3, 40), detail)


def test_my_tasks_ask_as_much_of_500_commitments_as_of_20() -> None:
    def of_members(size: Size) -> dict[str, int]:
        with transaction.atomic():
            store.fill(size)
            found = {who: statements("/mijn-taken/", email) for who, email in PEOPLE.items() if email}
            transaction.set_rollback(True)
        return found

    assert of_members(Size(20, 1)) == of_members(Size(500, 1))
