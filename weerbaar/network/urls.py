"""Pages of this package."""

from django.urls import path

from weerbaar.network.views import files, planning, reading, releases, themes

TABLE = "cijfers/<int:year>/<slug:code>"

urlpatterns = [
    path("cijfers/", reading.overview, name="figures"),
    path("cijfers/publicaties/", releases.releases, name="figures-releases"),
    path("cijfers/publicaties/<uuid:pk>/", releases.release, name="figures-release"),
    path("cijfers/veilig/", planning.safety, name="figures-safety"),
    path("cijfers/plan/", planning.plan, name="figures-plan"),
    path("cijfers/register/", planning.register, name="figures-register"),
    path("cijfers/catalogus.jsonld", files.catalogue, name="figures-catalogue"),
    path("cijfers/tellen/", releases.count, name="figures-count"),
    path("cijfers/themas/", themes.themes, name="figures-themes"),
    path("cijfers/themas/<uuid:pk>/weg/", themes.drop, name="figures-theme-drop"),
    path("cijfers/<int:year>/", reading.overview, name="figures-year"),
    path(f"{TABLE}/", reading.table, name="figures-table"),
    path(f"{TABLE}.csv", files.table_csv, name="figures-csv"),
    path(f"{TABLE}.json", files.table_json, name="figures-json"),
    path(f"{TABLE}/bestanden/<str:name>", files.table_file, name="figures-file"),
]
