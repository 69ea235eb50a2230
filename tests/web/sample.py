"""Addresses for the tests of the page shell: its own, and pages that go wrong."""

from django import forms as django_forms
from django.conf.urls.i18n import i18n_patterns
from django.core.paginator import Paginator
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path
from rest_framework import fields, generics, renderers, views
from rest_framework.request import Request
from rest_framework.response import Response

from weerbaar.accounts.roles import Permission
from weerbaar.vault.core import Locked, NoAccess
from weerbaar.web import api, forms, shapes
from weerbaar.web.access import signed_in
from weerbaar.web.refusals import Conflict, TooMany


class SampleForm(forms.Form):
    """One field of every kind."""

    name = forms.TextField(
        label="Naam",
        help_text="De naam waarmee wij u aanspreken.",
        error_messages={"required": "Vul uw naam in."},
    )
    day = forms.DateField(label="Wanneer gebeurde het?", required=False)
    email = forms.EmailField(label="E-mailadres", required=False)
    story = forms.LongTextField(label="Wat gebeurde er?", required=False)
    reach = forms.ChoiceField(
        label="Hoe kunnen wij u bereiken?",
        choices=[("phone", "Met de telefoon"), ("here", "Via deze site")],
        hints={"phone": "Alleen overdag."},
        error_messages={"required": "Kies hoe wij u bereiken."},
    )
    kinds = forms.ChoicesField(
        label="Wat was het?",
        choices=[("a", "Schelden"), ("b", "Dreigen")],
        required=False,
    )
    province = django_forms.ChoiceField(
        label="Provincie",
        choices=[("", "Kies"), ("utrecht", "Utrecht")],
        error_messages={"required": "Kies uw provincie."},
    )
    consent = forms.TickField(
        label="Ik ga akkoord",
        error_messages={"required": "Vink aan dat u akkoord gaat."},
    )


def ok(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


FORM_PAGE = """{% extends "web/reporter_base.html" %}
{% block title %}Stap 2 van 5{% endblock %}
{% block main %}<form class="wb-form" method="post" novalidate>{% csrf_token %}
<h1 class="utrecht-heading-1">Meld wat er gebeurde</h1>{{ form }}
{% include "web/components/button_group.html" with primary="Verder" %}</form>
{% include "web/components/code.html" with code="molen wolk haven" %}{% endblock %}
{% block timeout %}{% url "expired" as after %}
{% include "web/components/timeout.html" with idle=900 warn=120 %}{% endblock %}"""
STAFF_PAGE = """{% extends "web/staff_base.html" %}
{% block title %}Zaken{% endblock %}
{% block main %}<h1 class="utrecht-heading-1">Zaken</h1>
{% alert "warning" title="Vandaag" %}<p>Bel de melder.</p>{% endalert %}
{% pagination page %}{% endblock %}"""


def form_page(request: HttpRequest) -> HttpResponse:
    context = {"form": SampleForm(request.POST or None)}
    return HttpResponse(
        engines["django"].from_string(FORM_PAGE).render(context, request)
    )


def staff_page(request: HttpRequest) -> HttpResponse:
    page = Paginator(range(100), 10).get_page(request.GET.get("page"))
    template = engines["django"].from_string(STAFF_PAGE)
    return HttpResponse(template.render({"page": page}, request))


def conflict(request: HttpRequest) -> HttpResponse:
    raise Conflict


def too_many(request: HttpRequest) -> HttpResponse:
    raise TooMany


def no_database(request: HttpRequest) -> HttpResponse:
    raise OperationalError("connection refused at 10.1.2.3")


def mistake(request: HttpRequest) -> HttpResponse:
    told = request.POST.get("story", "een fout van ons")
    try:
        raise KeyError(f"een eerdere fout, {told}")
    except KeyError as earlier:
        raise ValueError(f"een fout van ons, {told}") from earlier


def locked(request: HttpRequest) -> HttpResponse:
    raise Locked


def no_access(request: HttpRequest) -> HttpResponse:
    raise NoAccess


@signed_in(Permission.HANDLE_CASES)
def handlers_only(request: HttpRequest) -> HttpResponse:
    return HttpResponse("binnen")


class SampleSerializer(shapes.Serializer):
    name = fields.CharField(max_length=10)
    incidentDate = fields.DateField()


class OpenView:
    authentication_classes = ()
    permission_classes = ()
    parser_classes = (shapes.Json,)
    renderer_classes = (renderers.JSONRenderer,)


class Things(OpenView, api.StrictQuery, views.APIView):
    query_keys = ("state",)

    def get(self, request: Request) -> Response:
        return Response({"state": request.query_params.get("state")})

    def post(self, request: Request) -> Response:
        serializer = SampleSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        return Response(serializer.data, status=201)

    def put(self, request: Request) -> Response:
        api.require_match(request, api.etag_of("thing", 2))
        return Response({})

    def delete(self, request: Request) -> Response:
        raise Conflict


class NumberSerializer(shapes.Serializer):
    number = fields.SerializerMethodField()

    def get_number(self, obj: int) -> int:
        return obj


class Numbers(OpenView, api.StrictQuery, generics.ListAPIView):
    serializer_class = NumberSerializer
    pagination_class = api.Pages

    def get_queryset(self):
        return range(60)


class Broken(OpenView, views.APIView):
    def get(self, request: Request) -> Response:
        raise ValueError("een fout van ons")


class Down(OpenView, views.APIView):
    def get(self, request: Request) -> Response:
        raise OperationalError("connection refused at 10.1.2.3")


urlpatterns = [
    path("", include("weerbaar.web.plain_urls")),
    path("api/v1/things", Things.as_view()),
    path("api/v1/numbers", Numbers.as_view()),
    path("api/v1/broken", Broken.as_view()),
    path("api/v1/down", Down.as_view()),
    *i18n_patterns(
        path("", include("weerbaar.web.urls")),
        path("inloggen/", ok, name="account_login"),
        path("kluis/", ok, name="vault-open"),
        path("ok/", ok),
        path("uitloggen/", ok, name="account_logout"),
        path("zaken/", staff_page),
        path("cijfers/", ok),
        path("instrumenten/", ok),
        path("meldingen-voor-u/", ok),
        path("formulier/", form_page),
        path("conflict/", conflict),
        path("te-veel/", too_many),
        path("zonder-database/", no_database),
        path("fout/", mistake),
        path("op-slot/", locked),
        path("geen-sleutel/", no_access),
        path("alleen-behandelaars/", handlers_only),
        prefix_default_language=False,
    ),
]
handler400 = "weerbaar.web.views.bad_request"
handler403 = "weerbaar.web.views.forbidden"
handler404 = "weerbaar.web.views.not_found"
handler500 = "weerbaar.web.views.server_error"
