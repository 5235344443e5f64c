"""The promise watch: slips by cause, and the mails about new dates."""
