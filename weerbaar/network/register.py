"""The register of posts: how many office holders each organisation has, as data.

Public knowledge, kept by the network; never counted from incidents.
"""

from typing import NamedTuple


class Posts(NamedTuple):
    """The posts of one kind of office in one organisation."""

    organisation: str
    organisation_type: str
    province: str
    office_kind: str
    number: int
