### `/roundtable …`: what is answered, and what cannot be meant. Names of commands and their arguments are typed: they are not translated.

commands-unknown = There is no `/roundtable { $name }`.
commands-unknown-near = There is no `/roundtable { $name }`. Did you mean `/roundtable { $near }`?
commands-unreachable = Roundtable can't reach its store just now. Nothing was changed; please try again.
commands-here = { $projects ->
        [0] This channel has no project yet: `/roundtable new` makes one.
        [one] This channel has 1 project.
       *[other] This channel has { $projects } projects.
    }

## Which project is meant. { $known } and { $names } are ids, by comma.

commands-no-project-here = This channel has no project; name one: { $known }.
commands-no-project = This channel has no project; `/roundtable new` makes one.
commands-which-project = This channel has { $projects } projects ({ $names }); say which: /roundtable { $usage } PROJECT
commands-too-much = { $project } is a project, but '{ $words }' behind it is too much; leave it out.
commands-report-usage = Say which round, by its number: /roundtable report 3

## What was done

commands-paused = { $project } is paused: no new round until `/roundtable resume`.
commands-resumed = { $project } goes on.
commands-closes = Round { $round } of { $project } closes now; its report will be posted in the channel.
commands-starts = Round { $round } of { $project } begins now, in { $channel }.
commands-audit = Round { $round } of { $project } will spend about { $labels ->
        [one] 1 label
       *[other] { $labels } labels
    } on measuring.
commands-audit-usage = Say how many labels to spend on measuring, a whole number from 1 to { $most }.
commands-gone-back = `{ $version }` is the current model of { $project } now. It plans and scores until new labels train the next one.
# { $what } is a word that is typed: labels, votes, log.
commands-export = I am making the file with the { $what } of { $project }; it comes to you as a direct message.
commands-fetching = I am fetching it for { $project }; I tell how that goes in { $channel }.
# Behind /roundtable, in commands-which-project.
commands-usage-import = import ADDRESS
commands-import-usage = Say from where: /roundtable import https://…/reviews.csv; or drop a CSV, TSV or JSONL file into the channel.

## Why an item was asked

commands-why-usage = Say which item: /roundtable why ITEM, with its id or a link to its message (Copy link in the message's menu).
commands-why-link = That link leads to no item of Roundtable's; copy the link of the message that asks about the item.
commands-why-not-asked = The item { $item } of { $project } has not been asked about yet.
# { $projects } are names, by comma; { $many } is "yes" for several.
commands-why-no-item = { $many ->
        [yes] None of the projects here ({ $projects }) has an item '{ $item }'.
       *[no] { $projects } has no item '{ $item }'.
    } { $usage }
commands-why-elsewhere = Items of { $project } are shown in its channel alone, #{ $channel }: ask there.
