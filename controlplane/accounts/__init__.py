"""Users, organizations, memberships, invitations and API tokens."""
