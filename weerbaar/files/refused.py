"""Why a file cannot be taken or cleaned; the room that asked finds the words."""


class FileTrouble(Exception):
    """Something is the matter with a file; the message never holds its content."""


class Bomb(FileTrouble):
    """Small on disk and huge when opened."""


class Unreadable(FileTrouble):
    """Broken, or locked with a password."""


class Infected(FileTrouble):
    """The scanner found something harmful."""


class NotScanned(FileTrouble):
    """The scanner did not answer, or could not judge it."""
