"""The workbench as a read model: one draft with everything its screen shows (values in core.drafts.panes)."""
