"""Sites, stock by lot, receipts, bills of material, routings."""
