"""What the endpoints of a case share: finding it, opening the vault, and answering."""

from typing import Any, cast
from uuid import UUID, uuid5

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404
from django.utils import timezone
from rest_framework.generics import GenericAPIView
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer
from rest_framework.views import APIView

from cases import services
from cases.models import Case, CaseQuerySet, Commitment
from weerbaar.accounts.models import User
from weerbaar.accounts.roles import Permission
from weerbaar.vault.keyring import Keyring
from weerbaar.web.api import Pages, StrictQuery, idempotency_key


class HandlesCases(BasePermission):
    """Who handles cases in any organisation; which ones is the queryset's business."""

    def has_permission(self, request: Request, view: Any) -> bool:
        user = request.user
        return user.is_authenticated and user.may_anywhere(Permission.HANDLE_CASES)


class Desk(StrictQuery, APIView):
    """Finding a case, opening the vault of who asks, the moment, and answering."""

    permission_classes: tuple[type[BasePermission], ...] = (HandlesCases,)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Who may not know of a case learns nothing from what is said of the body."""
        super().initial(request, *args, **kwargs)
        if "reference" in kwargs:
            get_object_or_404(
                Case.objects.visible_to(self.user).only("pk"),
                reference=kwargs["reference"],
            )

    def case(self, reference: str) -> Case:
        """The case, when this person may know of it. Raises Http404."""
        visible = with_promises(Case.objects.visible_to(self.user))
        return get_object_or_404(visible, reference=reference)

    def looked_at(self, case: Case) -> Case:
        """The same case; reading its words is an event, also by a program (H-12)."""
        services.renew(case, keyring=self.keyring)
        services.follow_choice(case, keyring=self.keyring)
        services.look(case, by=self.user, now=timezone.now())
        return case

    @property
    def user(self) -> User:
        return cast(User, self.request.user)

    @property
    def keyring(self) -> Keyring:
        return self.request._request.keyring  # type: ignore[attr-defined]

    def doing(self) -> dict[str, Any]:
        """What every verb asks: who, with which vault, and when."""
        return {"by": self.user, "keyring": self.keyring, "now": timezone.now()}

    def once(self) -> UUID | None:
        """An id that is the same for the same person and Idempotency-Key, if given."""
        key = idempotency_key(self.request)
        return uuid5(self.user.pk, key) if key else None


class DeskList(Desk, GenericAPIView[Any]):
    """Many things, in pages (API-30)."""

    pagination_class = Pages

    def page(self, kind: type[BaseSerializer[Any]], found: Any) -> Response:
        shown = self.paginate_queryset(found)
        context = {"today": timezone.localdate()}
        return self.get_paginated_response(kind(shown, many=True, context=context).data)


def with_promises(cases: CaseQuerySet) -> CaseQuerySet:
    """Cases with their open promises, in a fixed number of queries."""
    return cases.select_related("organisation").prefetch_related(
        Prefetch("commitments", queryset=Commitment.objects.open(), to_attr="promised")
    )
