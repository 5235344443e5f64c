"""Electronic orders in XML: one hardened parser, one path map per format."""
