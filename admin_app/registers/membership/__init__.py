"""Members, their events and publications."""

TITLE = "会员"
ORDER = 56
