"""The forms for proposals: making and editing one, deciding on it, and the filter of the list."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.datastructures import MultiValueDict

from agreements.agenda.queries import drafts_of
from agreements.agreement.models import Theme, YearSlice
from agreements.agreement.queries import parties_to
from agreements.commitments.faults import faults
from agreements.commitments.models import Commitment, Indicator, Target
from agreements.parties.models import Party
from agreements.process.models import Proposal
from agreements.web.fields import answer_of
from agreements.web.forms import DutchDateField, DutchNumberField, LongTextField, PortalForm


class ProposalForm(PortalForm):
    """What is proposed and why. `version` is the version the form was filled from."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    theme = forms.ModelChoiceField(
        label="Over welk thema gaat het?", queryset=Theme.objects.none(), empty_label="Kies een thema"
    )
    title = forms.CharField(
        label="Titel in gewone taal",
        help_text="Zo staat uw voorstel in lijsten. Hoogstens 150 tekens.",
        max_length=150,
    )
    text = LongTextField(
        label="Letterlijke tekst van de afspraak",
        help_text="Schrijf op wie wat doet, hoeveel en wanneer.",
        max_length=4000,
        rows=6,
    )
    why = LongTextField(
        label="Waarom stelt u dit voor?",
        help_text="De gemeente besluit mede op grond hiervan.",
        max_length=1000,
    )
    indicator = forms.ModelChoiceField(
        label="Wat wilt u tellen?",
        queryset=Indicator.objects.all(),
        empty_label="Nog niet gekozen",
        required=False,
    )
    direction = forms.ChoiceField(
        label="Minstens, hoogstens of precies?",
        choices=[("", "Nog niet gekozen"), *Target.Direction.choices],
        required=False,
    )
    target_value = DutchNumberField(
        label="Wat is het doel?",
        help_text="Alleen het getal, bijvoorbeeld 60. Vul 1 in als het gaat om gedaan of niet gedaan.",
        decimals=2,
        required=False,
    )
    deadline = DutchDateField(label="Wanneer moet het klaar zijn?", required=False)

    def __init__(self, *args: Any, proposal: Proposal, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.year_slice = proposal.year_slice
        theme = self.fields["theme"]
        assert isinstance(theme, forms.ModelChoiceField)
        theme.queryset = self.year_slice.agreement.themes.all()
        self.fields["deadline"].help_text = f"Bijvoorbeeld 31-12-{self.year_slice.year}."
        self.initial = {**self.start(proposal), **self.initial}

    def start(self, proposal: Proposal) -> dict[str, Any]:
        """What the form shows at first: the proposal as it is."""
        return {**proposal.editable_values(), "version": proposal.version}

    def clean(self) -> dict[str, Any]:
        """A figure that is whole and possible, and a day in the year."""
        given = super().clean() or self.cleaned_data
        for name, sentence in faults(given, year=self.year_slice.year).items():
            if name in self.fields and name not in self.errors:
                self.add_error(name, sentence)
        return given

    def values(self) -> dict[str, Any]:
        """{field: value} for the operations."""
        return {name: self.cleaned_data[name] for name in Proposal.FIELDS}

    def differences(self, current: Proposal) -> list[tuple[str, str, str]]:
        """(question, what stands there now, what was typed) where those differ."""
        now = ProposalForm(proposal=current)
        rows = [(str(self[n].label), answer_of(now[n]), answer_of(self[n])) for n in Proposal.FIELDS]
        return [row for row in rows if row[1] != row[2]]


class NewProposalForm(ProposalForm):
    """The same questions for a new proposal. `key` keeps a second press of the button from making another."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    party = forms.ModelChoiceField(
        label="Namens welke organisatie?", queryset=Party.objects.none(), empty_label=None
    )
    field_order = ("key", "party")

    def __init__(self, *args: Any, year_slice: YearSlice, parties: list[Party], **kwargs: Any):
        super().__init__(*args, proposal=Proposal(year_slice=year_slice), **kwargs)
        del self.fields["version"]
        self.parties = parties
        if len(parties) == 1:
            del self.fields["party"]
            return
        party = self.fields["party"]
        assert isinstance(party, forms.ModelChoiceField)
        party.queryset = Party.objects.filter(pk__in=[one.pk for one in parties])

    def start(self, proposal: Proposal) -> dict[str, Any]:
        """Nothing but a fresh key."""
        return {"key": uuid4()}

    def new(self) -> dict[str, Any]:
        """The arguments of `operations.make_proposal`."""
        party = self.cleaned_data.get("party", self.parties[0])
        return {**self.values(), "key": self.cleaned_data["key"], "party": party}


class DecisionForm(PortalForm):
    """Base of the three decisions; `version` is the version of the proposal that the person read."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, *args: Any, proposal: Proposal, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.initial = {"version": proposal.version, **self.initial}

    def answers(self) -> list[tuple[str, str]]:
        """(question, answer) of what was filled in, to show when somebody else was first."""
        return [(str(bound.label), answer_of(bound)) for bound in self.visible_fields()]


class TakeUpForm(DecisionForm):
    """Taking up: only for a wish of tenants there is something to choose."""

    lead = forms.ModelChoiceField(
        label="Wie voert het uit?", queryset=Party.objects.none(), empty_label="Kies een partij"
    )

    def __init__(self, *args: Any, proposal: Proposal, **kwargs: Any):
        super().__init__(*args, proposal=proposal, **kwargs)
        lead = self.fields["lead"]
        assert isinstance(lead, forms.ModelChoiceField)
        lead.queryset = parties_to(proposal.year_slice.agreement)
        if proposal.party.kind == Party.Kind.CORPORATION:
            del self.fields["lead"]
        self.initial = {"lead": proposal.party.represents_id, **self.initial}


class MergeForm(DecisionForm):
    """Into which draft it goes."""

    commitment = forms.ModelChoiceField(
        label="Met welk concept voegt u het samen?",
        queryset=Commitment.objects.none(),
        empty_label="Kies een concept",
    )
    reason = LongTextField(
        label="Wilt u er iets bij zeggen?",
        help_text="Bijvoorbeeld wat er van het voorstel in de tekst komt.",
        max_length=1000,
        required=False,
    )

    def __init__(self, *args: Any, proposal: Proposal, **kwargs: Any):
        super().__init__(*args, proposal=proposal, **kwargs)
        commitment = self.fields["commitment"]
        assert isinstance(commitment, forms.ModelChoiceField)
        commitment.queryset = drafts_of(proposal.year_slice)


class DeclineForm(DecisionForm):
    """Why it is not taken up."""

    reason = LongTextField(
        label="Waarom wordt dit voorstel niet overgenomen?",
        help_text="De partijen lezen dit, en iedereen zodra de teksten openbaar zijn.",
        max_length=1000,
    )


class ProposalFilter:
    """The choices in the address of the list. It is lenient: what it does not know, it leaves out."""

    def __init__(self, chosen: MultiValueDict[str, str]):
        self.states = [state for state in chosen.getlist("stand") if state in Proposal.State.values]
        self.party = chosen.get("partij", "")[:30]

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is chosen."""
        return bool(self.states or self.party)

    def narrow(self, rows: Iterable[Proposal]) -> list[Proposal]:
        """Those that fit all choices."""
        of_party = [row for row in rows if not self.party or row.party.key == self.party]
        return [row for row in of_party if not self.states or row.state in self.states]
