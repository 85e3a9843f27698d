"""Who looks at a screen: somebody whose assessments they are, somebody new, and people who sign in."""

VISITOR, NEWCOMER, ADMIN, STAFF = "visitor", "newcomer", "admin", "staff"
CAREFUL = "careful with a second factor"
