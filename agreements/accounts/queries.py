"""Reading accounts and the ways to log in."""

from typing import NamedTuple

from allauth.mfa.models import Authenticator

from agreements.accounts.models import User


class WaysIn(NamedTuple):
    """What stands beside the password: an app, passkeys (number) and recovery codes that are left (number)."""

    has_app: bool
    passkeys: int
    recovery_codes: int

    @property
    def has_second_step(self) -> bool:
        """Whether a password alone is not enough for this account."""
        return self.has_app or self.passkeys > 0


def ways_in(user: User) -> WaysIn:
    """How this person can log in, besides with a password."""
    found = list(Authenticator.objects.filter(user=user))
    kinds = [one.type for one in found]
    codes = [one for one in found if one.type == Authenticator.Type.RECOVERY_CODES]
    return WaysIn(
        has_app=Authenticator.Type.TOTP in kinds,
        passkeys=kinds.count(Authenticator.Type.WEBAUTHN),
        recovery_codes=len(codes[0].wrap().get_unused_codes()) if codes else 0,
    )
