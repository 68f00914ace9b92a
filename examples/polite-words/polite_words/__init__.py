"""Words that letters open and close with."""

OPENINGS = ("Dear Ms Okafor", "Hello Ben", "Good morning", "To whom it may concern")
CLOSINGS = ("Kind regards", "Thank you", "Yours", "Cheers")
