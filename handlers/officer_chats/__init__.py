"""Officers at work in their own chats: bound by a code, told what waits, answering and approving there."""
