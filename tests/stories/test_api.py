"""Stories through the API: members read, editors decide, with the same verbs."""

import json

import pytest
from django.test import Client

from tests.api.world import token
from tests.stories.stage import TEXT
from weerbaar.stories import services
from weerbaar.stories.checklist import CODES
from weerbaar.stories.services import PARTS

pytestmark = pytest.mark.django_db
BASE = "/api/v1"


class Program:
    """Sends JSON with a person's token."""

    def __init__(self, user):
        self.client = Client(headers={"Authorization": f"Bearer {token(user)}"})

    def get(self, path, **query):
        return self.client.get(f"{BASE}{path}", query)

    def post(self, path, **body):
        content = "application/json"
        return self.client.post(f"{BASE}{path}", json.dumps(body), content)


def test_story_goes_from_the_letterbox_to_the_members(stage, lotte) -> None:
    editor, member = Program(stage.editor), Program(lotte)
    story = stage.sent()
    assert editor.post("/editions/_receive").status_code == 409
    stage.two_more()
    assert editor.post("/editions/_receive").json() == {"received": 3}
    listed = editor.get("/editions").json()
    assert len(listed["results"]) == 3
    path = f"/editions/{stage.edition(story).pk}"
    assert editor.get(path).json()["lessons"] == TEXT.lessons

    most = {"step": "publish", "points": list(CODES[1:])}
    assert editor.post(f"{path}/steps", **most).status_code == 409
    assert editor.post(f"{path}/steps", step="send_back").status_code == 400
    done = editor.post(f"{path}/steps", step="publish", points=list(CODES))
    assert done.status_code == 204

    public = f"/stories/{stage.edition(story).pk}"
    read = member.get(public).json()
    assert (read["title"], read["publishedMonth"][4]) == (TEXT.title, "-")
    assert set(read) == {"id", "publishedMonth", "officeKind", "topic", *PARTS}
    for topic, there in (("housing_building", True), ("water_management", False)):
        found = member.get("/stories", topic=topic).content.decode()
        assert (TEXT.title in found) is there
    assert member.post(f"{public}/_withdraw", reason="Weg.").status_code == 403

    services.end(story, **stage.reporting)
    gone = member.get(public)
    assert gone.status_code == 410
    assert TEXT.helped not in gone.content.decode()


def test_editor_takes_a_story_off_through_the_api(stage) -> None:
    story, edition = stage.published()
    path = f"/stories/{edition.pk}"
    editor = Program(stage.editor)

    assert editor.post(f"{path}/_withdraw", reason="Krant.").status_code == 204
    assert editor.get(path).status_code == 410
    network = services.open_story(story, stage.keyring).network
    assert network.reason == "Krant."


def test_member_knows_of_nothing_that_waits(stage, lotte, bram) -> None:
    _story, edition = stage.received()

    for person in (lotte, bram):
        program = Program(person)
        assert program.get(f"/editions/{edition.pk}").status_code == 403
        assert program.get(f"/stories/{edition.pk}").status_code == 404
