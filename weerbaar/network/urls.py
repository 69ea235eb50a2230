"""Pages of this package."""

from django.urls import path

from weerbaar.network.agenda import instrument_views, theme_views
from weerbaar.network.stories import views as stories
from weerbaar.network.views import (
    files,
    knowing,
    planning,
    reading,
    releases,
    years,
)

THEME = "netwerk/themas/<uuid:pk>"
TABLE = "cijfers/<int:year>/<slug:code>"

urlpatterns = [
    path("netwerk/", theme_views.agenda, name="network"),
    path("netwerk/<int:year>/", theme_views.agenda, name="network-year"),
    path("netwerk/themas/voorstel/", theme_views.propose, name="network-propose"),
    path(f"{THEME}/", theme_views.theme, name="network-theme"),
    path(f"{THEME}/activiteit/", theme_views.commit, name="network-commit"),
    path(
        "netwerk/activiteiten/<uuid:pk>/",
        theme_views.activity,
        name="network-activity",
    ),
    path(
        "netwerk/instrumenten/",
        instrument_views.instruments,
        name="network-instruments",
    ),
    path(
        "netwerk/instrumenten/voorstel/",
        instrument_views.propose,
        name="network-instrument-propose",
    ),
    path(
        "netwerk/instrumenten/<uuid:pk>/",
        instrument_views.instrument,
        name="network-instrument",
    ),
    path("netwerk/verhalen/", stories.stories, name="network-stories"),
    path("netwerk/verhalen/redactie/", stories.desk, name="network-story-desk"),
    path(
        "netwerk/verhalen/redactie/<uuid:pk>/", stories.edit, name="network-story-edit"
    ),
    path("netwerk/verhalen/<uuid:pk>/", stories.story, name="network-story"),
    path("cijfers/", reading.overview, name="figures"),
    path("cijfers/publicaties/", releases.releases, name="figures-releases"),
    path("cijfers/publicaties/<uuid:pk>/", releases.release, name="figures-release"),
    path(
        "cijfers/publicaties/<uuid:pk>/intrekken/",
        releases.withdraw,
        name="figures-withdraw",
    ),
    path("cijfers/bekend/", knowing.facts, name="figures-known"),
    path("cijfers/bekend/<slug:code>/", knowing.add, name="figures-known-add"),
    path("cijfers/logboek/", releases.ledger, name="figures-ledger"),
    path("cijfers/trend/", years.trend, name="figures-trend"),
    path("cijfers/monitor/", years.beside_monitor, name="figures-monitor"),
    path("cijfers/veilig/", planning.safety, name="figures-safety"),
    path("cijfers/plan/", planning.plan, name="figures-plan"),
    path("cijfers/register/", planning.register, name="figures-register"),
    path("cijfers/catalogus.jsonld", files.catalogue, name="figures-catalogue"),
    path(
        "cijfers/publicaties/<uuid:pk>/bundel.zip",
        releases.bundle,
        name="figures-bundle",
    ),
    path("cijfers/tellen/", releases.count, name="figures-count"),
    path("cijfers/<int:year>/", reading.overview, name="figures-year"),
    path("cijfers/<int:year>/rapport.pdf", files.report, name="figures-report"),
    path(f"{TABLE}/", reading.table, name="figures-table"),
    path(f"{TABLE}.csv", files.table_csv, name="figures-csv"),
    path(f"{TABLE}.pdf", files.table_pdf, name="figures-pdf"),
    path(f"{TABLE}.json", files.table_json, name="figures-json"),
    path(f"{TABLE}/bestanden/<str:name>", files.table_file, name="figures-file"),
]
