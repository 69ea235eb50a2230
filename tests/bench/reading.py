"""The worklist of 50 and of 1,000 cases, and the page of one."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone

from cases import services
from cases.header import Header
from cases.models import DIALOGUE, INTERNAL, Case, CaseQuerySet
from cases.services import CaseRequest, open_case
from cases.services.reading import listed
from tests.bench.measuring import Line, paired, queries
from weerbaar.accounts.actors import SYSTEM
from weerbaar.accounts.demo import DEMO_PASSWORD
from weerbaar.accounts.models import Organisation, User
from weerbaar.vault.keyring import Keyring
from weerbaar.vault.models import Grant
from weerbaar.vault.people import open_with_password

ROUNDS = 15


def _fill(count: int) -> None:
    place = Organisation.objects.get(slug="kromwaard")
    for _i in range(count - Case.objects.filter(organisation=place).count()):
        open_case(
            CaseRequest(
                organisation=place,
                header=Header(types=["intimidation"], office="alderman"),
                report={"text": "Een verhaal van gewone lengte. " * 20},
            ),
            by=SYSTEM,
            now=timezone.now() - timedelta(days=3),
        )


def measure() -> Iterator[Line]:
    """Decrypting the list, in turn with only fetching the rows it is made of."""
    chris = User.objects.get(email__startswith="chris@")
    assert chris.key is not None
    secret = open_with_password(chris.key, DEMO_PASSWORD)
    for count in (50, 1000):
        _fill(count)
        cases = Case.objects.visible_to(chris)

        def opened(cases: CaseQuerySet = cases) -> None:
            services.worklist(cases.all(), Keyring(secret))

        def fetched(cases: CaseQuerySet = cases) -> None:
            keys = [case.case_key_id for case in listed(cases.all())]
            mine = Grant.objects.filter(key__in=keys, holder=chris.key_id)
            list(mine.select_related("key"))

        made = queries(opened)
        whole, rows, ratio = paired(opened, fetched, ROUNDS)
        yield Line(
            f"a worklist of {count}, opened",
            whole,
            f"{ratio:.1f} x its rows; {whole - rows:.1f} ms more than them",
            made,
        )
    yield _page(chris, secret)


def _page(chris: User, secret) -> Line:  # type: ignore[no-untyped-def]
    case = Case.objects.visible_to(chris)[0]

    def page() -> None:
        keyring = Keyring(secret)
        services.header_of(case, keyring)
        services.read_safe_contact(case, keyring)
        services.read_thread(case, [*DIALOGUE, *INTERNAL], keyring)
        services.timeline(case)

    def row() -> None:
        Case.objects.get(pk=case.pk)

    made = queries(page)
    whole, _alone, ratio = paired(page, row, ROUNDS)
    return Line("opening a case", whole, f"{ratio:.1f} x fetching its row", made)
