"""Pure: facts to outgoing mails and printed documents."""
