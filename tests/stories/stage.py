"""Bringing a story to where a test begins, through the services and nothing else."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cases.models import Case
from intake.services import enter
from weerbaar.accounts.actors import Reporter
from weerbaar.accounts.models import User
from weerbaar.stories import services
from weerbaar.stories.checklist import CODES
from weerbaar.stories.models import Edition, Story
from weerbaar.stories.services import Text
from weerbaar.vault.keyring import Keyring

# Made up; words that stand nowhere else, for the tests that look for them.
TEXT = Text(
    title="Een avond die anders liep",
    happened="Na een besluit stonden er onbekenden bij een fietsenschuur te joelen.",
    done="De griffier belde die avond en sprak met de zaal af hoe het verder kon.",
    helped="Dat iemand zei: u hoeft dit niet alleen te doen.",
    lessons="Spreek vooraf af wie er belt, en bel ook als het met een sisser afloopt.",
    office_kind="representative",
    topic="housing_building",
)
STRIKING = "fietsenschuur"


@dataclass
class Stage:
    """The people of one case, each with the own vault, and an editor."""

    case: Case
    handler: User
    keyring: Keyring
    reporter: Reporter
    reporter_keyring: Keyring
    editor: User
    editor_keyring: Keyring
    now: datetime
    another: Callable[[], tuple[Case, Any]]
    # The seven words of the receipt.
    code: str = ""

    @property
    def handling(self) -> dict[str, Any]:
        return {"by": self.handler, "keyring": self.keyring, "now": self.now}

    @property
    def reporting(self) -> dict[str, Any]:
        keyring = self.reporter_keyring
        return {"by": self.reporter, "keyring": keyring, "now": self.now}

    @property
    def editing(self) -> dict[str, Any]:
        return {"by": self.editor, "keyring": self.editor_keyring, "now": self.now}

    def written(self, text: Text = TEXT) -> Story:
        return services.write(self.case, text, **self.handling)

    def agreed(self) -> Story:
        return self.agree(self.written())

    def agree(self, story: Story) -> Story:
        return services.agree(
            story, version=story.version, by=self.reporter, now=self.now
        )

    def sent(self) -> Story:
        return services.send(self.agreed(), **self.handling)

    def at(self, state: str) -> Story:
        """The story in this state."""
        if state in ("asked", "change_wanted"):
            story = self.written()
            if state == "change_wanted":
                services.ask_change(
                    story, "Zonder de zaal.", version=1, **self.reporting
                )
            return story
        story = self.agreed() if state == "agreed" else self.sent()
        if state == "ended":
            services.end(story, **self.reporting)
        return story

    def two_more(self) -> list[Story]:
        """Two stories of other cases in the letterbox: three come out together."""
        found = []
        for number in (1, 2):
            case, access = self.another()
            text = Text(**{**vars(TEXT), "title": f"Een ander verhaal {number}"})
            story = services.write(case, text, **self.handling)
            services.agree(story, version=1, by=access.by, now=self.now)
            found.append(services.send(story, **self.handling))
        return found

    def received(self) -> tuple[Story, Edition]:
        """The story, and what the editor has of it."""
        story = self.sent()
        self.two_more()
        services.take_out(**self.editing)
        return story, self.edition(story)

    def edition(self, story: Story) -> Edition:
        story.refresh_from_db()
        found = services.open_story(story, self.keyring).network
        assert found
        assert found.edition
        return found.edition

    def published(self) -> tuple[Story, Edition]:
        story, edition = self.received()
        return story, services.publish(edition, points=CODES, **self.editing)

    def edition_at(self, state: str) -> Edition:
        """What the network has, in this state."""
        if state in ("published", "withdrawn"):
            edition = self.published()[1]
        else:
            edition = self.received()[1]
        verbs = {
            "returned": services.send_back,
            "refused": services.refuse,
            "withdrawn": services.take_off,
        }
        if state in verbs:
            verbs[state](
                edition, reason="De zaal is bekend.", by=self.editor, now=self.now
            )
        return edition


def begin(
    open_report: Callable[..., tuple[Case, str]],
    handler: User,
    editor: User,
    keyring_of: Callable[[User], Keyring],
    now: datetime,
) -> Stage:
    """Anna's case, who handles it, and who edits for the network."""
    case, code = open_report()
    access = enter(code, now=now)

    def another() -> tuple[Case, Any]:
        case, code = open_report()
        return case, enter(code, now=now)

    return Stage(
        case=case,
        handler=handler,
        keyring=keyring_of(handler),
        reporter=access.by,
        reporter_keyring=access.keyring,
        editor=editor,
        editor_keyring=keyring_of(editor),
        now=now,
        another=another,
        code=code,
    )
