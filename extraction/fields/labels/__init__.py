"""Labels on the page: where they stand and which words stand behind, beside or below them."""
