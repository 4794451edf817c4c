"""What runs without a person: each job by its name, with the clearance it is given (R-CONF-03).

A job reads every register up to its clearance and nothing above; its name stands in the trail where a person's would.
"""

import json

from ..permissions import Level, Person

#: name -> every job there is
JOBS: dict[str, Person] = {}


def job(name: str, title: str, clearance: Level) -> Person:
    """Declare a job: *name* for the trail, *title* for people; ValueError for a second one of that name."""
    if name in JOBS:
        raise ValueError(f"there is a job {name} already")
    made = JOBS[name] = Person(id=0, username=name, name=title, clearance=clearance, profile="job", job=True)
    return made


def job_of(detail: str) -> str:
    """What people call the job that wrote a trail entry with that *detail*; empty where no job did."""
    name = json.loads(detail).get("job", "")
    return JOBS[name].name if name in JOBS else name
