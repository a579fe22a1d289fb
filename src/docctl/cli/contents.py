"""The table of contents: every command, by theme, with its module and what it does in a line."""

from collections.abc import Mapping
from types import MappingProxyType

Commands = Mapping[str, tuple[str, str]]

#: Section → command → module of this package, and the line that `docctl --help` shows.
SECTIONS: Mapping[str, Commands] = MappingProxyType(
    {
        "Set up": {
            "init": ("founding", "found a library in a new folder"),
            "demo": ("founding", "make the library of an example company"),
            "person": ("people", "people, their keys, roles and functions"),
            "authority": ("people", "who may do what on a day"),
            "control": ("settings", "show or change the control settings"),
        },
        "Write": {
            "new": ("drafting", "begin a document"),
            "edit": ("drafting", "lay out the working copy of a draft"),
            "save": ("drafting", "save the working copy as the new draft"),
            "revise": ("drafting", "begin the next revision"),
            "check": ("checking", "find what is wrong before a document is submitted"),
        },
        "Approve": {
            "submit": ("approval", "hand a draft over for review and approval"),
            "review": ("approval", "sign that the text is suitable"),
            "approve": ("approval", "sign that you approve exactly this text"),
            "return": ("approval", "send it back to its authors"),
            "comment": ("approval", "remark on the text under review"),
            "resolve": ("approval", "answer a comment"),
            "reroute": ("approval", "let others sign"),
            "reopen": ("approval", "take an approved revision back to drafting"),
            "cancel": ("approval", "give up the open revision or proposal"),
            "land": ("carrying", "land a change that was signed elsewhere"),
        },
        "Put into force": {
            "release": ("release", "let approved revisions take effect"),
            "postpone": ("release", "let a scheduled revision take effect later"),
            "periodic-review": ("release", "state the outcome of a periodic review"),
            "suspend": ("release", "stop work by a document at once"),
            "resume": ("release", "let a suspended document be followed again"),
            "withdraw": ("release", "take a document out of use"),
            "assign": ("release", "change owner, distribution and the like"),
        },
        "Keep records": {
            "record": ("keeping.records", "capture, amend, close, find records"),
            "blank": ("keeping.blanks", "numbered blanks of forms: who has which"),
            "retention": ("keeping.retention", "when records may go, and their disposal"),
            "hold": ("keeping.holds", "what must not be destroyed"),
            "subject": ("keeping.subjects", "requests about personal data"),
            "trace": ("keeping.vault", "form, procedure and person behind a record"),
            "vault": ("keeping.vault", "whether what records say is still there"),
        },
        "Look": {
            "register": ("lists", "the master list"),
            "show": ("reading", "one document: state, signatures, history"),
            "history": ("reading", "every event of a document, in order"),
            "diff": ("copies.comparing", "what changed between two revisions"),
            "where": ("lists", "which documents refer to this one"),
            "search": ("lists", "find words in the texts"),
            "changes": ("lists", "what happened since a day"),
            "due": ("lists", "what waits to be done"),
            "exceptions": ("lists", "what every report must show"),
        },
        "Export": {
            "export": ("copies.issuing", "write a controlled copy"),
            "manual": ("copies.issuing", "compile a manual with all its chapters"),
            "publish": ("copies.publishing", "write everything in force as a site"),
            "outdated": ("copies.issuing", "whether a compiled manual still holds"),
            "allowed-signers": ("copies.issuing", "the keys, for checking with ssh-keygen"),
            "schema": ("schemas", "JSON Schemas of everything docctl reads and prints"),
        },
        "Check": {
            "verify": ("checking", "check every signature and every byte of the library"),
            "verify-copy": ("copies.judging", "whether a copy is genuine and still holds"),
        },
    }
)
