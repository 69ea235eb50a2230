"""What the rules of the guidance look at: a header, read once into plain sets."""

from dataclasses import dataclass
from functools import cached_property

from cases.header import Header
from weerbaar import codes
from weerbaar.codes import Code

AT_HOME = {
    "home_visit_intimidating",
    "threatening_object",
    "vandalism_home",
    "arson_explosion",
    "filth_at_home",
    "following_surveillance",
}
ONLINE = {"social_media_public", "direct_message", "website_forum", "email"}
NOBODY_KNOWN = {"anonymous", "unknown"}


@dataclass(frozen=True)
class Facts:
    """A case as the rules see it."""

    header: Header
    kind: str
    state: str
    province: str = ""

    @cached_property
    def _types(self) -> list[Code]:
        return [codes.get("incident_types", t) for t in self.header.types]

    @cached_property
    def types(self) -> set[str]:
        """The types and the types they belong to."""
        parents = {str(t.get("parent")) for t in self._types if t.get("parent")}
        return set(self.header.types) | parents

    @cached_property
    def groups(self) -> set[str]:
        return {str(t.get("monitor_group")) for t in self._types}

    def prompts(self, name: str) -> bool:
        """Whether one of the types asks for this prompt, such as `riec_prompt`."""
        return any(t.get(name) for t in self._types)

    @property
    def is_incident(self) -> bool:
        return self.kind == "incident"

    @property
    def is_early(self) -> bool:
        return self.state in {"reported", "triage"}

    @property
    def is_active(self) -> bool:
        """Before aftercare: measures can still be taken."""
        return self.state in {"reported", "triage", "advice", "response"}

    @property
    def is_internal(self) -> bool:
        """Conduct among office holders: a route of its own."""
        return "internal_transgression" in self.types

    @property
    def is_temptation(self) -> bool:
        return "temptation" in self.groups

    @property
    def is_threat(self) -> bool:
        return bool({"threat_intimidation", "physical"} & self.groups)

    @property
    def is_acute(self) -> bool:
        return self.header.is_acute or self.prompts("acute")

    @property
    def is_at_home(self) -> bool:
        return bool(
            "home" in self.header.channels
            or AT_HOME & self.types
            or "security_needed_home" in self.header.effects
        )

    @property
    def is_online(self) -> bool:
        return bool(
            (ONLINE - {"email"}) & set(self.header.channels)
            or "digital_aggression" in self.types
        )

    @property
    def person_is_known(self) -> bool:
        return bool(set(self.header.perpetrators) - NOBODY_KNOWN)

    @property
    def hits_family(self) -> bool:
        return bool(
            self.header.family == "yes"
            or "family_affected" in self.header.effects
            or "threat_against_family" in self.types
            or self.header.office == "family_member"
            or self.header.reporter_role == "family"
        )

    @property
    def may_be_emotion(self) -> bool:
        """Angry but to the point: perhaps no norm was crossed (model protocol)."""
        only_words = (
            self.groups <= {"verbal", "None"} and "discrimination" not in self.types
        )
        return bool(
            self.is_early
            and self.header.types
            and only_words
            and not self.is_internal
            and self.header.severity in {"", "less_serious"}
        )

    @property
    def has_home_security(self) -> bool:
        """Whether the regulation for executives covers it (Stcrt. 2023, 28233)."""
        if not self.header.office:
            return False
        office = codes.get("office_roles", self.header.office)
        return bool(office.get("home_security_scheme_eligible"))

    @property
    def kind_of_office(self) -> str:
        if not self.header.office:
            return ""
        return str(codes.get("office_roles", self.header.office).get("kind", ""))
