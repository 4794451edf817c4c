"""A customer who went up in another is restored by undoing the merge alone (R-CUST-07)."""

from ..followups import before_touching
from ..merging.undoing import may_restore_merged

before_touching("customer")(may_restore_merged)
