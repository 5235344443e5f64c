"""Text out of pictures: find the lines, turn the page upright, read each line, put its words in their places."""
