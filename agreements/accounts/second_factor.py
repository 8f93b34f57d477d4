"""How django-allauth's second step behaves here: our name in apps and passkeys, and a QR code that our CSP allows.

And the proof that somebody showed it again a moment ago, which signing asks for.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import qrcode  # type: ignore[import-untyped]  # comes with django-allauth[mfa]
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from agreements.web.htmx import after_post
from agreements.web.parked import park
from agreements.web.request import Request

QUIET_ZONE = 4  # modules of white around the code; scanners need them (ISO/IEC 18004)
FRESH = timedelta(seconds=300)
PROVING = (
    Authenticator.Type.TOTP,
    Authenticator.Type.WEBAUTHN,
)  # a recovery code is for getting in, not for signing
TOO_OLD = "U bevestigde langer dan vijf minuten geleden dat u het bent. Doe dat opnieuw. Uw antwoorden staan er nog."


@dataclass(frozen=True)
class Proof:
    """That somebody showed the second factor: in what way ("totp", "webauthn") and when, on the real clock."""

    method: str
    at: datetime

    @property
    def is_fresh(self) -> bool:
        """Whether it is at most five minutes old, and not of the future."""
        return timedelta(0) <= timezone.now() - self.at <= FRESH


def fresh_proof(request: Any) -> Proof | None:
    """The newest time this person showed an app code or a passkey in this session, when it is fresh."""
    shown = [
        Proof(method=str(one["type"]), at=datetime.fromtimestamp(one["at"], UTC))
        for one in get_authentication_records(request, request.user)
        if one.get("method") == "mfa" and one.get("type") in PROVING
    ]
    return next((proof for proof in reversed(shown) if proof.is_fresh), None)


def proving_address(user: Any, *, back_to: str) -> str:
    """Where this person shows the second factor and then returns; "" when there is none yet."""
    kinds = set(Authenticator.objects.filter(user=user, type__in=PROVING).values_list("type", flat=True))
    if not kinds:
        return ""
    name = "mfa_reauthenticate" if Authenticator.Type.TOTP in kinds else "mfa_reauthenticate_webauthn"
    return f"{reverse(name)}?{urlencode({'next': back_to})}"


def prove_again(request: Request) -> Any:
    """Answer a POST without fresh proof: to the second factor and back, with what was typed."""
    park(request)
    messages.info(request, TOO_OLD + (" Kies alleen uw bestand opnieuw." if request.FILES else ""))
    return after_post(request, proving_address(request.user, back_to=request.path) or request.path)


class SecondFactor(DefaultMFAAdapter):
    """Second step with an app, a passkey or a recovery code."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "Probeer het opnieuw. De code of de passkey klopt niet.",
        "cannot_generate_recovery_codes": "Zet eerst inloggen in twee stappen aan. Daarna krijgt u herstelcodes.",
    }

    def build_totp_svg(self, url: str) -> SafeString:
        """The QR code as inline SVG: an image with a data address would need a hole in the CSP."""
        code = qrcode.QRCode(border=QUIET_ZONE)
        code.add_data(url)
        matrix = code.get_matrix()
        dark = "".join(
            f"M{x} {y}h1v1h-1z" for y, row in enumerate(matrix) for x, is_dark in enumerate(row) if is_dark
        )
        size = str(len(matrix))
        return format_html(
            '<svg role="img" aria-labelledby="qr-titel" width="240" height="240" viewBox="0 0 {0} {0}" '
            'shape-rendering="crispEdges"><title id="qr-titel">QR-code voor uw app</title>'
            '<rect width="{0}" height="{0}" fill="#FFFFFF"/><path d="{1}" fill="#000000"/></svg>',
            size,
            dark,
        )

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        """What stands in the name field of a new passkey: 'Passkey 1', 'Passkey 2'."""
        return f"Passkey {Authenticator.objects.filter(user=user, type=type).count() + 1}"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Whom the browser says the passkey is for."""
        return {**super().get_public_key_credential_rp_entity(), "name": settings.MFA_TOTP_ISSUER}
