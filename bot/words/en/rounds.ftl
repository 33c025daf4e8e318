### A round's message in the channel: live progress while it is open, the outcome afterwards.

rounds-title = { $project }, round { $round }
rounds-done = { $answered } of { $total ->
        [one] 1 item
       *[other] { $total } items
    } answered
rounds-more-people = and { $more } more

rounds-where-thread = The items are in this thread.
rounds-where-below = The items are below.
# $several: whether an item may have several labels, to be ticked.
rounds-answer-thread = { $several ->
        [yes] Answer in this thread: tick all labels that fit, then press { button-save }.
       *[no] Answer in this thread: one click on a label each.
    } For many in a row: { queue-label-next } in this app's Home.
rounds-answer-below = { $several ->
        [yes] Answer below: tick all labels that fit, then press { button-save }.
       *[no] Answer below: one click on a label each.
    } For many in a row: { queue-label-next } in this app's Home.
rounds-until = Open until { $when }.
rounds-overlap = { $wanted ->
        [one] Each item wants 1 answer.
       *[other] Each item wants { $wanted } answers.
    }
rounds-closing = Closing: the model is learning from the answers.

# Why it closed.
rounds-closed = Closed: { $reason }.
rounds-closed-at = Closed { $when }: { $reason }.
rounds-complete = every item has its label
rounds-deadline = the deadline came
rounds-lead = a lead closed it
