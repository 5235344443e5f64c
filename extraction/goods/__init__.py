"""Items told in words: "200 ea Grade 5 screws", "ABC-1 - hose - 10 m", "Part 4711, gaskets, 50 sets, 3.20 each"."""
