"""The demo: a company, a mail server of its own, sample mail, and a clerk who can be a person or a script."""
