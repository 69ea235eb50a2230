"""The journey of one incident, day by day, from the form to a figure (design 6)."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.journey import anna, bram, esma, femke, karim, words
from tests.journey.house import House
from tests.journey.visiting import Visitor
from weerbaar.accounts.models import User

# 30 January, when the last quarter is ripe, and 30 April: days after the report.
YEAR_OVER, YEAR_SETTLED = 263, 353
Browse = Callable[[str], Visitor]
Look = Callable[[str, Visitor], None]


def nobody_looks(where: str, visitor: Visitor) -> None:
    """The journey without anybody looking over a shoulder."""


@dataclass
class Story:
    """Who takes part, in which house, and how they browse.

    `look` is called at moments that matter: what just happened, and before whom. `code`
    and `reference` come to be known on the way. `came_from` is the site on which Anna
    found ours.
    """

    house: House
    cast: dict[str, User]
    browse: Browse
    look: Look = nobody_looks
    came_from: str = ""
    code: str = ""
    reference: str = ""
    key: str = ""
    bundle: bytes = b""

    def play(self) -> int:
        """All of it; gives the number that is published in the end.

        A partner takes along the definitive figures: `bundle`, and the network's `key`.
        """
        self.report()
        self.pick_up()
        self.act()
        self.refer()
        self.offer_aftercare()
        self.stay_in_touch()
        self.close()
        number = self.publish()
        self.become_final()
        return number

    def anna(self) -> Visitor:
        """Anna comes back with her code, in a browser that remembers nothing."""
        visitor = self.browse("Anna")
        anna.comes_back(visitor, self.code)
        return visitor

    def enter(self, first: str) -> Visitor:
        """Somebody signs in by the front door."""
        visitor = self.browse(first.title())
        bram.comes_in(visitor, self.cast[first], self.house)
        return visitor

    def called(self, first: str) -> Visitor:
        """Somebody follows the newest mail."""
        visitor = self.browse(first.title())
        bram.follows_the_mail(visitor, self.cast[first], self.house)
        return visitor

    def report(self) -> None:
        """Anna tells it, and keeps seven words."""
        visitor = self.browse("Anna")
        anna.begins(visitor, by=self.came_from)
        anna.fills_in(visitor, self.look)
        self.code = anna.sends(visitor, self.look)

    def pick_up(self) -> None:
        """Within the hour Bram has it, and with Karim he opens her name."""
        self.house.day(0, 11)
        visitor = self.called("bram")
        self.reference = bram.picks_up(visitor, self.look)
        self.house.day(0, 12)
        karim.agrees(self.called("karim"))
        self.house.day(0, 13)
        visitor = self.called("bram")
        bram.sees_the_name(visitor, self.reference)
        bram.classifies(visitor)
        bram.makes_contact(visitor)

    def act(self) -> None:
        """The next morning: she answers, he advises and agrees on measures."""
        self.house.day(1)
        visitor = self.anna()
        anna.reads_and_answers(visitor)
        anna.leaves(visitor)
        visitor = self.called("bram")
        bram.opens_case(visitor, self.reference)
        bram.keeps_promises(visitor)
        bram.advises_and_acts(visitor)
        bram.proposes_a_referral(visitor, self.look)

    def refer(self) -> None:
        """She agrees to the exact text, he sends it, and Esma takes it up."""
        self.house.day(1, 14)
        anna.consents(self.anna())
        bram.sends_the_referral(self.called("bram"), self.reference)
        self.house.day(6)
        esma.takes_it_up(self.called("esma"), self.look)

    def offer_aftercare(self) -> None:
        """The partner's answer reaches her, and she wants to be asked how she is."""
        self.house.day(6, 14)
        visitor = self.called("bram")
        bram.releases_the_answer(visitor, self.reference)
        bram.offers_aftercare(visitor)
        hers = self.anna()
        anna.reads_the_partners_answer(hers)
        anna.accepts_aftercare(hers)
        bram.begins_aftercare(visitor, self.reference)

    def stay_in_touch(self) -> None:
        """After three days she answers, after two weeks he calls, after seven again."""
        self.house.day(9)
        so_so = ("Wisselend", "Nee, nu niets")
        anna.answers_a_check_in(self.anna(), *so_so, words.FIRST)
        self.house.day(20)
        visitor = self.reminded("bram")
        bram.records_the_talk(visitor, self.reference)
        self.house.day(55)
        badly = ("Het gaat niet goed met mij", "Ja, ik wil met iemand praten")
        anna.answers_a_check_in(self.anna(), *badly, words.LAST)

    def reminded(self, first: str) -> Visitor:
        """Nobody has to remember a promise: on its day a mail comes."""
        address = self.cast[first].email
        before = len(self.house.mails(address))
        self.house.do("cases.remind")
        self.house.deliver()
        assert len(self.house.mails(address)) == before + 1
        return self.called(first)

    def close(self) -> None:
        """He calls the next day, and the case can close."""
        self.house.day(56)
        visitor = self.called("bram")
        bram.calls_after_a_worrying_answer(visitor, self.reference)
        bram.concludes_and_closes(visitor, self.look)

    def publish(self) -> int:
        """A month after the quarter it is counted; two people look, then all read."""
        self.house.day(78)
        self.house.do("network.count_due")
        femke.finds_nothing_published(self.enter("femke"))
        self.house.day(79)
        self.house.do("network.count_due")
        self.two_people(79)
        self.house.day(80)
        visitor = self.enter("bram")
        number = femke.reads_the_number(visitor)
        self.look("the figures are published", visitor)
        return number

    def two_people(self, day: int) -> None:
        """One approves the new figures, and an hour later another publishes them."""
        self.house.day(day, 10)
        femke.approves(self.called("femke"))
        self.house.day(day, 11)
        femke.publishes(self.called("joost"))

    def become_final(self) -> None:
        """The year is over, its corrections are in, and a partner takes the figures.

        Nothing changed since: the definitive figures are those of January once more.
        """
        for day in (YEAR_OVER, YEAR_SETTLED):
            self.house.day(day)
            self.house.do("network.count_due")
            self.two_people(day)
        self.house.day(YEAR_SETTLED, 14)
        member = self.enter("lotte")
        self.key, self.bundle = femke.takes_them_along(member)
        self.look("a partner takes the figures along", member)
