"""What can go wrong, by what is to be done about it."""


class ChanceryError(Exception):
    """The base of all errors of this package; its text is one line that says what to do next."""


class BadInput(ChanceryError):
    """This input cannot be used; the next may be."""


class BadRequest(ChanceryError, ValueError):
    """An argument names what there is not: a question, a filter, a value, a format."""


class CannotStart(ChanceryError, OSError):
    """No model, no tables, no ledger, or a store that fails."""


class Damaged(ChanceryError):
    """What a ledger keeps cannot be read."""


class Late(ChanceryError, TimeoutError):
    """A question took longer than it may."""


class NotOpen(ChanceryError):
    """It was closed."""


class Fault(ChanceryError, RuntimeError):
    """A fault of the library: please report its text."""
