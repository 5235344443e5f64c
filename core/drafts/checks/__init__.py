"""The single checks of a draft, by what they look at; core.drafts.rules has them in order."""
