"""A question about an update, and the answer."""

from agreements.web.forms import LongTextField, PortalForm


class ReturnForm(PortalForm):
    """What the municipality wants to know."""

    question = LongTextField(
        label="Wat wilt u weten?",
        help_text="Alle partijen lezen uw vraag. Op de openbare pagina staat hij niet.",
        min_length=10,
        max_length=1000,
    )


class AnswerForm(PortalForm):
    """The answer in words."""

    answer = LongTextField(
        label="Uw antwoord",
        help_text="Alle partijen lezen uw antwoord.",
        min_length=10,
        max_length=1000,
    )
