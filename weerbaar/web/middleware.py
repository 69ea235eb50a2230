"""Headers on every answer, the version on every API answer, and refusals as pages."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from weerbaar.web.answers import answer, is_api

GetResponse = Callable[[HttpRequest], HttpResponse]

# One set for all, accepted by internet.nl, ASVS 5 and the API Design Rules
# (standards-ux 3.3). Both policies close base-uri and form-action as well.
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
API_POLICY = (
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    # Not no-referrer: with it browsers send `Origin: null` along our own forms, and the
    # check against forged requests then refuses every post. Other sites get nothing.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
# What some page or endpoint offers; who asks otherwise is not led on (ASVS 4.1.4).
METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")
# Pages that may be found by a search engine; all others say noindex (SEC-9).
FINDABLE = frozenset(
    {"home", "safe-use", "accessibility", "privacy", "robots", "security-txt"}
)


class ApiVersionMiddleware:
    """`API-Version` on every answer under /api/, also on errors (API-18)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if is_api(request):
            response["API-Version"] = settings.API_VERSION
        return response


class HeadersMiddleware:
    """Security headers on every answer; nothing is stored but static files."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response[name] = value
        # A file that was sent to us brings a stricter one of its own.
        response.setdefault(
            "Content-Security-Policy",
            API_POLICY if is_api(request) else PAGE_POLICY,
        )
        if settings.SECURE_HSTS_SECONDS:
            response["Strict-Transport-Security"] = (
                f"max-age={settings.SECURE_HSTS_SECONDS}; includeSubDomains"
            )
        # A static file holds nobody's words; its own term stands (a year with a hash).
        if not request.path.startswith(settings.STATIC_URL):
            response["Cache-Control"] = "no-store"
            self._mark_unfindable(request, response)
        if getattr(request, "has_signed_out", False):
            response["Clear-Site-Data"] = '"cache", "storage"'
        return response

    @staticmethod
    def _mark_unfindable(request: HttpRequest, response: HttpResponse) -> None:
        match = request.resolver_match
        if response.status_code != 200 or not match or match.url_name not in FINDABLE:
            response["X-Robots-Tag"] = "noindex, nofollow"


class RefusalMiddleware:
    """Turns a refusal that a view raised into its page or problem+json."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in METHODS and not is_api(request):
            return HttpResponseNotAllowed(METHODS)
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        return answer(request, exception)
