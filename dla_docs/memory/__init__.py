"""What was found, kept with what it was found from: nothing is found twice."""
