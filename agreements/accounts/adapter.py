"""How django-allauth behaves here: nobody signs up alone, addresses are ours, and sentences are plain Dutch."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse

from agreements.accounts.models import User


class InvitedOnly(DefaultAccountAdapter):
    """Accounts come from the application manager (`manage.py add_member`), never from a form for strangers."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": (
            "Controleer uw e-mailadres en uw wachtwoord. Samen horen ze niet bij een account."
        ),
        "too_many_login_attempts": (
            "Wacht 5 minuten en probeer het dan opnieuw. Er is te vaak een verkeerd wachtwoord of een verkeerde "
            "code ingevuld."
        ),
        "rate_limited": "Wacht 5 minuten en probeer het dan opnieuw. Er is te vaak een verkeerde code ingevuld.",
        "incorrect_password": "Vul uw wachtwoord opnieuw in. Dit wachtwoord klopt niet.",
        "enter_current_password": "Vul uw wachtwoord van nu opnieuw in. Dit wachtwoord klopt niet.",
        "duplicate_email": "Vul een ander e-mailadres in. Dit adres hoort al bij uw account.",
    }
    password_sentences = {
        "password_too_short": "Kies een wachtwoord van minstens 12 tekens. Dit wachtwoord is te kort.",
        "password_too_common": "Kies een ander wachtwoord. Dit wachtwoord gebruiken te veel mensen.",
        "password_too_similar": "Kies een ander wachtwoord. Dit wachtwoord lijkt te veel op uw e-mailadres.",
    }

    def is_open_for_signup(self, request: Any) -> bool:
        return False

    def clean_password(self, password: str, user: Any = None) -> str:
        """Judge a new password with Django's validators, and say in plain Dutch what is wrong with it."""
        try:
            return super().clean_password(password, user)
        except ValidationError as error:
            raise ValidationError(
                [self.password_sentences.get(str(one.code), one) for one in error.error_list]
            ) from None

    def get_password_change_redirect_url(self, request: Any) -> str:
        return reverse("accounts:account")

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The address in the mail; never from the Host header, which the sender of a request chooses."""
        uid, _, token = key.partition("-")
        return address_of("account_reset_password_from_key", uidb36=uid, key=token)

    def get_email_confirmation_url(self, request: Any, emailconfirmation: Any) -> str:
        return address_of("account_confirm_email", key=emailconfirmation.key)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send one mail of text; works without a request as well, for `manage.py add_member`."""
        context = {"portal_url": settings.PUBLIC_URL, "email": email, **context}
        self.render_mail(template_prefix, email, context).send()


def display_name(user: User) -> str:
    """What mails and pages call someone: the function, because a name is personal data we do not need."""
    return user.function


def address_of(url_name: str, **kwargs: str) -> str:
    """Full address of a page, for in a mail."""
    return settings.PUBLIC_URL + reverse(url_name, kwargs=kwargs)
