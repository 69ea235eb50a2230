"""The endpoint that serves the OpenAPI document."""

from typing import Any

from django.conf import settings
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView
from rest_framework.permissions import AllowAny
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from weerbaar.web.api import StrictQuery


class OpenApi(StrictQuery, SpectacularAPIView):
    """`/api/v1/openapi.json`: no sign-in, and readable from any origin (API-16)."""

    permission_classes = (AllowAny,)
    authentication_classes = ()
    renderer_classes = [JSONRenderer]
    api_version = None

    @extend_schema(exclude=True)
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        generator = self.generator_class(urlconf=self.urlconf, patterns=self.patterns)
        document = generator.get_schema(request=None, public=True)
        document["servers"] = [{"url": f"{settings.SITE_ADDRESS}/api/v1"}]
        return Response(document, headers={"Access-Control-Allow-Origin": "*"})
