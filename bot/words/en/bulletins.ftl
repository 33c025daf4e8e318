### The scheduled report: how labelling stands, the figures of the last round, what is new since the last scheduled report.

bulletins-title = { $project }: how it stands
bulletins-ending = As of { $when }. By schedule, beside the reports of the rounds; `/roundtable report` has the last one in full.

bulletins-no-round = No round yet.
bulletins-paused = The project is paused.
bulletins-round = Round { $round } { $state ->
        [open] is open
        [closing] is closing
       *[closed] is closed
    }: `{ $bar }` { $answered } of { $total } answered.
bulletins-labels = { $labels ->
        [one] 1 label
       *[other] { $labels } labels
    }, { $positives } of them { $positive }; { $left ->
        [one] 1 item
       *[other] { $left } items
    } left in the pool.

bulletins-learned = The model has learned of later changes since that round ({ $when }); its figures are from before.
bulletins-measured = *Measured*
bulletins-measured-after = after round { $round }, by { $answers ->
        [one] 1 audit answer
       *[other] { $answers } audit answers
    }
bulletins-after = After round { $round }: { $figures }.

# What is new: "*Since 2 March: 3 new labels, 1 of them spam; 1 round closed.".
bulletins-since = *Since { $when }:* { $new }
bulletins-new = *What is new:* { $new }
bulletins-first = this is the first scheduled report; the next one compares with it.
bulletins-nothing = no new answers.
bulletins-new-labels = { $labels ->
        [one] 1 new label
       *[other] { $labels } new labels
    }, { $positives } of them { $positive }
bulletins-closed = { $rounds ->
        [one] 1 round
       *[other] { $rounds } rounds
    } closed
