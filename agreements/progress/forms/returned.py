"""A question about an update, and the answer."""

from django import forms

from agreements.web.forms import PortalForm


class ReturnForm(PortalForm):
    """What the municipality wants to know."""

    question = forms.CharField(
        label="Wat wilt u weten?",
        help_text="Alle partijen lezen uw vraag. Op de openbare pagina staat hij niet. Minstens 10 en hoogstens 1.000 tekens.",
        widget=forms.Textarea(attrs={"rows": 4}),
        min_length=10,
        max_length=1000,
    )


class AnswerForm(PortalForm):
    """The answer in words."""

    answer = forms.CharField(
        label="Uw antwoord",
        help_text="Alle partijen lezen uw antwoord. Minstens 10 en hoogstens 1.000 tekens.",
        widget=forms.Textarea(attrs={"rows": 4}),
        min_length=10,
        max_length=1000,
    )
