"""Every error docctl raises on purpose.

DocctlError
├── InputError                    what was given cannot be read or has the wrong form  (exit 2)
│   ├── FrontMatterError              the block at the top of a document does not fit its type
│   ├── UnreadableError               bytes that are not UTF-8, not an image, not a key …
│   ├── PathError                     a number or file name that could leave its folder
│   ├── PagingError                   the pages of a copy cannot be counted
│   └── SignerError                   a key that cannot be used: passphrase, agent, algorithm
│       ├── PassphraseError               it does not open the key, or is missing
│       └── CertificateError              missing, of another key, expired, for something else
├── RefusedError                  the request breaks a rule of document control  (exit 3)
│   ├── IllegalMoveError              the lifecycle has no such move from this state
│   ├── NotAuthorisedError            the signer lacks the role, or the key does not count
│   ├── SeparationOfDutiesError       four eyes: the signer wrote what he or she would approve
│   ├── StaleApprovalError            the text is not the one that was submitted
│   ├── StaleDraftError               somebody saved a newer draft
│   ├── UnsavedError                  the working copy was changed and not saved
│   ├── MissingApprovalError          a signature is still missing
│   ├── RouteError                    the route cannot be filled with persons
│   ├── DateError                     a date that the rules do not allow
│   ├── ClockError                    a time ahead of this machine's clock
│   ├── RetentionError                a record that may not go now
│   ├── HoldError                     a record or document under a legal hold
│   ├── IncompleteError               the checks before this step found problems
│   ├── TakenError                    a number, label or name that is used up
│   ├── LimitError                    larger than CONTROL allows
│   ├── ExportForbiddenError          a licence forbids to hand this text out
│   ├── SignatureError                a signature that does not fit its bytes
│   └── EventError                    an event whose bytes or chain are not as they must be
├── NotFoundError                 no such document, revision, person, type, library  (exit 4)
└── StoreError                    the store cannot serve now  (exit 5)
    ├── OvertakenError                somebody else changed this item first
    ├── DamagedStoreError             an object is missing or is not what its name says
    ├── NewerFormatError              written by a newer docctl
    ├── LockedError                   a lock that is not ours to break
    ├── GitError                      Git answered with an error
    ├── DiskError                     the disk is full or fails
    └── VaultError                    the vault cannot serve now
        ├── VaultAccessError              it may not be read here
        ├── WrongVaultError               another folder or library's vault stands there
        ├── UnfitVaultError               a place that cannot keep this, whatever is done
        ├── MissingPayloadError           what a record says, or its key, is in no copy
        ├── DamagedVaultError             what lies in the vault is not what was put there
        └── SealError                     sealed bytes that do not open
"""

from docctl.errors.base import DocctlError
from docctl.errors.given import (
    CertificateError,
    FrontMatterError,
    InputError,
    NotFoundError,
    PagingError,
    PassphraseError,
    PathError,
    SignerError,
    UnreadableError,
)
from docctl.errors.refused import (
    ClockError,
    DateError,
    EventError,
    ExportForbiddenError,
    HoldError,
    IllegalMoveError,
    IncompleteError,
    LimitError,
    MissingApprovalError,
    NotAuthorisedError,
    RefusedError,
    RetentionError,
    RouteError,
    SeparationOfDutiesError,
    SignatureError,
    StaleApprovalError,
    StaleDraftError,
    TakenError,
    UnsavedError,
)
from docctl.errors.store import (
    DamagedStoreError,
    DamagedVaultError,
    DiskError,
    GitError,
    LockedError,
    MissingPayloadError,
    NewerFormatError,
    OvertakenError,
    SealError,
    StoreError,
    UnfitVaultError,
    VaultAccessError,
    VaultError,
    WrongVaultError,
)

__all__ = [
    "CertificateError",
    "ClockError",
    "DamagedStoreError",
    "DamagedVaultError",
    "DateError",
    "DiskError",
    "DocctlError",
    "EventError",
    "ExportForbiddenError",
    "FrontMatterError",
    "GitError",
    "HoldError",
    "IllegalMoveError",
    "IncompleteError",
    "InputError",
    "LimitError",
    "LockedError",
    "MissingApprovalError",
    "MissingPayloadError",
    "NewerFormatError",
    "NotAuthorisedError",
    "NotFoundError",
    "OvertakenError",
    "PagingError",
    "PassphraseError",
    "PathError",
    "RefusedError",
    "RetentionError",
    "RouteError",
    "SealError",
    "SeparationOfDutiesError",
    "SignatureError",
    "SignerError",
    "StaleApprovalError",
    "StaleDraftError",
    "StoreError",
    "TakenError",
    "UnfitVaultError",
    "UnreadableError",
    "UnsavedError",
    "VaultAccessError",
    "VaultError",
    "WrongVaultError",
]
