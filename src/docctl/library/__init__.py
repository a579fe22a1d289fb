"""The library: one object, one method per verb. The table of contents of docctl.

- `Library`: init
- `Handle`: open, close, acting, prepare, act, status, whoami, today, note_key, require_signer
- `Drafting`: new, begin, save, save_text, revise, control_change
- `Texts`: text, skeleton, read_file, read_foreign, attach
- `Working`: edit, unsaved
- `Moving`: submit, review, approve, return_, reroute, reopen, cancel, release, postpone,
  periodic_review, suspend, resume, withdraw, comment, resolve, assign
- `People`: people, person, person_found, person_add, person_accept, person_key, person_revoke,
  person_role, person_role_end, person_function, person_function_end, person_leave,
  person_rename, person_erase, person_exception, person_exception_end, threshold
- `Requesting`: subject_find, subject_item, subject_open, subject_decide, subject_run,
  subject_answer, subject_show, subject_list, subject_report: requests about personal data
- `Listing`: register, history, where, changes, exceptions, search, due
- `Finding`: find: whatever bears a number
- `Reading`: show, check, control, authority, verify
- `Issuing`: export, export_docx, export_blank, manual, outdated, allowed_signers
- `Comparing`: diff: two revisions, on the screen or as a redline
- `Publishing`: publish
- `Judging`: verify_copy: copies that come back
- `Recording`: record_capture, record_capture_many, record_add, record_amend, record_sign,
  record_close, record_reopen, record_fact, record_show, record_file, trace
- `Tables`: record_list, record_count, record_values, record_table
- `Originals`: record_register, record_register_many, record_move, record_destroyed: records kept
  elsewhere
- `Numbered`: blank_issue, blank_return, blank_void, blank_show, blank_list: blanks of forms
- `Proving`: record_report, record_report_file: what supports records as evidence
- `Filling`: record_definition, record_fields, record_sheet, record_filled
- `Vaulting`: vault_scrub, vault_copy, vault_sweep
- `Retaining`: hold_place, hold_extend, hold_lift, hold_show, hold_list, retention_due,
  retention_simulate, retention_review, retention_propose, retention_authorise,
  retention_refuse, retention_run, retention_show, retention_list
- `Handing`: retention_package, retention_receive: transfer to a receiver
- `Carrying`: hand_out, land, take_back: changes whose signatures are made elsewhere
"""

import os
import secrets
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Literal, Self

from docctl.desk.verbs.founding import Founder, found
from docctl.desk.verbs.private import require_nameless, tells
from docctl.library.carrying import Carrying
from docctl.library.checked import checked
from docctl.library.copies.comparing import Comparing
from docctl.library.copies.judging import Judging
from docctl.library.copies.publishing import Publishing
from docctl.library.drafting import Drafting
from docctl.library.handle import Handle, now, tool
from docctl.library.keeping.blanks import Numbered
from docctl.library.keeping.filling import Filling
from docctl.library.keeping.finding import Finding
from docctl.library.keeping.handing import Handing
from docctl.library.keeping.proving import Proving
from docctl.library.keeping.vaulting import Vaulting
from docctl.library.listing import Listing
from docctl.library.local import LOCAL_SETTINGS, Local, name_vault
from docctl.library.moving import Moving
from docctl.library.outward import require_apart
from docctl.model.control import Profile, default_settings
from docctl.model.persons import Names
from docctl.model.wellformed import well_formed
from docctl.trust.signers import KeyFile, Signer

__all__ = ["Handle", "Library"]


@checked
class Library(
    Carrying,
    Drafting,
    Moving,
    Listing,
    Finding,
    Comparing,
    Publishing,
    Numbered,
    Judging,
    Handing,
    Vaulting,
    Filling,
    Proving,
):
    """A controlled set of documents: everything that can be done with it.

    Open one with `Library.open`, make one with `Library.init`. Errors are `DocctlError`s with a
    hint; an error means that nothing was changed.
    """

    @classmethod
    def init(
        cls,
        path: str | os.PathLike[str],
        *,
        organization: str,
        founder: Founder,
        signer: Signer,
        profile: Profile = "standard",
        time_zone: str = "UTC",
        clock: Callable[[], datetime] = now,
        salt: str | None = None,
        object_format: Literal["sha1", "sha256"] = "sha1",
        names: Names = "store",
    ) -> Self:
        """Found a library in a folder and open it.

        The founder is administrator, author and document controller. *salt* is 32 hexadecimal
        digits, random where none is given. A key file is noted in `docctl.toml`.

        With *names* `vault` the names of people never get into the history: they lie in the vault
        and can be erased, and ids tell nothing (make the founder's with `opaque_id`). That is
        chosen once. An organisation or function that holds the founder's name is refused then,
        unless the founder *may_be_told*, and a key whose path holds it is not noted.

        Raises:
            TakenError: the folder is not empty.
            InputError: there is no such time zone, a name has the wrong form, or the folder or a
                key still to be made lies within a library.
            IncompleteError: what stays for ever would hold the founder's name.
        """
        root = Path(path)
        key = Path(signer.path).absolute() if isinstance(signer, KeyFile) else None
        require_apart(root, key=key)
        if names == "vault" and not founder.may_be_told:
            texts = {"organization": organization, "function": founder.function}
            require_nameless("the founding", founder.name, **texts)
        noted = None if key and names == "vault" and tells(str(key), founder.name) else key
        with well_formed():
            found(
                root,
                founder,
                default_settings(organization, profile=profile, time_zone=time_zone),
                signer=signer,
                clock=clock,
                tool=tool(),
                salt=salt or secrets.token_hex(16),
                object_format=object_format,
                beside={LOCAL_SETTINGS: Local(noted).text(root)},
                vault=name_vault(root) if names == "vault" else None,
            )
        return cls.open(root, signer=signer, clock=clock)
