"""What the verbs return: how a document stands after them."""

from datetime import date

from docctl.model.base import Digest, Label, Model, Number, PersonId
from docctl.model.lifecycle import State


class OpenComment(Model):
    """A comment that waits for an answer."""

    comment: int
    """Its number, for `resolve`."""

    by: PersonId
    text: str
    line: int | None = None
    """The line of the text that it is about."""


class Status(Model):
    """How a document stands: the revision that was acted on, its state, and who must act next."""

    number: str
    """The document, or `CONTROL`."""

    title: str
    revision: Label
    state: State
    """On the day of the action."""

    content: Digest
    """The digest that signatures cover."""

    effective_on: date | None = None
    """From which day it is worked by, once it is released."""

    waiting_for: tuple[str, ...] = ()
    """One line for each step that nobody has signed yet."""

    next_verb: str = ""
    """What usually comes next: `submit`, `review`, `approve` or `release`."""

    comments: tuple[OpenComment, ...] = ()
    """Those that wait for an answer."""

    proposal: str = ""
    """`review_proposed` or `withdrawal_proposed` while such a proposal is open."""

    referred_by: tuple[Number, ...] = ()
    """While a withdrawal is proposed: the documents in force that refer to it."""

    advice: tuple[str, ...] = ()
    """What the one who acted should know; it stops nothing."""

    working_copy: str = ""
    """Where to edit it, if it has a working copy."""
