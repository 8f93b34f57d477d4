"""Someone with an account, and a fresh start for the limits on guessing."""

from datetime import date

import pytest
from django.core.cache import cache

from agreements.accounts.models import User
from agreements.accounts.operations import create_account
from tests.accounts.steps import EMAIL, PASSWORD


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    """Guesses of one test do not count in the next: the limits stand in the cache."""
    cache.clear()


@pytest.fixture
def person(db: None) -> User:
    return create_account(
        email=EMAIL, function="Adviseur wonen", by=None, on=date(2017, 11, 15), password=PASSWORD
    )
