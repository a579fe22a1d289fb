"""Holds and retention: what must not be destroyed, when the rest may go, and how it goes."""

from collections.abc import Sequence
from datetime import date

from docctl.desk.recording import holding
from docctl.desk.recording.disposal import anonymising, certifying, disposing, handing
from docctl.desk.recording.telling import asking, held, showing
from docctl.desk.recording.telling.simulating import simulated
from docctl.english import many
from docctl.errors import RetentionError
from docctl.library.checked import checked
from docctl.library.keeping.originals import Originals
from docctl.library.sound import require_sound
from docctl.model.answers.record import DisposalShown, HoldShown
from docctl.model.answers.retention import Due, DueChange
from docctl.model.base import Line, Number
from docctl.model.control import ControlSettings
from docctl.model.records.record import RecordId
from docctl.model.records.retention import Fate
from docctl.rules.query_reading import question

#: How many records one change lets go.
TOGETHER = 100


@checked
class Retaining(Originals):
    """Keeping records as long as the schedule says, and no longer, unless they are held."""

    # --- holds ---------------------------------------------------------------------------------

    def hold_place(
        self,
        *,
        matter: str,
        reason: str,
        records: Sequence[RecordId] = (),
        documents: Sequence[Number] = (),
        where: str = "",
        review_on: date | None = None,
    ) -> HoldShown:
        """Place a hold: nothing in its scope is destroyed until it is lifted.

        *where* covers records that fit now and on any later day.

        Raises:
            InputError: *where* asks for what no record says, or for what changes in its life.
        """
        found: list[RecordId] = []
        if where:
            asked = question(where)
            asking.require_lasting(asked)
            asking.require_known(self.bench, asked)
            found = list(asking.covered(self.bench, asked))
        landed = self.act(
            "hold_place",
            matter=matter,
            reason=reason,
            records=(*records, *found),
            documents=tuple(documents),
            where=where,
            review_on=review_on,
        )
        return self.hold_show(landed.statements[0].event.item)

    def hold_extend(
        self,
        number: RecordId,
        *,
        reason: str,
        records: Sequence[RecordId] = (),
        documents: Sequence[Number] = (),
        review_on: date | None = None,
    ) -> HoldShown:
        """Let a hold cover more, or be looked at on another day."""
        self.act(
            "hold_extend",
            number,
            reason=reason,
            records=tuple(records),
            documents=tuple(documents),
            review_on=review_on,
        )
        return self.hold_show(number)

    def hold_lift(self, number: RecordId, *, reason: str) -> HoldShown:
        """Lift a hold; only the function that placed it can."""
        self.act("hold_lift", number, reason=reason)
        return self.hold_show(number)

    def hold_show(self, number: RecordId) -> HoldShown:
        """Return a hold.

        Raises:
            NotFoundError: there is no such hold.
        """
        return held.hold_shown(self.bench, holding.get_hold(self.bench, number))

    def hold_list(self) -> tuple[HoldShown, ...]:
        """Return every hold ever placed, the lifted ones too."""
        return held.holds_shown(self.bench, self.bench.archive().holds())

    # --- retention -----------------------------------------------------------------------------

    def retention_due(self, on: date | None = None) -> tuple[Due, ...]:
        """Return for each record when it may go and why, as of the end of a day."""
        return tuple(disposing.due(self.bench, on or self.today()))

    def retention_simulate(
        self, settings: ControlSettings, *, on: date | None = None
    ) -> tuple[DueChange, ...]:
        """Return the records for which other settings would answer otherwise on a day.

        Nothing is changed: it is asked before a schedule goes for approval.
        """
        return simulated(self.bench, settings, on or self.today())

    def retention_review(
        self,
        *numbers: RecordId,
        reason: str,
        until: date | None = None,
        then: Fate | None = None,
    ) -> tuple[Due, ...]:
        """Decide about records whose time of keeping is over, and return when they may go now.

        They are kept *until* a day, after which somebody decides again, or *then* this becomes of
        them. It is for the owner of their class, or for the role `records` where it has none.

        Raises:
            RetentionError: the time of keeping of one of them is not over.
            NotAuthorisedError: the signer does not answer for its class.
            InputError: neither is said, or both.
        """
        self.act("retention_review", *numbers, reason=reason, until=until, then=then)
        return tuple(disposing.due(self.bench, self.today(), numbers))

    def retention_propose(self, *numbers: RecordId, on: date | None = None) -> DisposalShown:
        """Propose records for disposal: those named, each once, or everything that is due.

        With *on* only what could go already on that day, in the time zone of the library.

        Raises:
            RetentionError: one of them is not due, or nothing is, or *on* is to come.
            HoldError: one of them is held.
        """
        landed = self.act("retention_propose", *dict.fromkeys(numbers), on=on)
        return self.retention_show(landed.statements[0].event.item)

    def retention_authorise(
        self, number: RecordId, *, keep: Sequence[RecordId] = (), reason: str = ""
    ) -> DisposalShown:
        """Authorise a disposal that somebody else has proposed; records in *keep* stay.

        Raises:
            SeparationOfDutiesError: the signer has proposed it.
            NotAuthorisedError: the signer does not answer for one of its classes.
        """
        self.act("retention_authorise", number, keep=tuple(keep), reason=reason)
        return self.retention_show(number)

    def retention_refuse(self, number: RecordId, *, reason: str) -> DisposalShown:
        """Give a disposal up; its records stay."""
        self.act("retention_refuse", number, reason=reason)
        return self.retention_show(number)

    def retention_show(self, number: RecordId) -> DisposalShown:
        """Return a disposal as it stands.

        Raises:
            NotFoundError: there is none with this number.
        """
        return showing.disposal_shown(disposing.get_disposal(self.bench, number))

    def retention_list(self) -> tuple[DisposalShown, ...]:
        """Return every disposal ever proposed."""
        return tuple(map(showing.disposal_shown, self.bench.archive().disposals()))

    def _let_go(self, number: RecordId, records: Sequence[RecordId]) -> None:
        """Let the history say that records go; what remains of anonymous ones is there before."""
        remains = anonymising.stow(self.bench, number, records)
        try:
            self.act("retention_dispose", number, records, remains)
        finally:
            anonymising.undo(self.bench, remains)

    def retention_run(
        self,
        number: RecordId,
        *,
        leave_waiting: bool = False,
        known_copies: Sequence[Line] = (),
    ) -> DisposalShown:
        """Carry a disposal out: let its records go, destroy what they said, certify it.

        The history says first that a record may go; only then is something destroyed. Interrupted
        at any moment, it is simply run again. A copy of the vault that cannot be reached stops
        nothing: the certificate names it, and once it is back, the disposal is run again.

        The whole history is verified before, so that nothing is destroyed by what somebody wrote
        into the store past the rules.

        Records that no receiver has yet stay, and so does the disposal open, unless *leave_waiting*
        ends it: then they can be proposed again.

        The certificate names the copies that were reached and those that were not. Others that you
        know of, such as backups and exports, are named in *known_copies*, with how long they last.

        Raises:
            RetentionError: nobody has authorised it, the history has problems, or records wait for
                the receipt of their receiver; the others have gone.
            DateError: its window is not over.
            StoreError: something could not be destroyed; run it again.
        """
        require_sound(self, number)
        if disposing.get_disposal(self.bench, number).certified:
            certifying.resumed(self.bench, number)
            return self.retention_show(number)
        while ready := certifying.ready(self.bench, number):
            self._let_go(number, ready[:TOGETHER])
        reached = certifying.destroy(self.bench, number)
        waiting = handing.waiting(self.bench, number)
        if waiting and not leave_waiting:
            raise RetentionError(
                number,
                f"{many(len(waiting), 'record')} without the receipt of a receiver: "
                f"{', '.join(waiting[:5])}",
                hint=f"docctl retention package {number}, docctl retention receive {number}; "
                "or leave them: --leave-waiting",
            )
        self.act("retention_certify", number, reached=reached, known_copies=tuple(known_copies))
        return self.retention_show(number)
