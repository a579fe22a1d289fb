"""Every kind of event under one type, as it is read from the store."""

from typing import Annotated

from pydantic import Field, TypeAdapter

from docctl.model import access
from docctl.model import lifecycle as life
from docctl.model.assignment import Assigned
from docctl.model.records import blank, custody, hold, record, request

AnyEvent = Annotated[
    access.Founded
    | access.PersonAdded
    | access.Accepted
    | access.KeyAdded
    | access.KeyRevoked
    | access.RoleGranted
    | access.RoleWithdrawn
    | access.FunctionGiven
    | access.FunctionEnded
    | access.PersonLeft
    | access.PersonRenamed
    | access.PersonErased
    | access.ThresholdSet
    | access.ExceptionGranted
    | access.ExceptionEnded
    | life.Established
    | life.Created
    | life.Revised
    | life.Saved
    | life.Submitted
    | life.Reviewed
    | life.Approved
    | life.Returned
    | life.Rerouted
    | life.Reopened
    | life.Cancelled
    | life.Released
    | life.Postponed
    | life.ReviewProposed
    | life.WithdrawalProposed
    | life.Suspended
    | life.Resumed
    | life.Commented
    | life.Resolved
    | Assigned
    | record.Captured
    | record.Added
    | record.Amended
    | record.Countersigned
    | record.Closed
    | record.OpenedAgain
    | record.FactStated
    | record.RetentionReviewed
    | record.Disposed
    | custody.CustodyChanged
    | custody.OriginalDestroyed
    | blank.BlankIssued
    | blank.BlankUsed
    | blank.BlankEnded
    | hold.HoldPlaced
    | hold.HoldExtended
    | hold.HoldLifted
    | hold.DisposalProposed
    | hold.DisposalAuthorised
    | hold.DisposalRefused
    | hold.TransferReceived
    | hold.DisposalCertified
    | request.RequestOpened
    | request.RequestDecided
    | request.RequestAnswered,
    Field(discriminator="type"),
]
"""Every kind of event, told apart by `type`."""

EVENT: TypeAdapter[AnyEvent] = TypeAdapter(AnyEvent)
"""Reads an event from its bytes: `EVENT.validate_json(data)`."""
