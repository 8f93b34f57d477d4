"""The forms of django-allauth with our labels, hints and sentences. What is right, the library decides."""

from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.core.exceptions import ValidationError

from agreements.web.forms import PortalForm

EMAIL = ("E-mailadres", "")
PASSWORD = ("Wachtwoord", "")
NEW_PASSWORD = (
    "Nieuw wachtwoord",
    "Minstens 12 tekens. Een zin van een paar woorden is sterk en goed te onthouden.",
)
PASSWORD_AGAIN = ("Nieuw wachtwoord, nog een keer", "")
APP_CODE = ("Code uit uw app", "De code heeft 6 cijfers en werkt 30 seconden.")
ANY_CODE = ("Code", "De 6 cijfers uit uw app, of een van uw herstelcodes.")
PASSKEY_NAME = ("Naam van de passkey", "Bijvoorbeeld het apparaat: telefoon, laptop of beveiligingssleutel.")


class OwnWords(forms.Form):
    """Gives fields the label and hint in `words` ({name: (label, hint)}), and removes example texts inside them."""

    words: ClassVar[dict[str, tuple[str, str]]]

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name, (label, hint) in self.words.items():
            field = self.fields[name]
            field.label, field.help_text = label, hint
            field.widget.attrs.pop("placeholder", None)


class TwiceTheSame(forms.Form):
    """Refuses a second password that differs from the first, in our words instead of the library's."""

    def clean_password2(self) -> str:
        again: str = self.cleaned_data["password2"]
        if self.cleaned_data.get("password1", again) != again:
            raise ValidationError("Vul twee keer hetzelfde wachtwoord in. De wachtwoorden verschillen.")
        return again


class LogIn(OwnWords, PortalForm, account.LoginForm):
    words = {"login": EMAIL, "password": PASSWORD}


class AskNewPassword(OwnWords, PortalForm, account.ResetPasswordForm):
    words = {"email": EMAIL}


class ChooseNewPassword(TwiceTheSame, OwnWords, PortalForm, account.ResetPasswordKeyForm):
    words = {"password1": NEW_PASSWORD, "password2": PASSWORD_AGAIN}


class ChangePassword(TwiceTheSame, OwnWords, PortalForm, account.ChangePasswordForm):
    words = {
        "oldpassword": ("Wachtwoord van nu", ""),
        "password1": NEW_PASSWORD,
        "password2": PASSWORD_AGAIN,
    }


class ChooseFirstPassword(TwiceTheSame, OwnWords, PortalForm, account.SetPasswordForm):
    words = {"password1": NEW_PASSWORD, "password2": PASSWORD_AGAIN}


class ChangeEmail(OwnWords, PortalForm, account.AddEmailForm):
    words = {"email": ("Nieuw e-mailadres", "U krijgt op dit adres een e-mail met een link.")}


class ConfirmWithPassword(OwnWords, PortalForm, account.ReauthenticateForm):
    words = {"password": PASSWORD}


class LogInWithCode(OwnWords, PortalForm, mfa.AuthenticateForm):
    words = {"code": ANY_CODE}


class ConfirmWithCode(OwnWords, PortalForm, mfa.ReauthenticateForm):
    words = {"code": ANY_CODE}


class SetUpApp(OwnWords, PortalForm, ActivateTOTPForm):
    words = {"code": APP_CODE}


class AddPasskey(OwnWords, AddWebAuthnForm):
    """Not a PortalForm: the browser writes the field `credential`, and it holds JSON instead of text."""

    words = {
        "name": PASSKEY_NAME,
        "passwordless": (
            "Ik wil met deze passkey inloggen zonder wachtwoord",
            "Uw apparaat vraagt dan om uw vinger, uw gezicht of een pincode.",
        ),
    }

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].initial = True


class RenamePasskey(OwnWords, PortalForm, EditWebAuthnForm):
    words = {"name": PASSKEY_NAME}
