"""The own certificate of a party in the browser."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from agreements.access.declare import members_only
from agreements.parties.queries import all_parties
from agreements.signing import operations, permissions
from agreements.signing.forms import CertificateForm
from agreements.signing.models import OwnCertificate
from agreements.signing.signer import means_of, own_certificate
from agreements.web.dates import today
from agreements.web.forms import PortalForm, attempt
from agreements.web.htmx import after_post, form_page
from agreements.web.request import Request, posted, posted_files


@members_only
def add_certificate(request: Request, key: str) -> HttpResponse:
    """GET and POST /organisatie/<party>/certificaat/: sign with an own certificate, and see which one there is."""
    party = get_object_or_404(all_parties(), key=key)
    permissions.add_certificate(party, by=request.user)
    form = CertificateForm(posted(request), posted_files(request))
    if form.is_valid():
        given = {"upload": form.cleaned_data["upload"].read(), "password": form.cleaned_data["password"]}
        added = attempt(form, operations.add_certificate, party, by=request.user, on=today(), **given)
        if added:
            messages.success(request, f"Het certificaat op naam van {added.holder} is bewaard.")
            return after_post(request, reverse("signing:add_certificate", args=[party.key]))
    context = {
        "nav": "tasks",
        "party": party,
        "form": form,
        "certificate": own_certificate(party),
        "means": means_of(party),
    }
    return form_page(request, "signing/add_certificate.html", context)


@members_only
def remove_certificate(request: Request, key: str) -> HttpResponse:
    """GET asks for confirmation, POST /organisatie/<party>/certificaat/verwijderen/ forgets the key."""
    party = get_object_or_404(all_parties(), key=key)
    permissions.add_certificate(party, by=request.user)
    certificate = get_object_or_404(OwnCertificate, party=party, removed_at__isnull=True)
    form = PortalForm(posted(request))
    if form.is_valid():
        removed = attempt(form, operations.remove_certificate, certificate, by=request.user, on=today())
        if removed:
            messages.success(request, "Het certificaat is verwijderd.")
            return after_post(request, reverse("signing:add_certificate", args=[party.key]))
    context = {"nav": "tasks", "party": party, "certificate": certificate, "form": form}
    return form_page(request, "signing/remove_certificate.html", context)
