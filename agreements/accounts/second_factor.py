"""How django-allauth's second step behaves here: our name in apps and passkeys, and a QR code that our CSP allows."""

from typing import Any

import qrcode  # type: ignore[import-untyped]  # comes with django-allauth[mfa]
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString

QUIET_ZONE = 4  # modules of white around the code; scanners need them (ISO/IEC 18004)


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
