"""The door of staff pages: open for who holds a permission, 403 for who does not."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from weerbaar.accounts.roles import Permission
from weerbaar.web.access import signed_in
from weerbaar.web.refusals import NotAllowed

pytestmark = pytest.mark.django_db


@signed_in(Permission.HANDLE_CASES, Permission.ANSWER_REFERRALS)
def inside(request) -> HttpResponse:
    return HttpResponse("binnen")


@signed_in()
def anybody(request) -> HttpResponse:
    return HttpResponse("binnen")


def visit(user, view=inside) -> HttpResponse:
    request = RequestFactory().get("/zaken/")
    request.user = user
    return view(request)


def test_one_of_the_permissions_is_enough(bram, esma):
    assert visit(bram).content == b"binnen"
    assert visit(esma).content == b"binnen"


def test_door_tells_what_it_asks():
    assert inside.permissions == (Permission.HANDLE_CASES, Permission.ANSWER_REFERRALS)


def test_without_the_permission_the_door_stays_shut(femke, gijs):
    for user in (femke, gijs):
        with pytest.raises(NotAllowed):
            visit(user)
        assert visit(user, anybody).content == b"binnen"


def test_who_left_the_organisation_is_refused(bram):
    bram.is_active = False

    with pytest.raises(NotAllowed):
        visit(bram)
