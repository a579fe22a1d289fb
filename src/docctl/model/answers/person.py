"""What commands about people return, beside the person."""

from docctl.model.access import Person
from docctl.model.base import Line, Model


class PersonErasure(Model):
    """A person whose name was let go, and how far that reached."""

    person: Person
    copies: tuple[Line, ...]
    """The places of the vault in which nothing of the name is left."""

    not_reached: tuple[Line, ...] = ()
    """Copies that were away. What still lies there nobody can read, for its key is destroyed."""
