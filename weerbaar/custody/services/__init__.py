"""The verbs of custody: trust among colleagues, the main key, and who leaves."""

from weerbaar.custody.services.ceremonies import CeremonyOver, end, expire, resume
from weerbaar.custody.services.colleagues import (
    Colleague,
    Standing,
    colleagues_of,
    members_with_vault,
    receiving_of,
)
from weerbaar.custody.services.founding import (
    SETS,
    HolderChoice,
    HoldersAlike,
    InHand,
    RootStands,
    WordsDiffer,
    begin_founding,
    check_back,
    finish_founding,
    in_hand,
    may_guide,
)
from weerbaar.custody.services.holders import (
    holders_of,
    is_pinned,
    sign_holder,
    unpinned_root,
)
from weerbaar.custody.services.leaving import end_membership, may_end
from weerbaar.custody.services.recovering import (
    ForeignShare,
    MemberChanged,
    NothingToRecover,
    ShareTwice,
    begin_recovery,
    enter_share,
    member_of,
    recover,
    shares_wanted,
    took_part,
)
from weerbaar.custody.services.renewing import hand_cases, start_over
from weerbaar.custody.services.reviewing import (
    is_review_due,
    last_review,
    may_review,
    sign_off,
)

__all__ = [
    "SETS",
    "CeremonyOver",
    "Colleague",
    "ForeignShare",
    "HolderChoice",
    "HoldersAlike",
    "InHand",
    "MemberChanged",
    "NothingToRecover",
    "RootStands",
    "ShareTwice",
    "Standing",
    "WordsDiffer",
    "begin_founding",
    "begin_recovery",
    "check_back",
    "colleagues_of",
    "end",
    "end_membership",
    "enter_share",
    "expire",
    "finish_founding",
    "hand_cases",
    "holders_of",
    "in_hand",
    "is_pinned",
    "is_review_due",
    "last_review",
    "may_end",
    "may_guide",
    "may_review",
    "member_of",
    "members_with_vault",
    "receiving_of",
    "recover",
    "resume",
    "shares_wanted",
    "sign_holder",
    "sign_off",
    "start_over",
    "took_part",
    "unpinned_root",
]
