"""What happens between a customer and the company: visits, consultations, follow-ups."""

TITLE = "来访与追访"
ORDER = 10
