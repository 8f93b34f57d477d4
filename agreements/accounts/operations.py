"""Making accounts, and inviting the people they are for."""

from datetime import date, timedelta

from allauth.account.adapter import get_adapter
from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.db import transaction

from agreements.accounts.models import User
from agreements.history.operations import record


@transaction.atomic
def create_account(
    *, email: str, function: str, by: User | None, on: date, password: str | None = None
) -> User:
    """Make an account and return it. Without a password the person chooses one through `invite`.

    The address counts as verified: whoever gives the account knows whom it is for.
    """
    user = User.objects.create_user(email=email, password=password, function=function)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    record("accounts.created", user, by=by, on=on, sentence=f"Account gemaakt voor {function}.")
    return user


def invite(user: User) -> None:
    """Mail a link to choose a password. The link works once and for `PASSWORD_RESET_TIMEOUT` seconds."""
    adapter = get_adapter()
    key = f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"
    context = {
        "user": user,
        "password_reset_url": adapter.get_reset_password_from_key_url(key),
        "days": timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT).days,
    }
    adapter.send_mail("account/email/invitation", user.email, context)
