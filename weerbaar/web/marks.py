"""Where requests come from, as a mark that nobody can turn back; the only place that
reads an address (SEC-1, SEC-7).

A mark is made under a key of the day and cut to eight bytes. It lives in the cache for
as long as a limit counts, and is written nowhere.
"""

import hashlib
import hmac
import ipaddress

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

# Of the sixth version a household has a whole block of addresses.
IPV6_PREFIX = 64


def mark(request: HttpRequest) -> str:
    """A mark of where a request comes from that nobody can turn back after today.

    Behind our own proxy the last address of X-Forwarded-For is the one it added itself.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if settings.PRODUCTION:
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
        address = forwarded.rpartition(",")[2].strip() or address
    return mark_of(_block(address))


def mark_of(text: str) -> str:
    """A mark of any text, under the key of today."""
    day = timezone.localdate().isoformat()
    key = hashlib.sha256(f"limits {day} {settings.SECRET_KEY}".encode()).digest()
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()[:16]


def _block(address: str) -> str:
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address
    if known.version == 4:
        return address
    return str(ipaddress.ip_network((known, IPV6_PREFIX), strict=False))
