"""The one way in which the servers of demo and tests say that they cannot start."""


class CannotStart(Exception):
    """Something outside the program is in the way.

    Its text is a Dutch sentence for the person at the terminal, who sees it without a
    traceback: it says what is wrong and what to do.
    """
