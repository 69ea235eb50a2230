"""The register of posts: read, kept, refused, and what the plan asks of it."""

from datetime import date
from io import StringIO

import pytest
from bs4 import BeautifulSoup
from django.core.management import CommandError, call_command
from django.utils import timezone

from tests.visiting import Judged, take_cookies
from weerbaar.accounts.actors import SYSTEM
from weerbaar.audit.models import Event
from weerbaar.contributions.models import Contribution
from weerbaar.contributions.services import make_final
from weerbaar.network import country, services
from weerbaar.network.counting import count
from weerbaar.network.floor import below_floor
from weerbaar.network.models import RegisterPost
from weerbaar.network.planning import plan_of
from weerbaar.network.register import RegisterUnreadable, read_register, written
from weerbaar.web.refusals import NotAllowed

COUNTRY = written(country.posts())
HEAD = "organisation,organisation_type,province,office_kind,number\n"
LINE = "Lindeveen,municipality,utrecht,executive,6\n"


def test_country_has_the_size_of_ours_and_every_group_is_large_enough():
    posts = country.posts()
    assert len({p.organisation for p in posts}) == 375
    assert sum(p.number for p in posts) == 10_549
    assert below_floor(plan_of(2026), posts) == []
    assert read_register(COUNTRY) == posts


def test_incidents_of_the_country_fit_the_plan_and_are_heavy_tailed():
    records = list(country.records(2000, year=2026))
    _counts, outside = count(records, plan_of(2026).tables)
    assert outside == []
    assert len({r.case for r in records}) == 2000
    per_person = sorted(
        (sum(r.person == p for r in records) for p in {r.person for r in records}),
        reverse=True,
    )
    assert per_person[0] > 20 > per_person[len(per_person) // 2]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ("organisation;number\nx;1\n", 1),
        (HEAD, 2),
        (HEAD + LINE + LINE, 3),
        (HEAD + LINE.replace("utrecht", "atlantis"), 2),
        (HEAD + LINE.replace("municipality", "company"), 2),
        (HEAD + LINE.replace("executive", "mayor"), 2),
        (HEAD + LINE.replace(",6", ",0"), 2),
        (HEAD + LINE.replace(",6", ",zes"), 2),
        (HEAD + LINE.replace("Lindeveen", ""), 2),
        (HEAD + LINE.replace("Lindeveen", "Linde\x00veen"), 2),
        (HEAD + LINE.replace(",6", "," + "9" * 5000), 2),
        (HEAD + LINE.replace(",6", ",6,7"), 2),
        (HEAD + LINE + LINE.replace("executive,6", "representative"), 3),
        (HEAD + LINE + "\n" + LINE.replace("executive", "mayor"), 4),
        (HEAD + LINE + LINE.replace("utrecht,executive", "zeeland,support"), 3),
        (HEAD + LINE + '"' + LINE, 3),
        (HEAD + "x" * 200_000, 2),
        (HEAD.replace("province", "number") + LINE, 1),
    ],
)
def test_register_that_is_wrong_is_refused_with_its_line(text, line):
    with pytest.raises(RegisterUnreadable) as refused:
        read_register(text)
    assert refused.value.line == line


def test_semicolons_and_a_byte_order_mark_are_read_too():
    dutch = "\ufeff" + (HEAD + LINE).replace(",", ";")
    assert [p.number for p in read_register(dutch)] == [6]


@pytest.mark.django_db
def test_same_register_twice_changes_nothing_and_another_takes_its_place(tmp_path):
    file, out = tmp_path / "posts.csv", StringIO()
    file.write_text(COUNTRY, encoding="utf-8")
    for _again in range(2):
        call_command("import_register", "2026", str(file), stdout=out)
    assert RegisterPost.objects.count() == len(country.posts())
    assert Event.objects.filter(kind="register.kept").count() == 1
    assert services.posts_of(2028) == services.posts_of(2026)
    assert services.posts_of(2025) == []
    call_command("import_register", "2027", str(file), stdout=out)
    assert RegisterPost.objects.filter(year=2027).count() == len(country.posts())
    RegisterPost.objects.filter(year=2027).delete()

    file.write_text(HEAD + LINE, encoding="utf-8")
    call_command("import_register", "2026", str(file), stdout=out)
    assert RegisterPost.objects.get().number == 6
    assert "1 organisations; 1 came and 375 went" in out.getvalue()
    for wrong in ("nowhere.csv", "bad.csv"):
        (tmp_path / "bad.csv").write_text(HEAD + "x\n", encoding="utf-8")
        with pytest.raises(CommandError):
            call_command("import_register", "2026", str(tmp_path / wrong), stdout=out)
    with pytest.raises(CommandError):
        call_command("import_register", "99999", str(file), stdout=out)
    assert RegisterPost.objects.get().number == 6


@pytest.mark.django_db
def test_mistake_in_the_register_is_said_in_the_language_of_the_page(femke, now):
    with pytest.raises(services.RegisterRefused) as refused:
        services.import_register(2026, HEAD, by=femke, now=now)

    assert "In regel 2: er staat geen organisatie" in str(refused.value)


@pytest.mark.django_db
def test_register_is_kept_by_analysts_only(bram, gijs, femke, now):
    for stranger in (bram, gijs):
        with pytest.raises(NotAllowed):
            services.import_register(2026, COUNTRY, by=stranger, now=now)
    kept = services.import_register(2026, HEAD + LINE, by=femke, now=now)
    assert kept == (1, 1, 1, 0)


@pytest.mark.django_db
def test_made_country_contributes_to_a_year_that_has_begun(figure_year):
    out = StringIO()
    call_command("make_country", "--contribute", "30", "--year", "2026", stdout=out)
    assert Contribution.objects.count() == 30
    make_final(2026, today=date(2027, 5, 1))
    for wrong, said in (
        (["--contribute", "3"], "--year"),
        (["--year", "2026"], "--contribute"),
        (["--contribute", "-3", "--year", "2026"], "--contribute"),
        (["--contribute", "3", "--year", "1999"], "have not begun"),
        (["--contribute", "3", "--year", "2026"], "are final"),
    ):
        with pytest.raises(CommandError, match=said):
            call_command("make_country", *wrong, stdout=out)
    assert Contribution.objects.count() == 30
    call_command("make_country", stdout=out)
    assert out.getvalue().endswith(COUNTRY)


def test_plan_and_register_on_the_page(
    page, node, live, femke, bram, signed_in, transactional_db
):
    take_cookies(page, signed_in(femke), live)
    judged = Judged(page, "dark")
    judged.see("plan-without-register", "/cijfers/plan/")
    judged.see("register-empty", "/cijfers/register/")
    judged.fill({"lines": HEAD + LINE.replace(",6", ",zes")})
    judged.press("Register opslaan")
    assert "number is geen heel getal" in page.inner_text("#id_lines_error")
    judged.see("register-mistake")
    judged.fill({"lines": HEAD + LINE})
    judged.press("Register opslaan")
    assert "Gemeente (ambtsdragers: 6, organisaties: 1)" in page.inner_text("main")
    judged.see("plan-too-small")
    judged.verdict()

    services.import_register(
        timezone.localdate().year, COUNTRY, by=SYSTEM, now=timezone.now()
    )
    read = signed_in(bram).get("/cijfers/plan/").content.decode()
    assert "elke groep is groot genoeg" in read
    assert signed_in(bram).get("/cijfers/register/").status_code == 403


@pytest.mark.django_db
def test_safety_is_told_in_fewer_than_three_hundred_plain_words(signed_in, bram):
    page = signed_in(bram).get("/cijfers/veilig/").content.decode()
    words = BeautifulSoup(page, "html5lib").main.get_text(" ").split()
    assert 100 < len(words) < 300
    assert max(len(w.strip(".,;:“”")) for w in words) <= 25
