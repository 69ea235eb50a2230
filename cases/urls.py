"""Pages of this package."""

from django.urls import path

from cases.views import (
    approving,
    catalogue,
    evidence,
    exporting,
    figures,
    identity,
    keeping,
    overview,
    people,
    promising,
    recusing,
    saved,
    stepping,
    talking,
    texts,
    worklist,
)

FILE = "zaken/<slug:reference>/bestanden/<uuid:pk>"

urlpatterns = [
    path("zaken/", worklist.worklist, name="worklist"),
    path("zaken/nieuw/", worklist.new_case, name="case-new"),
    path("zaken/weergaven/<uuid:pk>/", saved.drop, name="view-drop"),
    path("zaken/teksten/", texts.texts, name="texts"),
    path("zaken/teksten/nieuw/<uuid:team>/", texts.new_text, name="text-new"),
    path("zaken/teksten/<uuid:pk>/", texts.one_text, name="text"),
    path("zaken/bewaren/", keeping.retention, name="retention"),
    path("zaken/bewaren/vernietigen/", keeping.destroy, name="retention-destroy"),
    path("zaken/bewaren/register/", keeping.register, name="destructions"),
    path("zaken/bewaren/termijnen/<uuid:team>/", keeping.terms, name="retention-terms"),
    path("zaken/cijfers/", figures.own, name="own-figures"),
    path("zaken/cijfers/bestand/", figures.take, name="own-figures-file"),
    path("zaken/betrokken/", recusing.step_aside, name="step-aside"),
    path("zaken/<slug:reference>/", overview.overview, name="case"),
    path("zaken/<slug:reference>/verhaal/", overview.report, name="case-report"),
    path("zaken/<slug:reference>/melder/", identity.identity, name="case-identity"),
    path(
        "zaken/<slug:reference>/indeling/",
        overview.classification,
        name="case-classification",
    ),
    path("zaken/<slug:reference>/berichten/", talking.thread, name="case-messages"),
    path("zaken/<slug:reference>/notitie/", talking.note, name="case-note"),
    path("zaken/<slug:reference>/tijdlijn/", talking.timeline, name="case-timeline"),
    path("zaken/<slug:reference>/bestanden/", evidence.files, name="case-files"),
    path(f"{FILE}/", evidence.one_file, name="case-file"),
    path(f"{FILE}/inhoud/", evidence.file_content, name="case-file-content"),
    path(
        f"{FILE}/origineel/",
        evidence.file_content,
        {"original": True},
        name="case-file-original",
    ),
    path("zaken/<slug:reference>/afspraken/", promising.promises, name="case-promises"),
    path(
        "zaken/<slug:reference>/afspraken/<uuid:pk>/",
        promising.promise,
        name="case-promise",
    ),
    path("zaken/<slug:reference>/sleutel/", keeping.rekey, name="case-rekey"),
    path("zaken/<slug:reference>/bewaren/", keeping.keeping, name="case-keeping"),
    path("zaken/<slug:reference>/mensen/", people.people, name="case-people"),
    path("zaken/<slug:reference>/betrokken/", recusing.recuse, name="case-recuse"),
    path(
        "zaken/<slug:reference>/verzoeken/", approving.requests, name="case-approvals"
    ),
    path(
        "zaken/<slug:reference>/verzoeken/<uuid:pk>/terug/",
        approving.withdraw,
        name="approval-withdraw",
    ),
    path(
        "zaken/<slug:reference>/verzoeken/<uuid:pk>/uitvoer/",
        exporting.export,
        name="case-export",
    ),
    path(
        "zaken/<slug:reference>/verzoeken/<uuid:pk>/vernietigen/",
        approving.destroy,
        name="case-destroy",
    ),
    path("verzoeken/", approving.waiting, name="approvals"),
    path("verzoeken/<uuid:pk>/", approving.answer, name="approval"),
    path("zaken/<slug:reference>/stap/<slug:name>/", stepping.take, name="case-step"),
    path("instrumenten/", catalogue.instruments, name="instruments"),
]
