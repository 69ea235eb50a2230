"""Pages of custody: colleagues, the main key, and a new vault."""

from django.urls import path

from weerbaar.custody.views import colleagues, founding, recovering, renewing

urlpatterns = [
    path("collegas/", colleagues.colleagues, name="colleagues"),
    path("collegas/nalopen/", colleagues.review, name="access-review"),
    path(
        "collegas/<int:number>/bevestigen/",
        colleagues.endorse,
        name="colleague-endorse",
    ),
    path("collegas/<int:number>/zaken/", renewing.hand_cases, name="colleague-cases"),
    path("collegas/<int:number>/beeindigen/", colleagues.leave, name="colleague-leave"),
    path("hoofdsleutel/", founding.root, name="root"),
    path("hoofdsleutel/bewaarders/", founding.begin, name="root-begin"),
    path("hoofdsleutel/deel/", founding.share, name="root-share"),
    path("hoofdsleutel/deel/papier/", founding.paper, name="root-paper"),
    path("hoofdsleutel/deel/controle/", founding.check, name="root-check"),
    path("hoofdsleutel/aanwezigen/", founding.people, name="root-people"),
    path("hoofdsleutel/stoppen/", founding.stop, name="root-stop"),
    path("hoofdsleutel/herstel/", recovering.recovery, name="root-recovery"),
    path("hoofdsleutel/herstel/delen/", recovering.shares, name="root-shares"),
    path("kluis/vernieuwen/", renewing.vault_renew, name="vault-renew"),
    path("kluis/opnieuw/", renewing.vault_anew, name="vault-anew"),
]
