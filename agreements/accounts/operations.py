"""Making accounts."""

from datetime import date

from allauth.account.models import EmailAddress
from django.db import transaction

from agreements.accounts.models import User
from agreements.history.operations import record


@transaction.atomic
def create_account(*, email: str, function: str, by: User | None, on: date, password: str | None = None) -> User:
    """Make an account and return it. Without a password the person sets one through the reset mail.

    The address counts as verified: whoever gives the account knows whom it is for.
    """
    user = User.objects.create_user(email=email, password=password, function=function)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    record("accounts.created", user, by=by, on=on, sentence=f"Account gemaakt voor {function}.")
    return user
