"""Electronic business with partners: who they are, what came, what went, and which answer belongs to what."""
