"""The same incident through the API alone, played by the programs of four offices."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.journey import words
from tests.journey.house import House
from tests.journey.programs import Program

CASE = {
    "types": ["veiled_threat"],
    "wish": "call_me",
    "anonymity": "confidential",
    "countAnonymously": True,
    "office": "alderman",
    "story": words.STORY,
    "occurredDate": "2026-05-11",
    "channels": ["direct_message", "in_person_public"],
    "perpetrators": ["interest_action_group"],
    "name": words.NAME,
    "contact": {
        "channel": "phone",
        "phone": words.PHONE,
        "times": words.TIMES,
        "cover": words.COVER,
    },
}
CLASSIFIED = {
    "severity": "very_serious",
    "police": "considered_not_done",
    "noAangifte": "fear_of_retaliation",
    "motive": "influence_decision",
    "topic": "asylum_reception",
    "effects": ["sleep_stress"],
    "measures": ["evidence_secured"],
    "subject": words.SUBJECT,
}


@dataclass
class AutomaticStory:
    """From a form elsewhere to a figure elsewhere; `key_of` gives a person's token."""

    house: House
    key_of: Callable[[str], str]
    code: str = ""
    case: dict[str, Any] = field(default_factory=dict)

    def play(self) -> int:
        """All of it; gives the number that is published in the end."""
        self.code = self.report()
        self.house.day(0, 11)
        self.pick_up()
        self.house.day(1)
        self.talk()
        self.act()
        self.refer()
        self.stay_in_touch()
        self.close()
        return self.publish()

    def program(self, first: str) -> Program:
        """The program of somebody with an account."""
        return Program(self.house.url, f"Bearer {self.key_of(first)}")

    @property
    def anna(self) -> Program:
        """Anna's program, with the receipt that the report was answered with."""
        return Program(self.house.url, f"Receipt {self.code}")

    def report(self) -> str:
        """A form elsewhere; it asks first who receives reports and excludes one."""
        form = Program(self.house.url)
        places = form.ask("listOrganisations")["results"]
        [lindeveen] = [p for p in places if p["name"] == "Gemeente Lindeveen"]
        receivers = form.ask("listReceivers", id=lindeveen["id"])
        [daan] = [r for r in receivers if r["name"] == "Daan Meijer"]
        report = CASE | {"organisation": lindeveen["id"], "excluded": [daan["id"]]}
        return str(form.do("createReport", report)["receipt"])

    def pick_up(self) -> None:
        """The case system of the municipality finds it and makes contact."""
        bram = self.program("bram")
        [line] = bram.ask("listCases")["results"]
        assert line["state"] == "reported"
        assert words.STEM not in str(line)
        self.case = {"reference": line["reference"]}
        assert bram.ask("readReport", **self.case)["text"] == words.STORY
        assert bram.ask("readSafeContact", **self.case)["phone"] == words.PHONE
        self.ask_for_the_name()
        bram.do("takeStep", {"step": "begin_triage"}, **self.case)
        change = {"classification": CLASSIFIED}
        bram.change("changeCase", "getCase", change, **self.case)
        message = {"text": words.MESSAGE, "answerByDate": "2026-05-13"}
        bram.do("sendMessage", message, **self.case)
        bram.do("writeNote", {"text": words.NOTE}, **self.case)
        task = {"text": words.TASK, "dueDate": "2026-05-20"}
        bram.do("addCommitment", task, **self.case)
        assert self.program("daan").ask("listCases")["results"] == []

    def ask_for_the_name(self) -> None:
        """A program asks; to answer and to see it takes people with a second factor."""
        asked = {"purpose": "identity", "reason": words.REASON}
        self.program("bram").do("createApproval", asked, **self.case)
        karim = self.program("karim")
        [request] = karim.ask("listRequestsForYou")["results"]
        assert request["reason"] == words.REASON
        assert words.NAME not in str(request)

    def talk(self) -> None:
        """She reads what is hers to read, and answers."""
        box = self.anna.ask("readMailbox")
        assert box["state"] == "triage"
        assert box["handler"]["name"] == "Bram Visser"
        assert (len(box["requests"]), box["nameLookedAt"]) == (1, [])
        assert box["messages"][0]["text"] == words.MESSAGE
        assert words.NOTE not in str(box)
        self.anna.do("createMailboxMessage", {"text": words.REPLY})

    def act(self) -> None:
        """Promises kept, one missed; advice and measures."""
        bram = self.program("bram")
        thread = bram.ask("listMessages", **self.case)["results"]
        assert words.REPLY in [line["text"] for line in thread]
        self.keep("reaction")
        self.keep("task")
        late = self.promise("reception_talk")
        bram.do("missCommitment", {"reason": words.MISSED}, id=late, **self.case)
        advice = {"step": "advise", "words": words.ADVICE}
        bram.do("takeStep", advice, **self.case)
        measures = {"step": "respond", "words": words.MEASURES}
        bram.do("takeStep", measures, **self.case)

    def promise(self, kind: str) -> str:
        """The id of the one open promise of a kind."""
        promised = self.program("bram").ask("listCommitments", **self.case)["results"]
        [found] = [p for p in promised if p["kind"] == kind and p["state"] == "open"]
        return str(found["id"])

    def keep(self, kind: str) -> None:
        """What was promised is done."""
        kept = self.promise(kind)
        self.program("bram").do("keepCommitment", id=kept, **self.case)

    def refer(self) -> None:
        """Proposed, agreed to, sent, taken up, and the answer released."""
        bram = self.program("bram")
        partners = bram.ask("listPartners", **self.case)
        [team] = [p for p in partners if p["partner"] == "support_team_nwb"]
        proposal = {
            "partner": team["partner"],
            "summary": words.SUMMARY,
            "wish": words.WISH,
            "contact": words.CONTACT,
            "advice": words.TIP,
        }
        sent = bram.do("proposeReferral", proposal, **self.case)["id"]
        [asked] = self.anna.ask("readMailbox")["consents"]
        assert words.SUMMARY in asked["text"]
        yes = {"choice": "yes", "version": asked["version"]}
        self.anna.do("createConsentChoice", yes, id=asked["id"])
        bram.do("takeReferralStep", {"step": "send"}, id=sent)
        self.house.day(6)
        self.take_up()
        [answer] = bram.ask("getReferral", id=sent)["answers"]
        assert words.ANSWER not in str(self.anna.ask("readMailbox"))
        bram.do("releaseAnswer", id=sent, answer=answer["id"])
        assert words.ANSWER in str(self.anna.ask("readMailbox"))

    def take_up(self) -> None:
        """The desk of the partner sees its package and nothing else, and answers."""
        esma = self.program("esma")
        [package] = esma.ask("listPackages")["results"]
        assert words.STEM not in str(package)
        opened = esma.do("takePackageStep", {"step": "receive"}, id=package["id"])
        assert words.SUMMARY in str(opened["pieces"])
        assert words.STORY not in str(opened)
        esma.do("takePackageStep", {"step": "accept"}, id=package["id"])
        esma.do("answerPackage", {"text": words.ANSWER}, id=package["id"])
        esma.do("takePackageStep", {"step": "complete"}, id=package["id"])

    def stay_in_touch(self) -> None:
        """Three talks: two answered by her, one held by him."""
        bram = self.program("bram")
        bram.do("offerAftercare", **self.case)
        assert self.anna.ask("readMailbox")["aftercareOffer"]["dates"]
        self.anna.do("createAftercareResponse", {"accept": True})
        bram.do("takeStep", {"step": "begin_aftercare"}, **self.case)
        self.house.day(9)
        self.answer({"mood": "so_so", "needs": "nothing", "text": words.FIRST})
        self.house.day(20)
        talks = bram.ask("getAftercare", **self.case)["checkIns"]
        [planned] = [t for t in talks if t["dueDate"] == "2026-06-01"]
        bram.do("holdCheckIn", {"note": words.TALK}, id=planned["id"])
        self.house.day(55)
        self.answer({"mood": "not_well", "needs": "talk", "text": words.LAST})

    def answer(self, said: dict[str, str]) -> None:
        """The check-in that can be answered now."""
        found = self.anna.ask("readMailbox")["checkIns"]
        [now] = [c for c in found if c["mayAnswer"]]
        self.anna.do("createCheckInAnswer", said, id=now["id"])

    def close(self) -> None:
        """After her last answer a call, and then the end."""
        self.house.day(56)
        bram = self.program("bram")
        assert words.LAST in str(bram.ask("getAftercare", **self.case))
        self.keep("worrying_answer")
        bram.do("concludeAftercare", {"outcome": "given"}, **self.case)
        bram.do("takeStep", {"step": "evaluate", "choice": "given"}, **self.case)
        bram.do("takeStep", {"step": "close", "words": words.LESSONS}, **self.case)
        assert bram.ask("getCase", **self.case)["state"] == "closed"
        assert self.anna.ask("readMailbox")["state"] == "closed"

    def publish(self) -> int:
        """Counted by the worker, checked by one, published by another, read by all."""
        femke, joost = self.program("femke"), self.program("joost")
        bram = self.program("bram")
        self.house.day(79)
        self.house.do("network.count_due")
        self.house.deliver()
        counted = femke.ask("listReleases")["results"]
        [draft] = [line for line in counted if line["state"] == "audited"]
        assert bram.ask("listReleases")["results"] == []
        femke.do("takeReleaseStep", {"step": "approve"}, id=draft["id"])
        joost.do("takeReleaseStep", {"step": "publish"}, id=draft["id"])
        [published] = bram.ask("listReleases")["results"]
        return int(bram.ask("getRelease", id=published["id"])["incidents"])
