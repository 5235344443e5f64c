"""What was agreed with customers beyond prices: quotes, blankets, approvals, papers, exemptions, charges."""
