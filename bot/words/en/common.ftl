### What several surfaces share.

button-save = Save
button-close = Close
button-cancel = Cancel

not-saved = Not saved, please try again.
too-late = That took too long for Slack. Please try once more.
not-opened = It could not be opened, please try again.

# In Slack's notation: both values are put in by Slack, in each reader's language and time zone.
moment = { $date } at { $time }
people-and-more = { $people } and { $rest } more
# Who did something, if it was by the command line.
somebody-on-the-server = somebody on the server
