"""The page with every building block of the design, for people who build and for the accessibility test."""

from decimal import Decimal

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from agreements.access.declare import public
from agreements.web.forms import DutchDateField, DutchNumberField, FilesField, PortalForm, Radios
from agreements.web.moments import Moment
from agreements.web.request import Request

COUNTS = {
    "achieved": 4,
    "on_track": 7,
    "at_risk": 3,
    "behind": 2,
    "not_started": 2,
    "no_data": 2,
    "missed": 1,
    "dropped": 1,
}
YEAR = [
    Moment("Start", Decimal(0), Decimal(0)),
    Moment("Kwartaal 1", Decimal(14), Decimal(15), short="K1"),
    Moment("Kwartaal 2", Decimal(36), Decimal(35), short="K2"),
    Moment("Kwartaal 3", Decimal(52), Decimal(63), short="K3"),
    Moment("Kwartaal 4", None, Decimal(84), short="K4"),
]
STOCK = [
    Moment("31-12-2016", Decimal(12386), short="’16"),
    Moment("31-3-2017", Decimal(12392), short="K1"),
    Moment("30-6-2017", None, short="K2"),
    Moment("30-9-2017", Decimal(12418), short="K3"),
    Moment("31-12-2017", Decimal(12405), definition="with rooms", short="K4"),
]


class ExampleForm(PortalForm):
    """One field of every kind."""

    value = DutchNumberField(
        label="Hoeveel woningen zijn geschikt gemaakt?",
        help_text="Tel alles op van 1 januari tot en met 30 september 2017.",
        noun="aantal",
        maximum=40,
        suffix="van de 40 woningen",
    )
    counted_on = DutchDateField(label="Op welke dag is dat geteld?", first_year=2017, last_year=2017)
    standing = forms.ChoiceField(
        label="Hoe staat de afspraak ervoor?",
        choices=[("on_track", "Op koers"), ("at_risk", "Aandacht nodig"), ("behind", "Loopt achter")],
        widget=Radios(
            {
                "on_track": "De afspraak wordt op tijd gehaald.",
                "at_risk": "Er is een risico. Er is al een maatregel.",
            },
            has_status_icons=True,
        ),
    )
    explanation = forms.CharField(
        label="Toelichting", max_length=600, widget=forms.Textarea(attrs={"rows": 4})
    )
    themes = forms.MultipleChoiceField(
        label="Over welke thema’s gaat het?",
        choices=[("zorg", "Wonen en zorg"), ("duurzaam", "Duurzaamheid")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    party = forms.ChoiceField(
        label="Wie voert het uit?", choices=[("", "Kies een partij"), ("h", "Heideveld")]
    )
    proof = FilesField(
        label="Bewijs toevoegen", help_text="Pdf, jpg of png, hoogstens 10 MB.", required=False
    )
    agreed = forms.BooleanField(label="Ik heb het document gelezen")


@public
def components(request: Request) -> HttpResponse:
    """Every component once, with errors where it can have them."""
    wrong = ExampleForm(
        {"fout-value": "48", "fout-counted_on": "31-02-2017", "fout-explanation": "Kort."}, prefix="fout"
    )
    page_obj = Paginator(range(95), 10).get_page(request.GET.get("pagina"))
    context = {
        "counts": COUNTS,
        "year": YEAR,
        "stock": STOCK,
        "form": ExampleForm(),
        "wrong": wrong,
        "page_obj": page_obj,
    }
    return render(request, "web/components.html", context)
