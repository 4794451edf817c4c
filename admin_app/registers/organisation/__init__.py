"""The company itself: departments, stores, people, designers."""

TITLE = "组织"
ORDER = 60
