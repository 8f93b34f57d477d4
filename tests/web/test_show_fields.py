"""`{% field %}` and `{% error_summary %}`: the order, the words and the links between them."""

from typing import Any
from uuid import UUID

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.template import Context, Template
from django.utils.datastructures import MultiValueDict

from agreements.web.forms import DutchNumberField, FilesField, PortalForm, Radios


class Example(PortalForm):
    value = DutchNumberField(label="Hoeveel woningen?", help_text="Tel alles op.", suffix="woningen")
    status = forms.ChoiceField(
        label="Hoe staat het ervoor?",
        choices=[("behind", "Loopt achter")],
        widget=Radios({"behind": "Zo lukt het niet."}, has_status_icons=True),
    )
    note = forms.CharField(label="Toelichting", max_length=10, required=False, widget=forms.Textarea)
    themes = forms.MultipleChoiceField(
        label="Thema’s", choices=[("a", "Zorg")], widget=forms.CheckboxSelectMultiple, required=False
    )
    files = FilesField(label="Bewijs", required=False)
    agreed = forms.BooleanField(label="Ik heb het gelezen")
    key = forms.CharField(widget=forms.HiddenInput)


def show(form: forms.Form, tag: str = "{% for one in form %}{% field one %}{% endfor %}") -> str:
    return Template(tag).render(Context({"form": form}))


def wrong(**data: str) -> Example:
    form = Example(data)
    assert not form.is_valid()
    return form


def test_a_field_shows_label_hint_error_and_control_in_that_order() -> None:
    html = show(wrong(value="abc"), "{% field form.value %}")
    places = [html.index(part) for part in ("<label", "Tel alles op.", "Fout: ", "<input", ">woningen<")]
    assert places == sorted(places)


def test_the_control_points_to_its_hint_and_its_error() -> None:
    html = show(wrong(value="abc"), "{% field form.value %}")
    assert 'aria-describedby="id_value_helptext id_value_error"' in html
    assert 'id="id_value_helptext"' in html
    assert 'id="id_value_error"' in html
    assert 'aria-invalid="true"' in html


def test_a_right_field_has_no_error_and_is_not_called_invalid() -> None:
    html = show(Example())
    assert "pa-veld--fout" not in html
    assert "aria-invalid" not in html
    assert "required" not in html


def test_choices_are_a_fieldset_with_explanation_and_silhouette() -> None:
    html = show(Example({"status": "behind"}), "{% field form.status %}")
    assert html.startswith('<fieldset class="pa-veld"')
    assert "<legend>Hoe staat het ervoor?</legend>" in html
    assert '<input type="radio" name="status" value="behind" id="id_status_0" checked>' in html
    assert "Zo lukt het niet." in html
    assert "c-behind" in html


def test_checkboxes_are_checkboxes() -> None:
    assert show(Example(), "{% field form.themes %}").count('type="checkbox"') == 1


def test_only_what_may_be_left_out_says_so() -> None:
    html = show(Example())
    assert html.count("(niet verplicht)") == 3
    assert "(niet verplicht)" in show(Example(), "{% field form.files %}")


def test_a_suffix_of_the_template_goes_before_that_of_the_field() -> None:
    html = show(Example(), '{% field form.value suffix="van de 84 woningen" %}')
    assert "van de 84 woningen" in html
    assert ">woningen<" not in html


def test_the_summary_counts_the_answers_and_links_to_the_controls() -> None:
    html = show(wrong(value="abc", agreed="on", key="k"), "{% error_summary form %}")
    assert "Controleer 2 antwoorden" in html
    assert "Er is nog niets opgeslagen." in html
    assert '<a href="#id_value">Vul een getal in' in html
    assert '<a href="#id_status_0">Beantwoord de vraag ‘Hoe staat het ervoor?’.</a>' in html


def test_the_words_of_the_summary_are_those_of_the_field() -> None:
    form = wrong(value="48,5")
    sentence = form.errors["value"][0]
    assert sentence in show(form, "{% error_summary form %}")
    assert sentence in show(form, "{% field form.value %}")


def test_every_link_of_the_summary_leads_to_something() -> None:
    form = wrong()
    page = show(form)
    for target in show(form, "{% error_summary form %}").split('href="#')[1:]:
        assert f'id="{target.split(chr(34))[0]}"' in page


def test_an_error_of_the_whole_form_is_said_without_a_link() -> None:
    form = Example({"value": "3", "status": "behind", "agreed": "on", "key": "k"})
    form.add_error(None, "De ronde is gesloten.")
    html = show(form, "{% error_summary form %}")
    assert "Dit is niet gelukt" in html
    assert "<li>De ronde is gesloten.</li>" in html


def test_a_form_without_errors_has_no_summary() -> None:
    assert show(Example(), "{% error_summary form %}").strip() == ""


def test_what_was_typed_comes_back_harmless() -> None:
    html = show(wrong(value='"><script>alert(1)</script>'), "{% error_summary form %}{% field form.value %}")
    assert "<script>" not in html


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\u202e", "\u2066"])
def test_text_with_a_character_nobody_can_see_is_refused(character: str) -> None:
    form = wrong(note=f"a{character}b")
    assert form.errors["note"] == [
        "In de tekst staat een teken dat wij niet kunnen bewaren. Typ de tekst opnieuw."
    ]


def test_a_line_end_counts_as_one_character() -> None:
    form = Example(QueryDict("note=1234%0D%0A56789", mutable=True))
    form.is_valid()
    assert form.cleaned_data["note"] == "1234\n56789"


def test_too_long_a_text_says_how_long_it_may_be() -> None:
    assert wrong(note="12345678901").errors["note"] == [
        "Gebruik bij ‘Toelichting’ hoogstens 10 tekens. U gebruikte er 11."
    ]


def test_several_files_arrive_as_a_list() -> None:
    uploads = [SimpleUploadedFile(name, b"x") for name in ("a.pdf", "b.pdf")]
    form = Example({}, MultiValueDict({"files": uploads}))
    form.is_valid()
    assert [file.name for file in form.cleaned_data["files"]] == ["a.pdf", "b.pdf"]


def test_no_file_is_an_empty_list() -> None:
    form = Example({})
    form.is_valid()
    assert form.cleaned_data["files"] == []


def test_a_field_that_reads_text_but_gives_something_else_works_too() -> None:
    class Keyed(PortalForm):
        key = forms.UUIDField()

    key = UUID("9f1c2a52-5d54-4b44-9d0e-1a2b3c4d5e6f")
    form = Keyed({"key": str(key)})
    assert form.is_valid()
    assert form.cleaned_data == {"key": key}


class Grown(PortalForm):
    """A form that makes a field by itself, as the progress form does."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["later"] = forms.CharField(label="Later")


def test_a_field_that_a_form_adds_by_itself_speaks_plain_dutch_too() -> None:
    assert Grown({}).errors == {"later": ["Vul ‘Later’ in."]}


def test_a_sentence_given_with_the_field_stays() -> None:
    class Own(PortalForm):
        name = forms.CharField(error_messages={"required": "Vul uw functie in."})

    assert Own({}).errors == {"name": ["Vul uw functie in."]}
