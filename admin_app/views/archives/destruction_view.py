"""The screen of destructions: the last witness's signature also clears what was scanned (R-ARCH-07)."""

import logging
from typing import Any

from flask_admin import expose

from ...database import db
from ...operations.archives.erasing import erase_scans
from ...permissions import Action
from ...storage import StoreUnavailable, files
from ..policy import policy
from ..register import signing
from ..register.overrides import replaces
from ..register.view import RegisterView


@replaces("destruction")
class DestructionView(RegisterView):
    """An ordinary form; what a fault leaves stored here, the night clears (``operations.nightly``)."""

    @expose("/sign/", methods=("GET", "POST"))
    @policy(Action.SEE)
    def sign_view(self) -> Any:
        answer = signing.run(self)
        if self.record().second_witness_by_id is not None:
            try:
                erase_scans(db.session, files())
            except StoreUnavailable as error:
                logging.getLogger("strongroom").warning("scans of destroyed papers are left to the night: %s", error)
        return answer
