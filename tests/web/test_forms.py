"""Forms keep the rules of NL Design System and speak in our words (WEB-20 to 28)."""

import pytest
from bs4 import BeautifulSoup
from django import forms as django_forms
from django.core.exceptions import ImproperlyConfigured
from django.template.loader import render_to_string
from django.utils.translation import override

from tests.web.sample import SampleForm
from weerbaar.web import forms
from weerbaar.web.templatetags.weerbaar import mistakes

pytestmark = pytest.mark.urls("tests.web.sample")


@pytest.fixture(autouse=True)
def dutch():
    with override("nl"):
        yield


def draw(form: django_forms.Form) -> BeautifulSoup:
    return BeautifulSoup(str(form), "html5lib")


@pytest.fixture
def empty() -> BeautifulSoup:
    return draw(SampleForm())


@pytest.fixture
def wrong() -> BeautifulSoup:
    return draw(SampleForm({"day": "ergens in mei", "email": "x"}))


def test_every_input_has_a_label_without_a_link(empty):
    inputs = empty.select("input, select, textarea")
    assert len(inputs) == 10

    for one in inputs:
        label = empty.find("label", {"for": one["id"]})
        assert label is not None, one
        assert not label.find("a")


def test_nothing_has_a_placeholder_a_required_attribute_or_an_asterisk(empty):
    assert not empty.select("[placeholder], [required], [disabled]")
    assert "*" not in empty.get_text()


def test_required_is_told_to_screen_readers(empty):
    told = {e.get("name") for e in empty.select("[aria-required]")} - {None}
    groups = [g["aria-required"] for g in empty.select("fieldset[role=radiogroup]")]

    assert told == {"name", "province", "consent"}
    assert groups == ["true"]


def test_optional_is_said_in_words(empty):
    labels = [e.get_text(" ", strip=True) for e in empty.select("label, legend")]

    assert "Wat gebeurde er? (optioneel)" in labels
    assert "Wat was het? (optioneel)" in labels
    assert "Naam" in labels
    assert "Ik ga akkoord" in labels


def test_description_is_tied_to_its_field(empty):
    name = empty.find(id="id_name")
    phone = empty.find(id="id_reach_0")

    assert empty.find(id=name["aria-describedby"]).text == (
        "De naam waarmee wij u aanspreken."
    )
    assert empty.find(id=phone["aria-describedby"]).text == "Alleen overdag."


def test_choices_stand_in_a_fieldset_with_a_legend(empty):
    legends = [fieldset.legend.contents[0].strip() for fieldset in empty("fieldset")]

    assert legends == ["Hoe kunnen wij u bereiken?", "Wat was het?"]
    assert {e["type"] for e in empty.select("fieldset input")} == {"radio", "checkbox"}
    assert len(empty.select("input[type=radio].utrecht-radio-button")) == 2
    assert len(empty.select("input[type=checkbox].utrecht-checkbox")) == 3


def test_browser_remembers_nothing(empty):
    typed = empty.select("input[type=text], input[type=email], textarea, select")

    assert len(typed) == 5
    assert {e["autocomplete"] for e in typed} == {"off"}


def test_mistake_stands_at_its_field_and_in_the_summary(wrong):
    form = SampleForm({"day": "ergens in mei", "email": "x"})

    for name in ("name", "day", "province", "consent"):
        field = wrong.find(id=f"id_{name}")
        assert field["aria-invalid"] == "true"
        assert f"id_{name}_error" in field["aria-describedby"].split()
        assert wrong.find(id=f"id_{name}_error").get_text(strip=True)
    lines = mistakes(form)
    assert lines[0] == ("id_name", "Vul uw naam in.")
    assert all(wrong.find(id=line.target) for line in lines)
    assert all(line.message.endswith(".") for line in lines)


def test_group_says_itself_what_is_wrong(wrong):
    group = wrong.select_one("fieldset[role=radiogroup]")

    assert group["aria-invalid"] == "true"
    assert "id_reach_error" in group["aria-describedby"]
    assert not wrong.select("input[type=radio][aria-invalid]")


def test_what_was_typed_is_kept(wrong):
    assert wrong.find(id="id_day")["value"] == "ergens in mei"
    assert wrong.find(id="id_email")["value"] == "x"


def test_summary_and_title_tell_of_mistakes(rf):
    request = rf.get("/")
    form = SampleForm({})

    page = BeautifulSoup(
        render_to_string("web/pages/safe_use.html", {"form": form}, request), "html5lib"
    )

    assert page.title.text.startswith("Fout: ")
    summary = page.select_one(".wb-errors")
    assert summary["tabindex"] == "-1"
    assert "data-focus" in summary.attrs
    assert summary.h2.text == "4 punten vragen uw aandacht"
    assert [a["href"] for a in summary("a")] == [
        f"#id_{n}" for n in ("name", "reach_0", "province", "consent")
    ]


def test_page_without_mistakes_has_no_summary(rf):
    context = {"form": SampleForm()}

    page = render_to_string("web/pages/safe_use.html", context, rf.get("/"))

    assert "Fout" not in page


def test_no_message_is_in_the_framework_s_words():
    assert forms.default_messages(SampleForm()) == []
    assert forms.default_messages(django_forms.Form()) == []

    class Careless(django_forms.Form):
        name = django_forms.CharField()

    assert "Careless.name: required" in forms.default_messages(Careless())


def test_field_without_its_own_message_is_refused():
    class Careless(forms.Form):
        name = forms.TextField(label="Naam")

    with pytest.raises(ImproperlyConfigured, match=r"Careless\.name"):
        Careless()


def test_optional_field_needs_no_message():
    class Light(forms.Form):
        name = forms.TextField(label="Naam", required=False)

    assert Light({}).is_valid()


def test_long_text_is_long_and_says_how_much_too_long():
    form = SampleForm({"story": "a" * 20_001})
    fitting = SampleForm({"story": "a\r\n" * 9_999})

    assert form.errors["story"] == [
        "Gebruik niet meer dan 20000 tekens. U gebruikte er 20001."
    ]
    assert "story" not in fitting.errors
    assert fitting.cleaned_data["story"].count("\n") == 9_998


def test_text_is_never_cut_off_while_pasting(empty):
    story = empty.find(id="id_story")

    assert "maxlength" not in story.attrs
    assert story["data-maximum"] == "20000"
    counter = empty.find(attrs={"data-counter": "id_story"})
    assert "hidden" in counter.attrs


def test_date_is_read_and_shown_as_people_write_it():
    form = SampleForm({"day": "1-5-26"})
    form.is_valid()
    day = form.cleaned_data["day"]

    assert day.isoformat() == "2026-05-01"
    assert draw(SampleForm(initial={"day": day})).find(id="id_day")["value"] == (
        "1 mei 2026"
    )


def test_empty_date_is_none_and_half_a_date_is_refused():
    empty = SampleForm({"day": " "})
    half = SampleForm({"day": "mei 2026"})
    empty.is_valid()

    assert empty.cleaned_data["day"] is None
    assert half.errors["day"] == [
        "Vul een dag, maand en jaar in, bijvoorbeeld 1 mei 2026."
    ]


def test_one_question_is_the_heading_of_its_page():
    class One(forms.Form):
        heading_field = "reach"
        reach = SampleForm.base_fields["reach"]

    page = draw(One())

    assert page.legend.h1.text == "Hoe kunnen wij u bereiken?"


def test_mistake_of_the_whole_form_is_shown_and_linked():
    class Whole(forms.Form):
        def clean(self):
            raise django_forms.ValidationError("Kies een van beide.")

    form = Whole({})

    assert mistakes(form) == [("form-errors", "Kies een van beide.")]
    assert (
        draw(form).find(id="form-errors").get_text(strip=True) == "Kies een van beide."
    )
