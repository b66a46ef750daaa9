"""People: who they are, what they agreed to, who was entered twice."""
