"""Sites, inspections, materials and warranties."""

TITLE = "施工与主材"
ORDER = 40
