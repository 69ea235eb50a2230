"""The pages of the figures: for members of the network; drafts for analysts."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.network.agenda import name, propose
from weerbaar.network.figures import part_of, topic_total
from weerbaar.network.models import Release
from weerbaar.network.workflow import State
from weerbaar.outbox.models import Message

pytestmark = pytest.mark.django_db


def text(answer) -> str:
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_before_the_first_publication_the_page_says_so(signed_in, bram, draft) -> None:
    page = text(signed_in(bram).get("/cijfers/"))

    assert "Er zijn nog geen cijfers gepubliceerd." in page
    assert "concept" not in page


def test_members_read_what_was_published(signed_in, bram, femke, published) -> None:
    for person in (bram, femke):
        page = text(signed_in(person).get("/cijfers/"))
        assert "Cijfers over 2026" in page
        assert "januari tot en met juni 2026" in page.lower()
        assert f"<dd>{published.snapshot['totals']['incident']}</dd>" in page


@pytest.mark.parametrize("who", ["esma", "gijs"])
def test_who_is_no_member_reads_no_figure(signed_in, who, request, published) -> None:
    client = signed_in(request.getfixturevalue(who))
    paths = [
        "/cijfers/",
        "/cijfers/2026/",
        "/cijfers/2026/t2/",
        "/cijfers/2026/t2.csv",
        "/cijfers/2026/t2.json",
        "/cijfers/publicaties/",
        f"/cijfers/publicaties/{published.pk}/",
    ]

    assert {client.get(path).status_code for path in paths} == {403}


def test_table_shows_sentence_chart_numbers_and_files(signed_in, femke, published):
    page = text(signed_in(femke).get("/cijfers/2026/t2/"))

    assert page.count('class="wb-drawing') == 1
    assert 'role="img" tabindex="0"><title>Verbale agressie: ' in page
    assert "Het vaakst: " in page
    assert "0–4" in page
    assert reverse("figures-csv", args=[2026, "t2"]) in page
    assert "style=" not in page


def test_files_are_downloads_with_a_plain_name(signed_in, femke, published) -> None:
    client = signed_in(femke)
    found = {
        kind: client.get(f"/cijfers/2026/t2.{kind}")["Content-Disposition"]
        for kind in ("csv", "json")
    }

    assert found == {
        kind: f'attachment; filename="weerbaar-t2.{kind}"' for kind in ("csv", "json")
    }
    csv_file = client.get("/cijfers/2026/t2.csv").content
    assert csv_file.decode("utf-8-sig").startswith("Tabel;T2 Wat er gebeurde")


@pytest.mark.parametrize(
    "path", ["/cijfers/2024/", "/cijfers/2026/t99/", "/cijfers/2026/t99.csv"]
)
def test_what_was_not_published_is_not_there(signed_in, femke, published, path):
    assert signed_in(femke).get(path).status_code == 404


def test_handler_finds_no_draft(signed_in, bram, draft) -> None:
    client = signed_in(bram)

    assert str(draft.pk) not in text(client.get("/cijfers/publicaties/"))
    assert client.get(f"/cijfers/publicaties/{draft.pk}/").status_code == 404


def test_two_analysts_publish_through_the_page(signed_in, femke, joost, draft) -> None:
    path = f"/cijfers/publicaties/{draft.pk}/"
    first, second = signed_in(femke), signed_in(joost)
    assert "Keur de cijfers goed" in text(first.get(path))

    first.post(path, {"step": "approve"})
    page = text(first.get(path))
    assert "Iemand anders publiceert ze." in page
    assert "Publiceer de cijfers" not in page
    assert first.post(path, {"step": "publish"}).status_code == 403

    assert "Publiceer de cijfers" in text(second.get(path))
    done = second.post(path, {"step": "publish"}, follow=True)
    assert "De cijfers zijn gepubliceerd." in done.content.decode()
    draft.refresh_from_db()
    assert draft.state == State.PUBLISHED


def test_handler_takes_no_step(signed_in, bram, published) -> None:
    path = f"/cijfers/publicaties/{published.pk}/"
    client = signed_in(bram)

    assert client.post(path, {"step": "refuse"}).status_code == 403
    assert client.post(path, {"step": "supersede"}).status_code == 400
    assert "check-title" not in text(client.get(path))


def test_finding_is_told_and_stops(signed_in, femke, draft) -> None:
    draft.snapshot["tables"][0]["rowTotals"][0] = 3
    Release.objects.filter(pk=draft.pk).update(snapshot=draft.snapshot)
    client, path = signed_in(femke), f"/cijfers/publicaties/{draft.pk}/"

    refused = client.post(path, {"step": "approve"})
    assert refused.status_code == 409
    assert "De controle vond iets" in refused.content.decode()
    draft.refresh_from_db()
    assert draft.state == State.AUDITED
    assert "De controle vond iets" in text(client.get(path))
    assert "een aantal dat niet is afgerond" in text(client.get(path))


def test_replaced_release_stays_readable(signed_in, bram, published, another, august):
    another(august.replace(month=11))
    client = signed_in(bram)

    assert text(client.get(f"/cijfers/publicaties/{published.pk}/"))
    assert text(client.get("/cijfers/publicaties/")).count("cs-list__item") == 2


def test_figures_whose_plan_was_changed_are_refused_in_words(
    signed_in, bram, published
) -> None:
    """Somebody edited the file of an adopted plan: nothing is read with another one."""
    published.snapshot["planDigest"] = "0" * 64
    Release.objects.filter(pk=published.pk).update(snapshot=published.snapshot)
    client = signed_in(bram)

    for path in ("/cijfers/", "/cijfers/2026/t2/", "/cijfers/2026/rapport.pdf"):
        answer = client.get(path)
        assert answer.status_code == 409, path
        assert "de beheerder" in answer.content.decode()
    assert Client().get("/melden/daarna/").status_code == 200


def test_analyst_asks_for_a_count(signed_in, femke, bram, figure_year) -> None:
    assert signed_in(bram).post("/cijfers/tellen/", {"year": "2026"}).status_code == 403
    client = signed_in(femke)
    for wrong in ("x", "0000", "1999"):
        assert client.post("/cijfers/tellen/", {"year": wrong}).status_code == 400

    client.post("/cijfers/tellen/", {"year": "2026"})

    assert Message.objects.get(task="network.tabulate").ref == "2026"


def test_theme_stands_beside_the_figures_with_its_number(
    signed_in, lotte, olaf, femke, bram, published, august
) -> None:
    name(propose(lotte, august), olaf, by=femke, now=august)
    page = text(signed_in(bram).get("/cijfers/"))

    assert "Bouwen schuurt." in page
    part = topic_total(published.snapshot, "housing_building")
    whole = published.snapshot["totals"]["incident"]
    assert (
        f"Meldingen hierover: {part_of(part, whole, share_from=50, bound=4)}." in page
    )


def test_pages_ask_the_same_number_of_queries_however_many_releases(
    signed_in, femke, published, another, august, django_assert_max_num_queries
) -> None:
    client = signed_in(femke)
    client.get("/cijfers/publicaties/")
    with django_assert_max_num_queries(20) as few:
        client.get("/cijfers/publicaties/")
    another(august.replace(month=11))
    with django_assert_max_num_queries(len(few)):
        client.get("/cijfers/publicaties/")
