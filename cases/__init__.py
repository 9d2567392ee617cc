"""What people decide and do about coverage: verification, replies, deadlines, history."""
