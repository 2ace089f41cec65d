"""The commands of `chungtay`, one file for each group. Heavy parts are imported where a command runs."""
