"""What trends remember: a fact for each visit, what a closed month counted, what was published."""
