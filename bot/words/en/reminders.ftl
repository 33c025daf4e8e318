### The reminder, a word in private; and the buttons to be left alone.

remind-waiting = { $items ->
        [one] 1 item
       *[other] { $items } items
    } of *{ $project }* (round { $round }) could use your answer.
remind-waiting-until = { $items ->
        [one] 1 item
       *[other] { $items } items
    } of *{ $project }* (round { $round }, open until { $until }) could use your answer.
remind-not-today = Not today
remind-never = Never
remind-again = Remind me again
remind-seldom = One a day at most, and only in your working hours.
remind-spoken = { $waiting } Buttons: { queue-label-next }, { remind-not-today }, { remind-never }.
remind-rest = All right, not today.
remind-ended = You will get no more reminders. In this app's Home you can turn them on again.
remind-off = You asked for no reminders.
