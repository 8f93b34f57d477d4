"""How django-allauth behaves here: nobody signs up alone, and people are shown by their function."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter

from agreements.accounts.models import User


class InvitedOnly(DefaultAccountAdapter):
    """Accounts come from the application manager (`manage.py add_member`), never from a form for strangers."""

    def is_open_for_signup(self, request: Any) -> bool:
        return False


def display_name(user: User) -> str:
    """What mails and pages call someone: the function, because a name is personal data we do not need."""
    return user.function
