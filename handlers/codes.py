"""The codes by which people call registrations, drafts and invitations."""

CODE = "ACDEFHJKMNPRTUVWXY34679"  # no letters or digits that are mistaken for another
CODE_LENGTH = 6  # of a registration's
