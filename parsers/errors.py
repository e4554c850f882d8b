"""The one root of errors that a user can cause: a message that says what, where and what to do."""


class NianbaoError(Exception):
    """Something outside the program is wrong (an argument, a file, a disk). Shown as one line, exit status 2.

    A bad document is no error: it is a `Problem` in its report.
    """
