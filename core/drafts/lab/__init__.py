"""A change of rules or mappings tried on past drafts."""
